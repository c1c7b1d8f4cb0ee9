import { indented } from './exact-json.mjs';

/**
 * Prints a result as JSON.
 *
 * @param {unknown} value
 */
export function print(value) {
  process.stdout.write(`${indented(value)}\n`);
}
