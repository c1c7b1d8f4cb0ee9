/**
 * Prints a result as JSON.
 *
 * @param {unknown} value
 */
export function print(value) {
  process.stdout.write(`${JSON.stringify(value, undefined, 2)}\n`);
}
