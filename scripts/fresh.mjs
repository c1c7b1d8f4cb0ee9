// Steps that are skipped while nothing they read has changed.

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { root } from './run.mjs';

/**
 * Runs `step` unless it ran before, with the same `inputs` and `settings`, and its `outputs` are
 * still what it made. All are files or folders; `stamp` is the file that remembers.
 */
export async function unlessFresh({ stamp, inputs, settings = [], outputs }, step) {
  const before = await digest(inputs, settings);
  const remembered = existsSync(stamp) ? await readFile(stamp, 'utf8') : '';
  if (remembered === `${before} ${await digest(outputs)}`) return;

  await rm(stamp, { force: true });
  await step();
  await mkdir(dirname(stamp), { recursive: true });
  await writeFile(stamp, `${before} ${await digest(outputs)}`);
}

async function digest(paths, settings = []) {
  const hash = createHash('sha256').update(JSON.stringify(settings));
  for (const path of paths) {
    for (const file of await filesIn(path)) {
      const content = createHash('sha256')
        .update(await readFile(file))
        .digest('hex');
      hash.update(`${relative(root, file)} ${content}\n`);
    }
  }
  return hash.digest('hex');
}

async function filesIn(path) {
  if (!existsSync(path)) return [];
  if (!(await stat(path)).isDirectory()) return [path];
  const names = (await readdir(path)).sort();
  return (await Promise.all(names.map((name) => filesIn(join(path, name))))).flat();
}
