// node bench/compare.mjs <folder> <folder> [--quick]
//
// Compares two builds of the package, by turns in one run. The folders are as `npm run build` makes
// them (pkg/). It prints ratios of the second build to the first: to load and open a client, to the
// first verified response of a new process, what a call takes beyond one by hand, and sizes. Run
// `npm run bench -- --quick` first: it installs what this program needs.

import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { version as esbuild } from 'esbuild';
import { appGrowth } from '../scripts/app-growth.mjs';
import { compressed } from '../scripts/bytes.mjs';
import { connection, result } from './connection.mjs';
import { AXIOS } from './contestants/names.mjs';
import { converse } from './conversation.mjs';
import { interleave } from './interleave.mjs';
import { asText, machine, peers } from './machine.mjs';
import { nodes } from './runtimes.mjs';
import { median, quantile, rowsOf } from './statistics.mjs';
import { cellsOf, figure, text } from './table.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const [{ runtime, program }] = nodes;

const FIRST = 'the first build';
const SECOND = 'the second build';
const FETCH = 'fetch alone, nothing signed or verified';
const EMPTY = 'an empty process';

const { values, positionals: folders } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean' } },
});
if (folders.length !== 2) throw new Error('Name the folders of two builds of the package.');

// `processes` is the number of new processes of each contestant. `batch` and `warmUp` are
// milliseconds.
const plan = values.quick
  ? { processes: 4, calls: { rounds: 4, batch: 100, warmUp: 300 } }
  : { processes: 40, calls: { rounds: 60, batch: 400, warmUp: 5_000 } };

const builds = [FIRST, SECOND].map((name, at) => {
  const folder = resolve(folders[at]);
  return { name, folder, entry: pathToFileURL(join(folder, 'dist/node.mjs')).href };
});

console.log(
  [
    ['node bench/compare.mjs', ...process.argv.slice(2)].join(' '),
    `${new Date().toISOString().slice(0, 10)}, ${asText(await machine())}`,
    `${runtime}, ${await peers()}, esbuild ${esbuild}`,
    ...(values.quick ? ['These figures mean nothing: --quick shows that the program works.'] : []),
  ].join('\n'),
);

const server = converse(program, ['server.mjs'], { cwd: here });
try {
  const baseUrl = `http://127.0.0.1:${await server.next()}`;
  const given = { connection: { ...connection, baseUrl }, id: result.pre_entrustweb_id };
  const inProcesses = `${plan.processes} new processes of each, by turns`;
  tell(`Load and open a client, ${inProcesses}`, rowsOf(await opening(given), FIRST));
  const { start, times } = await firstResponse(given);
  tell(
    `From the start of a process to the first verified response, ${inProcesses},\n` +
      `less the ${figure(start)} ms of a process that does nothing`,
    rowsOf(times, AXIOS),
  );
  const { rounds } = plan.calls;
  tell(
    `What a call takes beyond one by hand with the same signature, ${rounds} rounds in one process`,
    rowsOf(await beyondByHand(given), FIRST),
  );
} finally {
  await server.end();
}
console.log(`\nSizes in bytes\n${text(await sizeCells())}`);

/** Prints rows: the median, the ratio with its spread, and the spread of the time. */
function tell(title, rows) {
  const columns = [0.1, 0.9].map((share) => ({
    head: `ms, p${share * 100}`,
    of: ({ times }) => quantile(times, share),
  }));
  console.log(`\n${title}\n${text(cellsOf({ rows }, { unit: 'ms', columns }))}`);
}

/** The milliseconds from the first line of a process until a client is made. */
function opening(given) {
  const open = (entry) => async () => (await fresh('open', { ...given, entry })).printed;
  return inTurns(builds.map(({ name, entry }) => ({ name, batch: open(entry) })));
}

/** The milliseconds of a process until its first response, less the median of an empty one. */
async function firstResponse(given) {
  const run = (name, what, entry) => ({
    name,
    batch: async () => (await fresh(what, { ...given, entry })).wall,
  });
  const [first, second] = builds.map(({ name, entry }) => run(name, 'ours', entry));
  const { [EMPTY]: empty, ...times } = await inTurns([
    run(EMPTY, 'nothing'),
    run(FETCH, 'fetch'),
    first,
    run(AXIOS, 'axios'),
    second,
  ]);
  const start = median(empty);
  const later = Object.entries(times).map(([name, all]) => [name, all.map((time) => time - start)]);
  return { start, times: Object.fromEntries(later) };
}

/** How many milliseconds longer than the call by hand a call of each build takes. */
async function beyondByHand(given) {
  const entries = Object.fromEntries(builds.map(({ name, entry }) => [name, entry]));
  return (await fresh('calls', { ...given, entries, plan: plan.calls })).printed;
}

// One process at a time. The first of each loads its files into the system's cache, and is not
// counted.
function inTurns(contestants) {
  return interleave(contestants, { rounds: plan.processes, batch: 0, warmUp: 1 });
}

// A new process: what it prints, and the milliseconds from its start until it printed that.
async function fresh(what, given) {
  const begun = performance.now();
  const child = converse(program, ['hosts/compare.mjs', what, JSON.stringify(given)], {
    cwd: here,
  });
  const printed = await child.next();
  const wall = performance.now() - begun;
  await child.end();
  return { printed, wall };
}

async function sizeCells() {
  const measured = [];
  for (const { folder } of builds) {
    const wasm = compressed(await readFile(join(folder, 'dist/wechatpay_bg.wasm')));
    // Code in the folder of a package can import this package by its name.
    const app = (await appGrowth(folder)).get('node');
    measured.push([wasm.raw, wasm.brotli, app.brotli]);
  }
  const [first, second] = measured;
  const names = ['first Wasm', 'first Wasm, brotli', 'what a bundle for Node grows by, brotli'];
  const columns = [
    { head: FIRST, of: ({ at }) => first[at] },
    { head: SECOND, of: ({ at }) => second[at] },
    { head: 'ratio', of: ({ at }) => second[at] / first[at] },
  ];
  return cellsOf({ rows: names.map((name, at) => ({ name, at })) }, { columns });
}
