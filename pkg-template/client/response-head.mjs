// @ts-check
// What stands before the body of fetch's Response.

import { ignore, items, MOST_TEXT, member, part } from './foreign.mjs';
import { message } from './message.mjs';
import { ResponseFault, unusable } from './response-body.mjs';

// More headers than any server sends.
const MOST_HEADERS = 4_000;

// How long all of them may be together, in characters.
const MOST_LISTED = 16 * MOST_TEXT;

/**
 * Reads it. Throws what the response throws, where it is none, and a ResponseFault for a header that is
 * too long.
 *
 * @param {unknown} response
 * @param {readonly string[]} headerNames
 */
export function readHead(response, headerNames) {
  const number = member(response, 'status');
  // Whatever throws here is the cause of an error.
  if (typeof number !== 'number') throw 'its status is no number';
  // As an unsigned integer of 16 bits. No status that this changes is one of HTTP's.
  const status = Math.trunc(Math.min(Math.max(number, 0), 65_535)) || 0;
  const header = readerOf(member(response, 'headers'));
  const values = headerNames.map(header);
  // A browser hides where a redirect leads, and its status. A given fetch may follow it.
  const redirected =
    member(response, 'type') === 'opaqueredirect' ||
    Boolean(member(response, 'redirected')) ||
    (status >= 300 && status <= 399);
  const length = header('Content-Length') ?? '';
  checkLengths([...values, length]);
  return {
    status,
    headers: values,
    redirected,
    /** The body's length in bytes, where the response says it. */
    length: /^\+?\d+$/.test(length) ? Number(length) : undefined,
  };
}

/**
 * All headers, as the response lists them; only those of `names` where it does not list them. Throws a
 * ResponseFault where they are too long.
 *
 * @param {unknown} response
 * @param {readonly string[]} names
 * @returns {[name: string, value: string][]}
 */
export function listHeaders(response, names) {
  const headers = part(response, 'headers');
  const list = listed(headers) ?? askedFor(headers, names);
  checkLengths(list.flat());
  return list;
}

/**
 * What is longer is refused here, since the core takes no more at once.
 *
 * @param {(string | null)[]} texts
 */
function checkLengths(texts) {
  const lengths = texts.map((each) => each?.length ?? 0);
  if (lengths.some((length) => length > MOST_TEXT)) {
    throw new ResponseFault(
      unusable(message('it has a header of more than {} characters', MOST_TEXT)),
    );
  }
  if (lengths.reduce((sum, length) => sum + length, 0) > MOST_LISTED) {
    throw new ResponseFault(
      unusable(message('its headers have more than {} characters', MOST_LISTED)),
    );
  }
}

/**
 * @param {unknown} headers
 */
function listed(headers) {
  try {
    /** @type {[string, string][]} */
    const list = [];
    for (const entry of items(headers, MOST_HEADERS) ?? [undefined]) {
      const [name, value] = [member(entry, 0), member(entry, 1)];
      if (typeof name !== 'string' || typeof value !== 'string') return undefined;
      list.push([name, value]);
    }
    return list;
  } catch {
    return undefined;
  }
}

/**
 * @param {unknown} headers
 * @param {readonly string[]} names
 */
function askedFor(headers, names) {
  /** @type {[string, string][]} */
  const list = [];
  for (const name of names) {
    try {
      const value = readerOf(headers)(name);
      if (value !== null) list.push([name, value]);
    } catch {
      // Headers are no reason to lose a response.
    }
  }
  return list;
}

/**
 * What reads a header by its name.
 *
 * @param {unknown} headers
 */
function readerOf(headers) {
  const get = /** @type {Function} */ (member(headers, 'get'));
  return (/** @type {string} */ name) => textOf(Reflect.apply(get, headers, [name]));
}

/**
 * @param {unknown} value
 */
function textOf(value) {
  ignore(value);
  return typeof value === 'string' ? value : null;
}
