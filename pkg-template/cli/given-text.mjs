import { readFileSync } from 'node:fs';
import { told } from './language.mjs';
import { UsageError } from './problems.mjs';

/**
 * The bytes of an argument: its own text, or with `@FILE` those of a file; `@-` and `-` are stdin.
 *
 * @param {string} name of the argument
 * @param {string} given
 * @returns {Buffer}
 */
export function givenBytes(name, given) {
  if (given === '-') return readBytes(name, '-');
  return given.startsWith('@') ? readBytes(name, given.slice(1)) : Buffer.from(given);
}

/**
 * The same as text.
 *
 * @param {string} name
 * @param {string} given
 */
export function givenText(name, given) {
  return givenBytes(name, given).toString();
}

/**
 * JSON of an argument.
 *
 * @param {string} name
 * @param {string} given
 */
export function givenJson(name, given) {
  const text = givenText(name, given);
  const exact = (_, value) => {
    // It would be sent with other digits.
    if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
      throw new UsageError(told('inexact', { name }));
    }
    return value;
  };
  try {
    return JSON.parse(text, exact);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(notJson(name, text, error.message));
  }
}

/** Node says where JSON ends to be some, but not in each message: of its end, for one. */
function notJson(name, text, message) {
  const [, position] = message.match(/ at position (\d+)/) ?? [];
  const isEnd = /^Unexpected end/.test(message);
  if (position === undefined && !isEnd) return told('no-json-at-all', { name });
  const before = text.slice(0, isEnd ? text.length : Number(position)).split('\n');
  const character = [...before.at(-1)].length + 1;
  return told('no-json', { name, line: before.length, character });
}

/**
 * The bytes of a file; `-` is stdin.
 *
 * @param {string} name of the argument that names it
 * @param {string} path
 */
export function readBytes(name, path) {
  try {
    return readFileSync(path === '-' ? 0 : path);
  } catch ({ code }) {
    throw new UsageError(told('unreadable', { what: name, path, code }));
  }
}

/**
 * `name=value` of an option that may be given several times, as an object. A name that is given again has
 * several values.
 *
 * @param {string} option
 * @param {string[]} pairs
 */
export function namedValues(option, pairs) {
  const values = new Map();
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    if (at < 1) throw new UsageError(told('pair', { option }));
    const name = pair.slice(0, at);
    values.set(name, [...(values.get(name) ?? []), pair.slice(at + 1)]);
  }
  const entries = [...values].map(([name, all]) => [name, all.length === 1 ? all[0] : all]);
  return Object.fromEntries(entries);
}

/**
 * Requires a number of arguments.
 *
 * @param {string[]} positionals
 * @param {number} least
 * @param {number} [most]
 */
export function requireArguments(positionals, least, most = least) {
  if (positionals.length < least) throw new UsageError(told('too-few'));
  if (positionals.length > most) throw new UsageError(told('too-many', { most }));
}
