// The published types without those of the catalogue, which has pages of its own.

import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readTypes } from '../../join-types.mjs';
import { readKinds, withCodes } from '../../messages/kinds.mjs';
import { root } from '../../run.mjs';

const template = join(root, 'pkg-template');

/** The texts of the three files, by the names that they have in the package. */
export async function publicTypes() {
  const kinds = await readKinds();
  // Of a catalogue without an entry.
  const stub = await readFile(join(template, 'types/api.d.ts'), 'utf8');
  const { index, api } = await readTypes(template, stub.replace(/^import type .*\n/m, ''));
  return {
    'index.d.mts': withCodes(index, kinds),
    'api.d.cts': api,
    'sandbox.d.mts': await readFile(join(template, 'sandbox.d.ts'), 'utf8'),
  };
}

/** Writes them into a folder under target/, and gives it. */
export async function writePublicTypes() {
  const folder = join(root, 'target/docs/types');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(await publicTypes())) {
    await writeFile(join(folder, name), text);
  }
  return folder;
}
