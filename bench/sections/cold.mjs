// New processes: load, construct, first signature.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { connection } from '../connection.mjs';
import { AXIOS, KEY_OBJECT, NODE_V3, OURS, OURS_REQUIRE, RANDOM } from '../contestants/names.mjs';
import { launched } from '../contestants/ours.mjs';
import { nodes, processes } from '../runtimes.mjs';
import { less, median, rowsOf } from '../statistics.mjs';

const here = fileURLToPath(new URL('..', import.meta.url));

const message = 'x'.repeat(200);
const given = JSON.stringify({ connection, launched, message });

const byImport = [
  { name: RANDOM, file: 'cold.mjs', who: RANDOM },
  { name: KEY_OBJECT, file: 'cold.mjs', who: 'node:crypto' },
  { name: OURS, file: 'cold.mjs', who: OURS },
];
const byRequire = [
  { name: `${KEY_OBJECT}, require`, file: 'cold.cjs', who: 'node:crypto' },
  { name: OURS_REQUIRE, file: 'cold.cjs', who: OURS },
  { name: NODE_V3, file: 'cold.cjs', who: NODE_V3 },
  { name: AXIOS, file: 'cold.cjs', who: AXIOS },
];

export const cold = {
  title: 'Cold start: load, construct, first signature',
  unit: 'ms',
  measured: (groups) => [
    `A new process each time, ${groups[0].rows[0].rounds} of each contestant, by turns, with its files in the system's cache.`,
    'Times are measured in the process, from the first line on. "open" is the time to make a client. "process" is the',
    'time of the complete process minus that of one that does nothing. Both SDKs are CommonJS, loaded by `require`.',
  ],
  columns: [
    { head: 'load', of: ({ load }) => load },
    { head: 'open', of: ({ open }) => open || null },
    { head: 'process', of: ({ process }) => process },
  ],

  async run({ plan, tell }) {
    const groups = [];
    for (const host of processes) {
      tell(host.runtime);
      const isNode = nodes.includes(host);
      const contestants = isNode ? [...byImport, ...byRequire] : byImport;
      groups.push(group(host, await inTurns(host, contestants, plan.cold.rounds)));
    }
    return groups;
  },
};

// The rounds of `load`, `total` and `wall`, for each contestant and for each host file that does
// nothing.
async function inTurns(host, contestants, rounds) {
  const files = new Set(contestants.map(({ file }) => file));
  const empty = [...files].map((file) => ({ name: file, file, who: 'nothing' }));
  const all = [...empty, ...contestants];
  const runs = Object.fromEntries(all.map(({ name }) => [name, []]));
  // The first run of each loads its files into the system's cache, and is not counted.
  for (let round = -1; round < rounds; round += 1) {
    for (const { name, file, who } of round % 2 === 0 ? all : all.toReversed()) {
      const run = await fresh(host, [`hosts/${file}`, who, given]);
      if (round >= 0) runs[name].push(run);
    }
  }
  return { contestants, runs };
}

function group({ runtime }, { contestants, runs }) {
  const of = (name, what) => runs[name].map((run) => run[what]);
  const times = Object.fromEntries(contestants.map(({ name }) => [name, of(name, 'total')]));
  const rows = rowsOf(times, KEY_OBJECT).map((row, at) => ({
    ...row,
    load: median(of(row.name, 'load')),
    open: median(of(row.name, 'open')),
    process: median(less(of(row.name, 'wall'), of(contestants[at].file, 'wall'))),
  }));
  return { runtime, reference: KEY_OBJECT, rows };
}

async function fresh({ program, flags }, args) {
  const begun = performance.now();
  const child = spawn(program, [...flags, ...args], {
    cwd: here,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [printed, errors] = [[], []];
  child.stdout.on('data', (chunk) => printed.push(chunk));
  child.stderr.on('data', (chunk) => errors.push(chunk));
  const [code, signal] = await once(child, 'close');
  const wall = performance.now() - begun;
  if (code !== 0) {
    throw new Error(`${program} ended with ${code ?? signal}\n${Buffer.concat(errors)}`);
  }
  return { ...JSON.parse(Buffer.concat(printed)), wall };
}
