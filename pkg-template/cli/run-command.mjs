import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { isatty } from 'node:tty';

/** What a terminal's keys send: Ctrl+C, and Ctrl+\ or, on Windows, Ctrl+Break. */
const KEY_SIGNALS = ['SIGINT', process.platform === 'win32' ? 'SIGBREAK' : 'SIGQUIT'];

/** What ends a process that does not say otherwise. On Windows Node.js knows them as well. */
export const ENDING_SIGNALS = [...KEY_SIGNALS, 'SIGTERM', 'SIGHUP'];

/**
 * Runs a command with our own stdin, stdout and stderr, and passes on the signals that would end us.
 *
 * @param {string[]} command the program and its arguments
 * @param {Record<string, string>} env
 * @returns {Promise<number>} its exit code, as a shell tells it: 128 and the signal's number where a
 *   signal ended it
 * @throws an error of node:child_process where it cannot be started
 */
export function runCommand(command, env) {
  const child = start(command, { env, stdio: 'inherit' });
  const passOn = (signal) => {
    // Ctrl+C reaches everything that runs at the terminal, of which any of the three may tell. Passed
    // on it would arrive twice, which many commands take for "at once, and clean nothing up".
    if (KEY_SIGNALS.includes(signal) && [0, 1, 2].some((fd) => isatty(fd))) return;
    child.kill(signal);
  };
  for (const signal of ENDING_SIGNALS) process.on(signal, passOn);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
  }).finally(() => {
    for (const signal of ENDING_SIGNALS) process.off(signal, passOn);
  });
}

function start([program, ...args], options) {
  if (process.platform !== 'win32') return spawn(program, args, options);
  // npm and npx are .cmd files there, which only the shell runs.
  const line = [program, ...args].map(quotedForWindows).join(' ');
  return spawn(line, { ...options, shell: true });
}

function quotedForWindows(text) {
  return /^[\w.,:=@/\\+-]+$/.test(text) ? text : `"${text.replaceAll('"', '""')}"`;
}
