// @ts-check
// What the core is told of each moment: the time and random bytes.

import { ignore } from './foreign.mjs';

// The last moment of a JavaScript Date, in milliseconds since 1970.
const LAST_MOMENT = 8.64e15;

// More than one event of a call uses: the core keeps what is left for the next.
const RANDOM_BYTES = 448;

/**
 * The time of day. Each source of a moment is looked up when it is used: a Worker has none at module scope.
 *
 * @param {Function} [clock] in place of `Date.now`
 * @returns {{ clock: number, clockThrew: boolean, cause: unknown }} `clock` is in milliseconds since 1970,
 * NaN where the given clock threw or gave no time; `cause` is what it threw
 */
export function timeOf(clock) {
  if (clock === undefined) return { clock: Date.now(), clockThrew: false, cause: undefined };
  try {
    const now = clock();
    // An async function is no clock.
    ignore(now);
    const isTime = typeof now === 'number' && now >= 0 && now <= LAST_MOMENT;
    return { clock: isTime ? now : Number.NaN, clockThrew: false, cause: undefined };
  } catch (cause) {
    return { clock: Number.NaN, clockThrew: true, cause };
  }
}

/** In milliseconds since any moment. Not by a given clock: that tells the time of day, and a test may make it stand still. */
export function elapsed() {
  try {
    const now = performance.now();
    if (typeof now === 'number') return now;
  } catch {
    // The clock of the day is better than none.
  }
  return Date.now();
}

/** Missing where the runtime has no working `crypto.getRandomValues`. */
export function randomBytes() {
  try {
    return crypto.getRandomValues(new Uint8Array(RANDOM_BYTES));
  } catch {
    return undefined;
  }
}
