// Programs of the matrix: run to their end, or kept until a run is over.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { here } from './tools.mjs';

const LONGEST = 300_000;

/** Runs a program and gives what it wrote to stdout; throws what it wrote where it fails. */
export async function output(program, args, { cwd = here, env } = {}) {
  const child = start(program, args, { cwd, env });
  const timer = setTimeout(() => child.kill('SIGKILL'), LONGEST);
  const [code, signal] = await once(child, 'close');
  clearTimeout(timer);
  if (code !== 0) throw new Error(`${program} ended with ${code ?? signal}\n${child.said()}`);
  return child.printed();
}

/** The last line of what a program wrote to stdout, as JSON. */
export async function json(program, args, options) {
  const text = await output(program, args, options);
  return JSON.parse(text.trimEnd().split('\n').at(-1));
}

/** Starts a server, gives `body` the first text that it prints in the form of `ready`, and stops it. */
export async function whileServing(program, args, { cwd, env, ready }, body) {
  const child = start(program, args, { cwd, env });
  try {
    return await body(await announced(child, ready));
  } catch (error) {
    error.message += `\n${child.said()}`;
    throw error;
  } finally {
    child.kill('SIGKILL');
    await once(child, 'close');
  }
}

function announced(child, ready) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('It did not start in 60 s.')), 60_000);
    const look = () => {
      const [found] = child.said().match(ready) ?? [];
      if (found === undefined) return;
      clearTimeout(timer);
      resolve(found);
    };
    for (const stream of [child.stdout, child.stderr]) stream.on('data', look);
    child.on('close', (code) => reject(new Error(`It ended with ${code}.`)));
  });
}

function start(program, args, { cwd, env }) {
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, FORCE_COLOR: '0', NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const chunks = { stdout: [], stderr: [] };
  for (const name of Object.keys(chunks)) {
    child[name].on('data', (chunk) => chunks[name].push(chunk));
  }
  child.printed = () => Buffer.concat(chunks.stdout).toString();
  child.said = () => `${child.printed()}${Buffer.concat(chunks.stderr)}`;
  child.on('error', (error) => chunks.stderr.push(Buffer.from(`${error.message}\n`)));
  return child;
}
