import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { isatty } from 'node:tty';

/** The signals of a terminal's keys: Ctrl+C, and Ctrl+\ or, on Windows, Ctrl+Break. */
const KEY_SIGNALS = ['SIGINT', process.platform === 'win32' ? 'SIGBREAK' : 'SIGQUIT'];

/** The signals that end a process by default. Node.js has them on Windows, too. */
export const ENDING_SIGNALS = [...KEY_SIGNALS, 'SIGTERM', 'SIGHUP'];

/** How long a command may take to end when nobody waits for it any more, in milliseconds. */
const GRACE = 5_000;

/**
 * Runs a command with the stdin, stdout and stderr of this process. It passes on the signals that
 * would end this process.
 *
 * @param {string[]} command the program and its arguments
 * @param {Record<string, string>} env
 * @param {Promise<void>} abandoned when it resolves, the command is ended
 * @returns {Promise<number>} the exit code as in a shell: 128 plus the signal's number if a signal
 *   ended the command
 * @throws an error of node:child_process if the command cannot be started
 */
export function runCommand(command, env, abandoned) {
  const child = start(command, { env, stdio: 'inherit' });
  const passOn = (signal) => {
    // If one of the three streams is a terminal, Ctrl+C already reaches every process that runs
    // there. Passing it on would send it twice, and many commands then exit at once, without
    // cleaning up.
    if (KEY_SIGNALS.includes(signal) && [0, 1, 2].some((fd) => isatty(fd))) return;
    child.kill(signal);
  };
  for (const signal of ENDING_SIGNALS) process.on(signal, passOn);
  abandoned.then(() => {
    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGKILL'), GRACE).unref();
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
  }).finally(() => {
    for (const signal of ENDING_SIGNALS) process.off(signal, passOn);
  });
}

function start([program, ...args], options) {
  if (process.platform !== 'win32') return spawn(program, args, options);
  // On Windows, npm and npx are .cmd files, which only the shell can run.
  const line = [program, ...args].map(quotedForWindows).join(' ');
  return spawn(line, { ...options, shell: true });
}

function quotedForWindows(text) {
  return /^[\w.,:=@/\\+-]+$/.test(text) ? text : `"${text.replaceAll('"', '""')}"`;
}
