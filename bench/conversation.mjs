// A program that keeps running and responds to orders. Each order and each response is one line of
// JSON.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const alive = new Set();
process.on('exit', () => {
  for (const child of alive) child.kill('SIGKILL');
});

/**
 * Starts a program. `ask(order)` sends an order and returns the next line, `next()` returns the
 * next line, `end()` ends the program.
 */
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
  // `next` reports a failure; without this line, it would also be an unhandled rejection.
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
