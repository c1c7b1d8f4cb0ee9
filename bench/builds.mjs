// Builds the package as it is, and without blinding. No option turns blinding off, so the second
// build changes a copy of the source. It is for measuring only.

import { execFileSync } from 'node:child_process';
import { cp, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const copy = join(root, 'target/bench/unblinded');

// The one line that is changed.
const FILE = 'src/rsa/private_key.rs';
const LINE = 'let (power, by_kernel) = self.blinded_power(public, base, seed);';
const CHANGED = 'let (power, by_kernel) = self.crt_power(public, base);';

/** Builds the package; returns the URL of its entry. */
export const buildBlinded = () => build(root);

async function build(folder) {
  execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: folder, stdio: 'inherit' });
  return pathToFileURL(join(folder, 'pkg/dist/index.mjs')).href;
}

/** The same, without blinding. */
export async function buildUnblinded() {
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
  if (parts.length !== 2) throw new Error(`${FILE} must contain "${LINE}" once`);
  await writeFile(join(copy, FILE), parts.join(CHANGED));
  return build(copy);
}
