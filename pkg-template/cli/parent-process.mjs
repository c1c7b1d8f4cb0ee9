import { isRunning } from './is-running.mjs';

/** How often the parent is looked at, in milliseconds. */
const INTERVAL = 500;

/**
 * Waits until the process that started this one has ended. Nothing tells a process of it: a parent that is
 * killed cannot pass on a signal. It keeps no process alive.
 *
 * A system other than Windows then gives the process another parent. On Windows the number of the parent
 * stays, and names no process any more.
 *
 * @returns {{ ended: Promise<void>, stop: () => void }}
 */
export function watchParent() {
  const parent = process.ppid;
  let timer;
  const ended = new Promise((resolve) => {
    timer = setInterval(() => {
      if (process.ppid === parent && (process.platform !== 'win32' || isRunning(parent))) return;
      clearInterval(timer);
      resolve();
    }, INTERVAL);
    timer.unref();
  });
  return { ended, stop: () => clearInterval(timer) };
}
