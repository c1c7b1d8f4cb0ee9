// The programs of the matrix: run until they end, or kept running for one run.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { here } from './tools.mjs';

// Each program leads a process group of its own. None of them outlives this process.
const alive = new Set();
process.on('exit', () => alive.forEach(kill));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

/** Runs a program and returns its stdout. If the program fails, the error contains its output. */
export async function output(program, args, options) {
  const child = start(program, args, options);
  const [code, signal] = await child.closed;
  if (code !== 0) throw new Error(`${program} ended with ${code ?? signal}\n${child.said()}`);
  return child.printed();
}

/** Returns the last line of a program's stdout, parsed as JSON. */
export async function json(program, args, options) {
  const text = await output(program, args, options);
  return JSON.parse(text.trimEnd().split('\n').at(-1));
}

/**
 * Starts a program, calls `body` with the first output that matches `ready`, and stops the program.
 */
export async function whileServing(program, args, { ready, ...options }, body) {
  const child = start(program, args, options);
  try {
    return await body(await announced(child, ready));
  } catch (error) {
    error.message += `\n${child.said()}`;
    throw error;
  } finally {
    await stop(child);
  }
}

/** Starts a program, waits for `body`, and stops the program. Rejects if the program ends first. */
export async function whileRunning(program, args, options, body) {
  const child = start(program, args, options);
  const ended = child.closed.then(([code]) => {
    throw new Error(`${program} ended with ${code}\n${child.said()}`);
  });
  try {
    return await Promise.race([body(), ended]);
  } finally {
    await stop(child);
  }
}

async function stop(child) {
  kill(child);
  await child.closed;
}

function kill({ pid }) {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

function announced(child, ready) {
  return new Promise((resolve, reject) => {
    const look = () => {
      const [found] = child.said().match(ready) ?? [];
      if (found !== undefined) resolve(found);
    };
    for (const stream of [child.stdout, child.stderr]) stream.on('data', look);
    child.closed.then(([code]) => reject(new Error(`It ended with ${code}.`)));
  });
}

function start(program, args, { cwd = here, env } = {}) {
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, FORCE_COLOR: '0', NO_COLOR: '1', WECHATPAY_LOCALE: 'en', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const chunks = { stdout: [], stderr: [] };
  for (const name of Object.keys(chunks)) {
    child[name].on('data', (chunk) => chunks[name].push(chunk));
  }
  child.printed = () => Buffer.concat(chunks.stdout).toString();
  child.said = () => `${child.printed()}${Buffer.concat(chunks.stderr)}`;
  // A program that cannot be started emits an error, and no close.
  child.closed = once(child, 'close').catch((error) => [error.message]);
  if (child.pid !== undefined) {
    alive.add(child);
    child.closed.then(() => alive.delete(child));
  }
  return child;
}
