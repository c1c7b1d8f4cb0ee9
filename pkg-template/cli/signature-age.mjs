import { told } from './language.mjs';

/** How far the clocks of both sides may be apart, in seconds. */
const WINDOW = 300;

/**
 * How old a signature is, in seconds, and a note where that is more than a program accepts. An old one is valid
 * all the same: what was captured is looked at later.
 *
 * @param {string | undefined} timestamp in seconds
 * @returns {{ age: number | undefined, note: string | undefined }} neither for what is no time
 */
export function ageOf(timestamp) {
  const seconds = Number(timestamp);
  if (!Number.isFinite(seconds)) return { age: undefined, note: undefined };
  const age = Math.round(Date.now() / 1000 - seconds);
  const values = { age: Math.abs(age), most: WINDOW };
  const note = Math.abs(age) > WINDOW ? told(age > 0 ? 'old' : 'early', values) : undefined;
  return { age, note };
}
