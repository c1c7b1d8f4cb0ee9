// node bench/blinding.mjs
//
// What blinding costs: the package beside one that was built of the same tree with its blinding left out, in
// one interleaved run, for each kernel that is there. Nothing can leave it out but a change of the source, which
// is made here in a copy of it.

import { execFileSync } from 'node:child_process';
import { cp, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { json } from '../tests/runtimes/child.mjs';
import { connection } from './connection.mjs';
import { BLINDED, UNBLINDED } from './contestants/names.mjs';
import { inWords, machine } from './machine.mjs';
import { nodes } from './runtimes.mjs';
import { rowsOf } from './statistics.mjs';
import { cellsOf, text } from './table.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const copy = join(root, 'target/bench/unblinded');

// The one line that is changed.
const FILE = 'src/rsa/private_key.rs';
const LINE = 'Some(seed) => self.blinded_power(public, base, seed),';
const CHANGED = 'Some(_) => self.crt_power(public, base),';

async function build(folder) {
  execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: folder, stdio: 'inherit' });
  return pathToFileURL(join(folder, 'pkg/dist/index.mjs')).href;
}

async function buildUnblinded() {
  const listed = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' });
  await rm(join(copy, 'src'), { recursive: true, force: true });
  for (const name of listed.split('\0').filter(Boolean)) {
    await mkdir(dirname(join(copy, name)), { recursive: true });
    await cp(join(root, name), join(copy, name));
  }
  for (const name of ['node_modules', '.tools']) {
    await rm(join(copy, name), { force: true });
    await symlink(join(root, name), join(copy, name));
  }
  const parts = (await readFile(join(copy, FILE), 'utf8')).split(LINE);
  if (parts.length !== 2) throw new Error(`${FILE} does not say "${LINE}" once`);
  await writeFile(join(copy, FILE), parts.join(CHANGED));
  return build(copy);
}

const given = {
  entries: { [BLINDED]: await build(root), [UNBLINDED]: await buildUnblinded() },
  connection,
  plan: { rounds: 200, batch: 15, warmUp: 600 },
};
const [{ runtime, program }] = nodes;
const groups = await json(program, ['hosts/blinding.mjs', JSON.stringify(given)], {
  cwd: fileURLToPath(new URL('.', import.meta.url)),
});
console.log(`\n${inWords(await machine())}, ${runtime}`);
for (const { kernel, times } of groups) {
  const rows = rowsOf(times, UNBLINDED);
  console.log(`\nappLaunchParams(), ${kernel}\n${text(cellsOf({ rows }, { unit: 'ms' }))}`);
}
