// The runtimes, and how a program is started in each. All are npm packages of tests/runtimes.

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { bun, deno, here, node, version } from '../tests/runtimes/tools.mjs';

const nodeVersion = (name) => version(`node-${name}-${process.arch}`);

/** Node 24 first: the targets are set for it. */
export const nodes = ['24', '22', '20'].map((name) => ({
  runtime: `Node ${nodeVersion(name)}`,
  program: node(name),
  // So that memory can be told without what is only waiting to be collected.
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

/** Miniflare, which is installed with the runtimes. */
export const miniflare = () => createRequire(join(here, 'package.json'))('miniflare');

/** Whether this is the runtime that the targets are set for. */
export const isFirst = ({ runtime }) => runtime === nodes[0].runtime;
