// npm run bench: measures, prints tables, and writes them to files. scripts/bench.mjs starts it
// after the setup.

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { asText, machine, peers } from './machine.mjs';
import { optionsOf } from './options.mjs';
import { planOf } from './plan.mjs';
import { asPlot, inJson, inMarkdown, sectionInText, targetsInText } from './report.mjs';
import { calls } from './sections/calls.mjs';
import { cold } from './sections/cold.mjs';
import { growth } from './sections/growth.mjs';
import { sign } from './sections/sign.mjs';
import { size } from './sections/size.mjs';
import { verify } from './sections/verify.mjs';
import { targetsOf } from './targets.mjs';

const all = { sign, verify, cold, calls, growth, size };

const here = fileURLToPath(new URL('.', import.meta.url));
const args = process.argv.slice(2);
const { only, ...options } = optionsOf(args);
const plan = planOf(options);
const chosen = Object.entries(all).filter(([name]) => only === undefined || only.includes(name));

const run = {
  command: ['npm run bench', ...(args.length > 0 ? ['--', ...args] : [])].join(' '),
  date: new Date().toISOString().slice(0, 10),
  machine: await machine(),
  peers: await peers(),
  sections: {},
};
console.log(`${run.command}, ${run.date}\n${asText(run.machine)}\n`);

const measured = [];
for (const [name, section] of chosen) {
  const begun = Date.now();
  const groups = await section.run({ plan, tell: (where) => console.log(`${name}: ${where} …`) });
  run.sections[name] = groups;
  measured.push([section, groups]);
  const took = Math.round((Date.now() - begun) / 1_000);
  console.log(`\n${sectionInText(section, groups)}\n\n(${took} s)\n`);
}
run.targets = targetsOf(run.sections, run.machine);
console.log(targetsInText(run.targets));

// Only a complete run is written to the folder of the code.
const isComplete = only === undefined && !options.quick;
const folder = isComplete ? here : join(here, '../target/bench');
await mkdir(folder, { recursive: true });
await writeFile(join(folder, 'results.json'), inJson(run));
await writeFile(join(folder, 'RESULTS.md'), inMarkdown(run, measured));
await writeFile(join(folder, 'results.svg'), asPlot(run, measured));
console.log(
  `\nresults.json, RESULTS.md and results.svg are in ${isComplete ? 'bench/' : 'target/bench/'}`,
);
