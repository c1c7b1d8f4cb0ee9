// node bench/sandbox-start.mjs [folder…] [--rounds <n>]
//
// How long the sandbox takes to start, in builds of the package (pkg/, if no folder is named): as a
// command, and in a test that calls createSandbox(). Each start is a new process; all kinds take turns.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { asText, machine } from './machine.mjs';
import { median, quantile } from './statistics.mjs';
import { figure, text } from './table.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '40' } },
});
const rounds = Number(values.rounds);
const pkg = fileURLToPath(new URL('../pkg', import.meta.url));
const folders = (positionals.length > 0 ? positionals : [pkg]).map((folder) => resolve(folder));

// A folder of its own, so that the keys of whoever runs this are neither used nor changed.
const keys = await mkdtemp(join(tmpdir(), 'wechatpay-wasm-keys-'));
const KEPT = { WECHATPAY_SANDBOX_KEYS: join(keys, 'kept') };
const NONE = { WECHATPAY_SANDBOX_KEYS: '' };

const EMPTY = { name: 'an empty process', args: ['-e', ''], env: KEPT };
const contestants = [EMPTY, ...folders.flatMap(startsOf)];

function startsOf(folder, at) {
  const build = folders.length > 1 ? `, build ${at + 1}` : '';
  const sandbox = pathToFileURL(join(folder, 'dist/sandbox.mjs')).href;
  const inTest = `
    const begun = performance.now();
    const { createSandbox } = await import(${JSON.stringify(sandbox)});
    const sandbox = await createSandbox();
    console.log('took', performance.now() - begun);
    await sandbox.close();`;
  const kinds = [
    { what: 'the command, to its first line', args: [join(folder, 'dist/cli.mjs'), 'sandbox'] },
    { what: 'import and createSandbox()', args: ['--input-type=module', '-e', inTest] },
  ];
  return kinds.flatMap(({ what, args }) => [
    { name: `${what}, keys kept${build}`, args, env: KEPT },
    { name: `${what}, keys made${build}`, args, env: NONE },
  ]);
}

/** The milliseconds of one start: those that the process says, or else until it says that it listens. */
async function start({ args, env }) {
  const begun = performance.now();
  const child = spawn(process.execPath, args, { env: { ...process.env, ...env } });
  const ended = once(child, 'close');
  let output = '';
  let took;
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (data) => {
      output += data;
      if (took === undefined && /listens on .*\n/.test(output)) {
        took = performance.now() - begun;
        child.kill();
      }
    });
  }
  const [code] = await ended;
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${output}`);
  const told = output.match(/^took (.*)$/m)?.[1];
  return told === undefined ? (took ?? performance.now() - begun) : Number(told);
}

console.log(
  [
    ['node bench/sandbox-start.mjs', ...process.argv.slice(2)].join(' '),
    `${new Date().toISOString().slice(0, 10)}, ${asText(await machine())}`,
    `Node ${process.versions.node}, OpenSSL ${process.versions.openssl}, ${rounds} starts of each kind, by turns`,
  ].join('\n'),
);

try {
  const times = new Map(contestants.map(({ name }) => [name, []]));
  // The first round fills the folder of the keys and the system's cache, and is not counted.
  for (let round = -1; round < rounds; round += 1) {
    for (const each of round % 2 === 0 ? contestants : contestants.toReversed()) {
      const time = await start(each);
      if (round >= 0) times.get(each.name).push(time);
    }
  }
  const rows = [...times].map(([name, list]) => [
    name,
    figure(median(list)),
    figure(quantile(list, 0.9)),
  ]);
  console.log(`\n${text([['', 'median, ms', 'p90, ms'], ...rows])}`);
} finally {
  await rm(keys, { recursive: true });
}
