// The table of SUPPORT.md: one line for each runtime, made from the rows of a run.

import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const page = fileURLToPath(new URL('../../SUPPORT.md', import.meta.url));
const BEGIN = '<!-- the matrix: written by `npm run matrix -- --write` -->\n';
const END = '<!-- the end of the matrix -->';

/** The table, as SUPPORT.md shows it. */
export function table(rows) {
  const head = ['| runtime | version | how | checks |', '| --- | --- | --- | --- |'];
  const groups = grouped(rows, ({ runtime, version }) => `${runtime} ${version}`);
  return `${[...head, ...[...groups.values()].map(line)].join('\n')}\n`;
}

function line(rows) {
  const [{ runtime, version }] = rows;
  const ways = rows.map(({ how }) => how).join('; ');
  return `| ${runtime} | ${version} | ${ways} | ${result(rows)} |`;
}

function result(rows) {
  const { impossible } = rows.find((row) => row.impossible) ?? {};
  if (impossible) return `not run: ${impossible}`;
  const checks = rows.flatMap(({ results }) => results);
  const failed = checks.filter(({ error }) => error !== undefined).length;
  return failed === 0 ? `${checks.length} ✓` : `${failed} of ${checks.length} failed`;
}

function grouped(rows, key) {
  const groups = new Map();
  for (const row of rows) groups.set(key(row), [...(groups.get(key(row)) ?? []), row]);
  return groups;
}

/** Writes the table into its place. */
export async function writeTable(rows) {
  const { before, after } = await parts();
  await writeFile(page, `${before}${table(rows)}${after}`);
}

/** The differences between the page's table and this run. */
export async function differences(rows) {
  const { shown } = await parts();
  const lines = (text, drop) => text.split('\n').filter((each) => each !== '' && !drop(each));
  // What is installed on the machine itself may have another version on another machine, or be
  // missing.
  const own = rows.filter(({ ofTheMachine }) => ofTheMachine).map(({ runtime }) => runtime);
  const drop = (each) => own.some((runtime) => each.startsWith(`| ${runtime} |`));
  const [there, here] = [lines(shown, drop), lines(table(rows), drop)];
  return [
    ...there.filter((each) => !here.includes(each)).map((each) => `SUPPORT.md alone: ${each}`),
    ...here.filter((each) => !there.includes(each)).map((each) => `this run alone: ${each}`),
  ];
}

async function parts() {
  const text = await readFile(page, 'utf8');
  const begin = text.indexOf(BEGIN);
  const end = text.indexOf(END);
  if (begin < 0 || end < begin) throw new Error('SUPPORT.md has no place for the matrix');
  const start = begin + BEGIN.length;
  return { before: text.slice(0, start), shown: text.slice(start, end), after: text.slice(end) };
}
