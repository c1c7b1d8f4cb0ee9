// Measures whether memory grows with the number of calls.

import { fileURLToPath } from 'node:url';
import { json } from '../../tests/runtimes/child.mjs';
import { OURS } from '../contestants/names.mjs';
import { nodes } from '../runtimes.mjs';

const here = fileURLToPath(new URL('..', import.meta.url));

export const growth = {
  title: 'Memory after many calls',
  unit: 'bytes',
  measured: ([{ calls }]) => [
    `preEntrustSignApp, ${calls} times, with a given \`fetch\` that responds immediately. Each call is signed and verified.`,
    "Bytes of the Wasm's memory, of the heap after a garbage collection, and of the process, before and after.",
  ],
  columns: ['wasm', 'heap', 'rss'].map((what) => ({
    head: what === 'wasm' ? 'Wasm' : what === 'rss' ? 'RSS' : what,
    of: ({ before, after }) => [before[what], after[what]],
  })),

  async run({ plan, tell }) {
    const [{ runtime, program, flags }] = nodes;
    tell(runtime);
    const args = [...flags, 'hosts/growth.mjs', JSON.stringify(plan.growth)];
    const { before, after } = await json(program, args, { cwd: here });
    const { calls } = plan.growth;
    return [{ runtime, calls, rows: [{ name: OURS, before, after }] }];
  },
};
