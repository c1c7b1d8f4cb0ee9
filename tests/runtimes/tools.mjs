// Where the runtimes are. All of them are npm packages, pinned in package.json here.

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const here = fileURLToPath(new URL('.', import.meta.url));

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
