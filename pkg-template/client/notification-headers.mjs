// @ts-check
// The headers of a notification, in whichever form a server has them.

import { validationError } from './failures.mjs';
import {
  call,
  isArray,
  isFunction,
  isObject,
  isPromise,
  items,
  keys,
  kindOf,
  member,
  part,
  text,
} from './foreign.mjs';
import { message } from './message.mjs';

// How many headers are looked through. Servers accept fewer.
const MOST_HEADERS = 4_000;

// How long a header may be, in characters. Servers accept less.
const MOST_CHARACTERS = 65_536;

/**
 * Finds what stands under a name, whatever its case: one value, or several of the same name.
 *
 * @typedef {(name: string) => unknown[]} Lookup
 */

/**
 * Reads the headers that are named, and no others.
 *
 * @param {unknown} request
 * @param {readonly string[]} names
 * @returns {(string | null)[]} in the order of `names`; a header that came several times is joined as
 *   fetch joins it, and then no signature is valid
 */
export function readHeaders(request, names) {
  if (!isObject(request) || isPromise(request)) {
    throw validationError(
      'request',
      message('must be a fetch Request or { headers, body }, not {}', kindOf(request)),
    );
  }
  const headers = member(request, 'headers', unreadable);
  if (headers === undefined || headers === null) throw missing(request);
  const lookup = lookupIn(headers);
  return names.map((name) => {
    const values = lookup(name).flatMap((value) => textsOf(name, value));
    const joined = values.join(', ');
    if (joined.length > MOST_CHARACTERS)
      throw refused(message('{} is longer than any header', name));
    return values.length > 0 ? joined : null;
  });
}

/**
 * @param {import('./message.mjs').Message} problem
 */
function refused(problem) {
  return validationError('headers', problem);
}

function unreadable() {
  return refused(message('cannot be read: it throws'));
}

/**
 * @param {object} request
 */
function missing(request) {
  // Load balancers send them so where they are configured to.
  if (isObject(part(request, 'multiValueHeaders'))) {
    return refused(
      message(
        'is missing; multiValueHeaders is there: give { ...event, headers: ' +
          'event.multiValueHeaders }',
      ),
    );
  }
  return refused(
    message('is missing; give the fetch Request itself, or { headers, body } of what arrived'),
  );
}

/**
 * @param {unknown} headers
 * @returns {Lookup}
 */
function lookupIn(headers) {
  if (!isObject(headers) || isPromise(headers)) {
    throw refused(
      message('must be a Headers, an object, a Map or an array of pairs, not {}', kindOf(headers)),
    );
  }
  // A Headers, a Map, pairs, node's `rawHeaders`.
  const list = items(headers, MOST_HEADERS, unreadable);
  if (list) {
    const pairs = pairsOf(list);
    return (name) => named(pairs, name).map(([, value]) => value);
  }
  // An object that can only be asked for them.
  if (isFunction(member(headers, 'get', unreadable))) {
    return (name) => [call(headers, 'get', [name], unreadable)];
  }
  // An object whose members they are: node's `headers`, an event's.
  const own = keys(headers, unreadable).map(
    (key) => /** @type {const} */ ([key.toLowerCase(), key]),
  );
  return (name) => named(own, name).map(([, key]) => member(headers, key, unreadable));
}

/**
 * @template {readonly [lower: string, value: unknown]} Pair
 * @param {Pair[]} pairs
 * @param {string} name
 */
function named(pairs, name) {
  const lower = name.toLowerCase();
  return pairs.filter(([key]) => key === lower);
}

/**
 * Pairs, or, where the first item is a string, names and values in turn.
 *
 * @param {unknown[]} list
 */
function pairsOf(list) {
  /** @type {[lower: string, value: unknown][]} */
  const pairs = [];
  /** @type {(name: unknown, value: unknown) => void} */
  const add = (name, value) => {
    // What has no string for a name is no header.
    if (typeof name === 'string') pairs.push([name.toLowerCase(), value]);
  };
  if (typeof list[0] === 'string') {
    for (let at = 0; at + 1 < list.length; at += 2) add(list[at], list[at + 1]);
  } else {
    for (const pair of list) add(member(pair, '0', unreadable), member(pair, '1', unreadable));
  }
  return pairs;
}

/**
 * @param {string} name
 * @param {unknown} value
 */
function textsOf(name, value) {
  if (value === undefined || value === null) return [];
  const several = isArray(value) ? items(value, MOST_HEADERS, unreadable) : undefined;
  return (several ?? [value]).map((each) =>
    text(each, (problem) => refused(message('{} {}', name, problem))),
  );
}
