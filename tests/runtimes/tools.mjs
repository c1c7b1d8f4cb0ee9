// The locations and versions of the runtimes. All except Chromium are npm packages, pinned in the
// package.json of this folder.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { outputOf } from '../../scripts/run.mjs';
import { findChromium } from '../../scripts/setup.mjs';

export const here = fileURLToPath(new URL('.', import.meta.url));
export const work = join(here, '../../target/runtimes');

const machine = `${process.platform}-${process.arch}`;
const inPackages = (...parts) => join(here, 'node_modules', ...parts);

/** One of the Nodes of package.json, by its name there: '20.0', '24' … */
export const node = (name) => inPackages(`node-${name}-${process.arch}`, 'bin/node');

// The programs themselves, not the scripts in .bin: the scripts of Bun and Deno first complete
// their own installation.
export const bun = inPackages('@oven', `bun-${machine.replace('arm64', 'aarch64')}`, 'bin/bun');
export const deno = inPackages('@deno', `${machine}-glibc`, 'deno');

/** A package's command, for a Node to run. */
export const command = (name, file) => inPackages(name, file);

export const chromium = findChromium();

/** The version of a package of package.json. */
export function version(name) {
  const { version } = JSON.parse(readFileSync(inPackages(name, 'package.json'), 'utf8'));
  return version.replace(/^v/, '');
}

/** The version that a program reports, or undefined if it does not run. */
export async function versionOf(program) {
  const text = await outputOf(program, ['--version']);
  return text?.match(/\d+(\.\d+)+/)?.[0];
}
