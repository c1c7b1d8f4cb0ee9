// npm run matrix: runs the suite in every runtime, and makes the table that SUPPORT.md shows.
//
//   --only <text>   the rows whose name has it in it
//   --write         puts the table into SUPPORT.md

import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openStage } from './stage.mjs';
import { names } from './suite.mjs';
import { differences, writeTable } from './table.mjs';
import { work } from './tools.mjs';

// One lane for each processor. More lanes would only wait for each other.
const LANES = 2;
// Milliseconds for one row. Next builds and serves in less than two minutes of them.
const LONGEST = 300_000;

const { values } = parseArgs({ options: { only: { type: 'string' }, write: { type: 'boolean' } } });
const rows = await chosenRows(values.only);
// The slowest rows first, so that none of them is left for the end.
const waiting = [...rows.entries()].sort(([, a], [, b]) => (b.slow ?? 0) - (a.slow ?? 0));
await Promise.all(Array.from({ length: LANES }, lane));
await showTable();

const checks = rows.flatMap((row) => row.results);
const failures = checks.filter(failed).length;
const skipped = rows.filter((row) => row.impossible).length;
console.log(`${checks.length - failures} passed, ${failures} failed, ${skipped} skipped`);
// At once, since a row that was late may still be running.
process.exit(failures > 0 || rows.length === 0 ? 1 : 0);

async function chosenRows(text = '') {
  const runners = [
    'processes',
    'workerd',
    'edge-runtime',
    'next',
    'bundlers',
    'browser',
    'testers',
  ];
  const modules = await Promise.all(runners.map((name) => import(`./runners/${name}.mjs`)));
  return modules
    .flatMap((module) => module.rows)
    .filter((row) => title(row).toLowerCase().includes(text.toLowerCase()));
}

async function lane() {
  const stage = await openStage();
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const [index, row] = next;
    const started = Date.now();
    row.results = row.impossible ? [] : await results(row, stage, join(work, `row-${index}`));
    tell(row, Date.now() - started);
  }
  await stage.close();
}

async function results(row, stage, folder) {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  stage.begin();
  try {
    const { begin, complaints } = stage;
    const connections = stage.connections();
    const running = row.run({ connections, folder, begin, complaints });
    const { results, extra } = await limited(running);
    return [...results, ...missing(results, row), checked(complaints(extra))];
  } catch (error) {
    return [{ name: 'the run', error: error.stack }];
  }
}

function missing(results, { routes }) {
  const wanted = routes?.flatMap((route) => names.map((name) => `${route}: ${name}`)) ?? names;
  return wanted
    .filter((name) => !results.some((result) => result.name === name))
    .map((name) => ({ name, error: 'it was not run' }));
}

function limited(promise) {
  return new Promise((resolve, reject) => {
    const late = () => reject(new Error(`It did not end within ${LONGEST / 1_000} s.`));
    const timer = setTimeout(late, LONGEST);
    promise.finally(() => clearTimeout(timer)).then(resolve, reject);
  });
}

function checked(complaints) {
  const name = 'every call was a signed POST, checked by the sandbox as it should be';
  return complaints.length === 0 ? { name } : { name, error: complaints.join('\n') };
}

function tell(row, took) {
  const { length } = row.results.filter(failed);
  const counts = row.impossible
    ? `not run: ${row.impossible}`
    : `${row.results.length - length} passed, ${length} failed (${(took / 1000).toFixed(1)} s)`;
  console.log(`${title(row)}: ${counts}`);
  for (const { name, error } of row.results.filter(failed)) {
    console.log(`  ✖ ${name}\n    ${error.replaceAll('\n', '\n    ')}`);
  }
}

async function showTable() {
  if (values.only !== undefined) return;
  if (values.write) await writeTable(rows);
  const differing = await differences(rows);
  const name = "SUPPORT.md's table is this run's (else: npm run matrix -- --write)";
  rows.push({
    runtime: 'SUPPORT.md',
    version: 'and this run',
    how: 'the table',
    results: [differing.length === 0 ? { name } : { name, error: differing.join('\n') }],
  });
  tell(rows.at(-1), 0);
}

function failed({ error }) {
  return error !== undefined;
}

function title({ runtime, version, how }) {
  return `${runtime} ${version}, ${how}`;
}
