// Running other programs: in view, with a line of progress, or for what they print.

import { spawn } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';

export const root = fileURLToPath(new URL('..', import.meta.url));

const TAIL = 200;

/** A failure that is told in words; anything else that is thrown is a fault of these scripts. */
export class Failure extends Error {}

/** Runs `body` when the script at `url` is the one that node was started with. */
export async function main(url, body) {
  if (realpathSync(process.argv[1]) !== fileURLToPath(url)) return;
  try {
    await body();
  } catch (error) {
    console.error(error instanceof Failure ? `\n${error.message}` : error);
    process.exitCode = 1;
  }
}

/** Runs a program with the terminal as its own. */
export async function run(command, args, options) {
  const code = await ended(start(command, args, { ...options, stdio: 'inherit' }), command);
  if (code !== 0) throw new Failure(`${inWords(command, args)} ended with ${code}`);
}

/** Runs a program and shows what it prints, which it also gives back, without colours. */
export async function tee(command, args, options) {
  const colours = process.stdout.isTTY ? { FORCE_COLOR: '1', CARGO_TERM_COLOR: 'always' } : {};
  return await listen(
    command,
    args,
    { ...options, env: { ...colours, ...options?.env } },
    (stream) => process[stream],
  );
}

/** The same, and shows nothing, or through the writable streams that `shown` gives. */
export async function listen(command, args, options, shown = () => null) {
  const child = start(command, args, options);
  const chunks = [];
  for (const stream of ['stdout', 'stderr']) {
    child[stream].on('data', (chunk) => {
      chunks.push(chunk);
      shown(stream)?.write(chunk);
    });
  }
  const code = await ended(child, command);
  return { code, output: stripVTControlCharacters(Buffer.concat(chunks).toString()) };
}

/** What a program printed to stdout, or null where it is not installed or ends with an error. */
export async function outputOf(command, args, options) {
  const child = start(command, args, { ...options, stdio: ['ignore', 'pipe', 'ignore'] });
  const chunks = [];
  child.stdout.on('data', (chunk) => chunks.push(chunk));
  const code = await ended(child, command).catch(() => 1);
  return code === 0 ? Buffer.concat(chunks).toString().trim() : null;
}

/**
 * Runs a program whose output is of interest only when it fails, and says meanwhile how far it is:
 * `countOf` gives how many crates there are, and each is a line that matches `counted`.
 */
export async function follow(label, command, args, { countOf, counted, ...options } = {}) {
  const started = Date.now();
  const tail = [];
  let total = 0;
  let count = 0;
  const progress = () => {
    const far = total > 0 ? `: ${Math.min(count, total)} of at most ${total} crates` : '';
    return `${label}${far} (${seconds(started)})`;
  };

  const stop = repeat(progress);
  try {
    total = (await countOf?.()) ?? 0;
    const child = start(command, args, options);
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        if (counted?.test(line)) count += 1;
        tail.push(line);
        if (tail.length > TAIL) tail.shift();
      });
    }
    const code = await ended(child, command);
    if (code === 0) return;
    throw new Failure([...tail, '', `${inWords(command, args)} ended with ${code}`].join('\n'));
  } finally {
    stop();
    console.log(`${label}: took ${seconds(started)}`);
  }
}

/** `cargo build`, followed crate by crate; `selection` says which package and features, as to any cargo command. */
export async function followCargoBuild(label, selection, args) {
  const tree = ['tree', '--locked', '--prefix=none', '--edges=normal,build', ...selection];
  const countOf = async () => {
    const lines = (await outputOf('cargo', tree))?.split('\n') ?? [];
    return new Set(lines.map((line) => line.replace(/ \(\*\)$/, ''))).size;
  };
  await follow(label, 'cargo', ['build', '--locked', ...selection, ...args], {
    countOf,
    counted: /^\s*Compiling /,
  });
}

// A terminal gets one line that changes, a log a line every ten seconds.
function repeat(progress) {
  const live = process.stdout.isTTY;
  if (!live) console.log(progress());
  const show = () =>
    live ? process.stdout.write(`\r\x1b[K${progress()}`) : console.log(progress());
  const timer = setInterval(show, live ? 200 : 10_000);
  return () => {
    clearInterval(timer);
    if (live) process.stdout.write('\r\x1b[K');
  };
}

export function seconds(since) {
  const passed = (Date.now() - since) / 1000;
  return `${passed < 10 ? passed.toFixed(1) : Math.round(passed)} s`;
}

function start(command, args, { env, ...options } = {}) {
  return spawn(command, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
    ...options,
  });
}

function ended(child, command) {
  return new Promise((resolve, reject) => {
    child.on('error', (cause) =>
      reject(new Failure(`${command} does not start: ${cause.message}`, { cause })),
    );
    child.on('close', (code, signal) => resolve(code ?? signal));
  });
}

const inWords = (command, args) => [command, ...args].join(' ');
