// npm test and npm run test:all: checks, side by side where they do not wait for each other, how long each
// took, and a count at the end.

import { AsyncLocalStorage } from 'node:async_hooks';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { Failure, main, seconds, tee } from './run.mjs';
import { steps } from './steps.mjs';

const list = (which) =>
  steps
    .filter(which)
    .map(({ name, what }) => `  ${name.padEnd(12)} ${what}`)
    .join('\n');

const help = `npm test                    what to run before a commit
npm run test:all            everything there is
npm run test:all -- --rest  what npm test does not run
npm test -- --only <step>   one step, with what it needs; may be given several times

Steps that set up, and are no checks:
${list(({ setsUp }) => setsUp)}

Steps of npm test:
${list(({ setsUp, rest }) => !setsUp && !rest)}

Steps that npm run test:all has beside them:
${list(({ setsUp, rest }) => !setsUp && rest)}

For a run in two parts: --write-total <file> keeps the counts, and --add-total <file> adds those that an
earlier part kept.
`;

const none = { passed: 0, failed: 0, skipped: 0 };

// What a step prints is kept until it ends, so that steps that run side by side do not mix.
const blocks = new AsyncLocalStorage();
const write = {};
for (const name of ['stdout', 'stderr']) {
  const stream = process[name];
  write[name] = stream.write.bind(stream);
  stream.write = (chunk, ...rest) => {
    const block = blocks.getStore();
    if (block === undefined) return write[name](chunk, ...rest);
    block.push(Buffer.from(chunk));
    return true;
  };
}

await main(import.meta.url, async () => {
  // Tests compare texts, whatever the language of this machine is.
  process.env.WECHATPAY_LOCALE = 'en';
  const { values } = options();
  if (values.help) return console.log(help);
  const chosen = choose(values);
  const earlier = values['add-total'] && (await taken(values['add-total']));

  const started = Date.now();
  const results = await performAll(chosen);
  report(results, seconds(started));
  const total = totalOf(results);
  if (values['write-total']) await keep(values['write-total'], total);
  if (earlier) {
    console.log(`\nBefore: ${inWords(earlier)}\nNow:    ${inWords(total)}\nIn all:`);
    if (earlier.failed > 0) process.exitCode = 1;
  }
  console.log(`\n${inWords(earlier ? totalOf([earlier, total]) : total)}`);
});

function options() {
  try {
    return parseArgs({
      options: {
        only: { type: 'string', multiple: true },
        all: { type: 'boolean' },
        rest: { type: 'boolean' },
        'write-total': { type: 'string' },
        'add-total': { type: 'string' },
        help: { type: 'boolean' },
      },
    });
  } catch ({ message }) {
    throw new Failure(`${message}\n\n${help}`);
  }
}

/** The steps to run: those that are asked for, and what they need, which `isAsked` tells apart. */
function choose({ only, all, rest }) {
  const unknown = only?.find((name) => !steps.some((step) => step.name === name));
  if (unknown !== undefined) throw new Failure(`There is no step "${unknown}".\n\n${help}`);
  const isAsked = (step) => {
    if (only) return only.includes(step.name);
    if (rest) return step.rest;
    return all || !step.rest;
  };
  const needed = new Set();
  const need = (step) => {
    needed.add(step.name);
    for (const name of step.after ?? []) need(steps.find((each) => each.name === name));
  };
  for (const step of steps.filter(isAsked)) need(step);
  return steps
    .filter(({ name }) => needed.has(name))
    .map((step) => ({ ...step, counts: isAsked(step) && !step.setsUp }));
}

/** Runs the steps, each as soon as its lane is free and what it needs is done; gives their results. */
async function performAll(chosen) {
  const waiting = [...chosen];
  const running = new Map();
  const results = new Map();
  const isDone = (name) => results.has(name);
  const next = () =>
    waiting.findIndex(({ lane, after = [] }) => !running.has(lane) && after.every(isDone));

  const telling = tell(running);
  while (results.size < chosen.length) {
    for (let at = next(); at >= 0; at = next()) {
      const [step] = waiting.splice(at, 1);
      const started = Date.now();
      const done = perform(step, results).then(({ block, ...counts }) => {
        running.delete(step.lane);
        results.set(step.name, { step, took: seconds(started), ...counts });
        console.log(`\n── ${step.name}: ${step.what} (${seconds(started)})`);
        process.stdout.write(block);
      });
      running.set(step.lane, { step, started, done });
    }
    await Promise.race([...running.values()].map(({ done }) => done));
  }
  clearInterval(telling);
  return chosen.map(({ name }) => results.get(name));
}

/** Says what runs: in a log every thirty seconds, in a terminal in a line that changes. */
function tell(running) {
  const live = process.stdout.isTTY;
  const show = () => {
    const all = [...running.values()].map(
      ({ step, started }) => `${step.name} ${seconds(started)}`,
    );
    const line = `… ${all.join(', ')}`;
    write.stdout(live ? `\r\x1b[K${line}\r` : `${line}\n`);
  };
  return setInterval(show, live ? 500 : 30_000).unref();
}

async function perform(step, results) {
  const block = [];
  const counts = await blocks.run(block, () =>
    counted(step, results).catch((error) => {
      console.error(error instanceof Failure ? error.message : error);
      return { failed: 1 };
    }),
  );
  // What is only needed here counts where it fails.
  const kept = step.counts ? counts : { failed: counts.failed };
  return { ...none, ...kept, block: Buffer.concat(block) };
}

async function counted({ after = [], run, commands, count }, results) {
  const missing = after.find((name) => results.get(name).failed > 0);
  if (missing !== undefined) throw new Failure(`not run, since "${missing}" failed`);
  if (run) return { ...none, passed: 1, ...(await run()) };

  const sum = { ...none };
  for (const [command, args, env] of await commands()) {
    const { code, output } = await tee(command, args, { env });
    const counts = count?.(output) ?? { passed: code === 0 ? 1 : 0 };
    for (const key of Object.keys(counts)) sum[key] += counts[key];
    // A runner that fails without a failed test, or finds no tests at all, has not said "passed".
    const told = (counts.failed ?? 0) > 0;
    const nothing = (counts.passed ?? 0) + (counts.failed ?? 0) === 0;
    if (!told && (code !== 0 || nothing)) {
      console.error(`${command} ended with ${code}${nothing ? ', and counted no tests' : ''}`);
      sum.failed += 1;
    }
  }
  return sum;
}

function report(results, took) {
  console.log('\n── results');
  for (const { step, took, ...counts } of results) {
    const said = step.counts || counts.failed > 0 ? inWords(counts) : 'needed by the others';
    console.log(`${step.name.padEnd(12)} ${took.padStart(7)}   ${said}`);
  }
  console.log(`${'in all'.padEnd(12)} ${took.padStart(7)}`);
  const failed = results.filter((result) => result.failed > 0);
  if (failed.length > 0) {
    process.exitCode = 1;
    const again = failed.map(({ step }) => `--only ${step.name}`).join(' ');
    console.log(`\nAgain what failed: npm test -- ${again}`);
  }
}

function totalOf(results) {
  const total = { ...none };
  for (const key of Object.keys(total)) {
    for (const result of results) total[key] += result[key];
  }
  return total;
}

async function keep(file, total) {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(total));
}

/** What an earlier part kept, once: the next run is not to add it again. */
async function taken(file) {
  if (!existsSync(file)) throw new Failure(`${file} is not there: the part before did not end.`);
  const total = JSON.parse(await readFile(file, 'utf8'));
  await rm(file);
  return total;
}

function inWords({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
