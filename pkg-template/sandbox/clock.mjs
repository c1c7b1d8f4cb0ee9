/**
 * The time in whole seconds.
 *
 * @param {() => number} clock the time in milliseconds
 * @throws {TypeError} where it gives something else
 */
export function secondsOf(clock) {
  const milliseconds = clock();
  if (!Number.isFinite(milliseconds)) throw new TypeError('clock did not give milliseconds');
  return Math.floor(milliseconds / 1000);
}
