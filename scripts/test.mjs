// npm test: every check there is, one after the other, and a count at the end.

import { parseArgs } from 'node:util';
import { Failure, main, seconds, tee } from './run.mjs';
import { setup } from './setup.mjs';
import { steps } from './steps.mjs';

const help = `npm test                    everything
npm test -- --only <step>   one step, with what it needs; may be given several times

${steps.map(({ name, what }) => `  ${name.padEnd(10)} ${what}`).join('\n')}
`;

await main(import.meta.url, async () => {
  const { values } = options();
  if (values.help) return console.log(help);
  const chosen = choose(values.only);

  await setup({ forTests: chosen.some(({ needs }) => needs === 'test programs') });
  const results = [];
  for (const step of chosen) results.push(await perform(step, results));
  report(results);
});

function options() {
  try {
    return parseArgs({
      options: { only: { type: 'string', multiple: true }, help: { type: 'boolean' } },
    });
  } catch ({ message }) {
    throw new Failure(`${message}\n\n${help}`);
  }
}

function choose(names) {
  if (names === undefined) return steps;
  const unknown = names.find((name) => !steps.some((step) => step.name === name));
  if (unknown !== undefined) throw new Failure(`There is no step "${unknown}".\n\n${help}`);
  const wanted = steps.filter(({ name }) => names.includes(name));
  return steps.filter(
    (step) => wanted.includes(step) || wanted.some(({ after }) => after === step.name),
  );
}

async function perform(step, earlier) {
  console.log(`\n── ${step.name}: ${step.what}`);
  const started = Date.now();
  const counts = await counted(step, earlier).catch((error) => {
    if (!(error instanceof Failure)) throw error;
    console.error(error.message);
    return { passed: 0, failed: 1, skipped: 0 };
  });
  return { name: step.name, took: seconds(started), ...counts };
}

async function counted({ after, run, commands, count }, earlier) {
  if (earlier.some(({ name, failed }) => name === after && failed > 0)) {
    throw new Failure(`not run, since "${after}" failed`);
  }
  if (run) return { passed: 1, failed: 0, skipped: 0, ...(await run()) };

  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const [command, args, env] of await commands()) {
    const { code, output } = await tee(command, args, { env });
    const counts = count?.(output) ?? { passed: code === 0 ? 1 : 0 };
    for (const key of Object.keys(counts)) sum[key] += counts[key];
    // A runner that fails without a failed test, or finds no tests at all, has not said "passed".
    const told = (counts.failed ?? 0) > 0;
    const none = (counts.passed ?? 0) + (counts.failed ?? 0) === 0;
    if (!told && (code !== 0 || none)) {
      console.error(`${command} ended with ${code}${none ? ', and counted no tests' : ''}`);
      sum.failed += 1;
    }
  }
  return sum;
}

function report(results) {
  console.log('\n── results');
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const result of results) {
    console.log(`${result.name.padEnd(10)} ${result.took.padStart(7)}   ${inWords(result)}`);
    for (const key of Object.keys(total)) total[key] += result[key];
  }
  const failed = results.filter((result) => result.failed > 0);
  if (failed.length > 0) {
    process.exitCode = 1;
    const again = failed.map(({ name }) => `--only ${name}`).join(' ');
    console.log(`\nAgain what failed: npm test -- ${again}`);
  }
  console.log(`\n${inWords(total)}`);
}

function inWords({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
