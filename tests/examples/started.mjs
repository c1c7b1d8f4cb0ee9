// Starts an example's server in its own process group, and always stops it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';

import { announced } from '../../scripts/examples.mjs';

/** Starts a program, calls `body` with its address and its output, and then stops it. */
export async function whileServing([program, args, { cwd, env }], body) {
  const options = { cwd, env: { ...env, PORT: '0', NO_COLOR: '1' }, detached: true };
  const child = spawn(program, args, options);
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr']) {
    child[name].setEncoding('utf8').on('data', (text) => {
      said[name] += text;
      child.emit('said');
    });
  }
  groups.add(child.pid);
  const closed = once(child, 'close');
  const ended = closed.then(([code, signal]) =>
    Promise.reject(new Error(`ended: ${code ?? signal}`)),
  );
  ended.catch(() => {});

  /** Waits until the output matches `pattern`, and returns the matched text. */
  const until = async (pattern) => {
    const late = setTimeout(60_000, undefined, { ref: false });
    for (;;) {
      const [found] = `${said.stdout}\n${said.stderr}`.match(pattern) ?? [];
      if (found !== undefined) return found;
      const next = await Promise.race([once(child, 'said'), ended, late]);
      if (next === undefined) throw new Error(`the output did not match ${pattern}`);
    }
  };

  try {
    const url = await until(new RegExp(`${announced.source}(?=\\D)`));
    await body(url, { said, until });
    child.kill('SIGTERM');
    const stopped = await Promise.race([closed, setTimeout(10_000, undefined, { ref: false })]);
    if (stopped === undefined) throw new Error('SIGTERM did not end the program');
  } catch (error) {
    error.message += `\n${said.stdout}\n${said.stderr}`;
    throw error;
  } finally {
    killGroup(child.pid);
    groups.delete(child.pid);
  }
}

// Ctrl+C reaches this process, but not the process groups.
const groups = new Set();
process.on('exit', () => groups.forEach(killGroup));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

function killGroup(leader) {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}
