// The runtimes, and how each starts a program. All are npm packages of tests/runtimes.

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { bun, deno, here, node, version } from '../tests/runtimes/tools.mjs';

const nodeVersion = (name) => version(`node-${name}-${process.arch}`);

/** Node 24 is first: most targets are set for it. */
export const nodes = ['24', '22', '20'].map((name) => ({
  runtime: `Node ${nodeVersion(name)}`,
  program: node(name),
  // So that garbage can be collected before the memory is measured.
  flags: ['--expose-gc'],
}));

export const processes = [
  ...nodes,
  { runtime: `Bun ${version('bun')}`, program: bun, flags: [] },
  {
    runtime: `Deno ${version('deno')}`,
    program: deno,
    flags: ['run', '--no-prompt', '--allow-all', '--v8-flags=--expose-gc'],
  },
];

export const workerd = `workerd ${version('workerd')}`;

/** Miniflare. It is installed with the runtimes. */
export const miniflare = () => createRequire(join(here, 'package.json'))('miniflare');

/** Whether this is the runtime of the targets. */
export const isFirst = ({ runtime }) => runtime === nodes[0].runtime;
