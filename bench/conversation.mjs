// A program that is kept, and asked again and again: a line of JSON each way.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const alive = new Set();
process.on('exit', () => {
  for (const child of alive) child.kill('SIGKILL');
});

/** Starts a program. `ask(order)` gives its next line, `next()` does so unasked, `end()` ends it. */
export function converse(program, args, { cwd }) {
  const child = spawn(program, args, {
    cwd,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1' },
  });
  alive.add(child);
  const errors = [];
  child.stderr.on('data', (chunk) => errors.push(chunk));
  child.stdin.on('error', () => {});
  const closed = once(child, 'close').finally(() => alive.delete(child));
  // It is only of interest to who waits for a line.
  closed.catch(() => {});

  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await lines.next();
    if (!done) return JSON.parse(value);
    const [code, signal] = await closed;
    throw new Error(`${program} ended with ${code ?? signal}\n${Buffer.concat(errors)}`);
  };
  return {
    next,
    ask(order) {
      child.stdin.write(`${JSON.stringify(order)}\n`);
      return next();
    },
    async end() {
      child.stdin.end();
      await closed;
    },
  };
}
