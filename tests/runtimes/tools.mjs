// Where the runtimes are, and which versions. All but Chromium are npm packages, pinned in
// package.json here.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { outputOf } from '../../scripts/run.mjs';
import { findChromium } from '../../scripts/setup.mjs';

export const here = fileURLToPath(new URL('.', import.meta.url));
export const work = join(here, '../../target/runtimes');

const machine = `${process.platform}-${process.arch}`;
const inPackages = (...parts) => join(here, 'node_modules', ...parts);

/** One of the Nodes of package.json, by the name that it has there: '20.0', '24' … */
export const node = (name) => inPackages(`node-${name}-${process.arch}`, 'bin/node');

// The programs themselves, and not the scripts in .bin: those of Bun and Deno want to finish their own
// installation first.
export const bun = inPackages('@oven', `bun-${machine.replace('arm64', 'aarch64')}`, 'bin/bun');
export const deno = inPackages('@deno', `${machine}-glibc`, 'deno');

/** A package's command, to be run by a Node. */
export const command = (name, file) => inPackages(name, file);

export const chromium = findChromium();

/** The version of a package of package.json. */
export function version(name) {
  const { version } = JSON.parse(readFileSync(inPackages(name, 'package.json'), 'utf8'));
  return version.replace(/^v/, '');
}

/** The version that a program gives itself, or undefined where it does not run. */
export async function versionOf(program) {
  const text = await outputOf(program, ['--version']);
  return text?.match(/\d+(\.\d+)+/)?.[0];
}
