import { readFileSync } from 'node:fs';
import { isRunning } from './is-running.mjs';

/** How often the parent is looked at, in milliseconds. */
const INTERVAL = 500;

/** A shell that does nothing but run this process, as `npx` and `npm run` start it. */
const SHELL = /^(?:[^\0]*\/)?(?:ba|da|z|k)?sh\0-c\0/;

/**
 * Waits until the process that started this one has ended. Nothing tells a process of it: a parent that is
 * killed cannot pass on a signal. It keeps no process alive.
 *
 * A system other than Windows then gives the process another parent. On Windows the number of the parent
 * stays, and names no process any more. A shell between both is passed over where the system shows it, in
 * Linux. In macOS, `sh -c` does not stay between.
 *
 * @returns {{ ended: Promise<void>, stop: () => void }}
 */
export function watchParent() {
  const before = starter();
  let timer;
  const ended = new Promise((resolve) => {
    timer = setInterval(() => {
      const now = starter();
      const isThere = process.platform !== 'win32' || isRunning(now.parent);
      if (now.parent === before.parent && now.beyond === before.beyond && isThere) return;
      clearInterval(timer);
      resolve();
    }, INTERVAL);
    timer.unref();
  });
  return { ended, stop: () => clearInterval(timer) };
}

/** The parent, and that of a shell. */
function starter() {
  const parent = process.ppid;
  return { parent, beyond: parentOfShell(parent) };
}

function parentOfShell(pid) {
  if (process.platform !== 'linux') return undefined;
  try {
    if (!SHELL.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8'))) return undefined;
    // `pid (name) state parent …`: a name may have any character.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
  } catch {
    return undefined;
  }
}
