// npm run example -- <name>: one of the examples on a sandbox, until Ctrl+C.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { build } from './build.mjs';
import { announced, examples, onSandbox } from './examples.mjs';
import { pack } from './pack.mjs';
import { Failure, main } from './run.mjs';
import { frameworks, runtimes, setup } from './setup.mjs';

const help = `npm run example -- <name>   starts one, on a sandbox

${examples.map(({ name, file }) => `  ${name.padEnd(16)} ${file}`).join('\n')}
`;

await main(import.meta.url, async () => {
  const [name, ...rest] = process.argv.slice(2);
  if (name === undefined || name === '--help') return console.log(help);
  const example = examples.find((each) => each.name === name);
  if (example === undefined || rest.length > 0) {
    throw new Failure(`There is no example "${[name, ...rest].join(' ')}".\n\n${help}`);
  }

  await setup();
  await build();
  await pack();
  if (example.runtimes) await runtimes();
  if (example.frameworks) await frameworks();
  await example.prepare?.();
  console.log(`\n${example.file} on a sandbox, until Ctrl+C\n`);
  await serve(example);
});

async function serve(example) {
  const [program, args, options] = onSandbox(example);
  const child = spawn(program, args, { ...options, stdio: ['inherit', 'pipe', 'pipe'] });
  showUntilAnnounced(child);
  // It ends when the example does. At a terminal Ctrl+C reaches both.
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, () => process.stdin.isTTY || child.kill(signal));
  }
  const [code] = await once(child, 'close');
  process.exitCode = code ?? 1;
}

function showUntilAnnounced(child) {
  let printed = '';
  let told = false;
  for (const name of ['stdout', 'stderr']) {
    child[name].setEncoding('utf8').on('data', (text) => {
      process[name].write(text);
      if (told) return;
      printed += text;
      const [url] = printed.match(announced) ?? [];
      // A line at a time: the end of an address may come in the next piece.
      if (url === undefined || !printed.includes('\n', printed.indexOf(url))) return;
      told = true;
      console.log(`\n${curl(url)}\n`);
    });
  }
}

function curl(url) {
  return [
    `curl -i ${url}/contracts -H 'Content-Type: application/json' \\`,
    `  -d '{"outContractCode":"APPLYMENT_00000000001"}'`,
  ].join('\n');
}
