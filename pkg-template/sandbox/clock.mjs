/**
 * Reads the clock in whole seconds.
 *
 * @param {() => number} clock the time in milliseconds
 * @throws {TypeError} if it does not return a number
 */
export function secondsOf(clock) {
  const milliseconds = clock();
  if (!Number.isFinite(milliseconds)) throw new TypeError('clock did not return milliseconds');
  return Math.floor(milliseconds / 1000);
}
