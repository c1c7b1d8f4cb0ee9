// Node, Bun and Deno: one program, started with the connections as its argument.

import { json } from '../child.mjs';
import { bun, deno, node, version } from '../tools.mjs';

// The oldest supported Node, and every line since.
const nodes = ['20.0', '20', '22', '24', '26'].flatMap((name) =>
  ['import', 'require'].map((how) => ({
    runtime: 'Node',
    how: `\`${how}\``,
    version: version(`node-${name}-${process.arch}`),
    run: (stage) =>
      started(stage, node(name), [`hosts/process.${how === 'import' ? 'mjs' : 'cjs'}`]),
  })),
);

export const rows = [
  ...nodes,
  ...['import', 'require'].map((how) => ({
    runtime: 'Bun',
    how: `\`${how}\``,
    version: version('bun'),
    run: (stage) => started(stage, bun, [`hosts/process.${how === 'import' ? 'mjs' : 'cjs'}`]),
  })),
  {
    runtime: 'Deno',
    how: '`import`, `--allow-net` alone',
    version: version('deno'),
    run: (stage) =>
      started(stage, deno, ['run', '--no-prompt', '--allow-net=127.0.0.1', 'hosts/process.mjs']),
  },
];

async function started({ connections }, program, args) {
  return { results: await json(program, [...args, JSON.stringify(connections)]) };
}
