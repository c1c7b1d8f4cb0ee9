// @ts-check
// The options of a chain's call: body, query, headers, the path's variables, and those of any call.

import { writeJson } from '../json-body.mjs';
import { CALL_OPTION_NAMES, callOptionsOf, readCallOptions } from './call-options.mjs';
import { validationError } from './failures.mjs';
import {
  bare,
  isArray,
  isPlain,
  items,
  keys,
  kindOf,
  MOST_TEXT,
  member,
  text,
  wellFormed,
} from './foreign.mjs';
import { message } from './message.mjs';
import { isPlausible, named } from './names.mjs';
import { CALL_OPTIONS, Record } from './record.mjs';

/** @typedef {[name: string, value: string][]} Pairs */

/**
 * @typedef {object} ChainOptions
 * @property {Pairs} variables also those that the path does not have: Rust refuses their names
 * @property {Pairs} query
 * @property {Pairs} headers
 * @property {string} [json] the text of the body
 * @property {string[]} [encrypt] the paths of its fields that are encrypted
 * @property {import('./call-options.mjs').CallOptions} call
 */

const RESERVED = ['json', 'query', 'headers', 'encrypt', ...CALL_OPTION_NAMES];

// How long a body may be, in characters. The largest documented one, a batch of transfers, has a fourth.
const MOST_JSON = 2 << 20;

// No body has fields in as many places, and each path is looked for in the whole body. A longer path is none.
const MOST_PATHS = 50;
const MOST_PATH = 256;

// More values of one name are not a query: an array may pretend to have no end.
const MOST_VALUES = 1_000;

/**
 * Reads the argument of a call, which may be left out.
 *
 * @param {unknown} options
 * @param {readonly string[]} variables the names of the path's variables
 * @returns {ChainOptions}
 */
export function readChainOptions(options, variables) {
  if (variables.some((name) => RESERVED.includes(name))) {
    throw validationError(
      'path',
      message(
        'has a variable with the name of an option: give it another one, since the names of ' +
          'variables are not sent',
      ),
    );
  }
  if (options === undefined) {
    return bare({ variables: [], query: [], headers: [], call: readCallOptions(undefined) });
  }
  const record = new Record(options, CALL_OPTIONS);
  const query = readQuery(record.optional('query'));
  const headers = readHeaders(record.optional('headers'));
  const call = callOptionsOf(record);
  const values = readVariables(record, variables);
  const encrypt = readPaths(record.optional('encrypt'));
  // Last, since it costs most and may run the caller's code.
  const json = readJson(record.optional('json'));
  return bare({ variables: values, query, headers, encrypt, json, call });
}

/**
 * @param {unknown} paths
 */
function readPaths(paths) {
  if (paths === undefined) return undefined;
  const refused = (/** @type {import('./message.mjs').Message} */ problem) =>
    validationError('encrypt', problem);
  if (!isArray(paths)) {
    throw refused(
      message(
        "must be an array of paths, such as ['payer.name', 'list.*.name'], not {}",
        kindOf(paths),
      ),
    );
  }
  const unreadable = () => refused(message('cannot be read: it throws'));
  const read = items(paths, MOST_PATHS + 1, unreadable);
  if (read === undefined) throw unreadable();
  if (read.length > MOST_PATHS) {
    throw refused(
      message('has more than {} paths; `*` stands for each item of an array', MOST_PATHS),
    );
  }
  return read.map((path) =>
    text(path, (problem) => refused(message('has a path that {}', problem)), MOST_PATH),
  );
}

/**
 * @param {unknown} json
 */
function readJson(json) {
  if (json === undefined) return undefined;
  return text(writeJson(json), (problem) => validationError('json', problem), MOST_JSON);
}

/**
 * Everything that is no option.
 *
 * @param {Record} record
 * @param {readonly string[]} variables
 */
function readVariables(record, variables) {
  /** @type {Pairs} */
  const pairs = [];
  for (const name of record.names) {
    // The name is wrong, whatever the value.
    if (!RESERVED.includes(name) && !variables.includes(name)) pairs.push([wellFormed(name), '']);
  }
  for (const name of new Set(variables)) {
    const field = isPlausible(name) ? name : 'options';
    const value = record.variable(name, field);
    if (value !== undefined) pairs.push([name, scalar(value, field)]);
  }
  return pairs;
}

/**
 * @param {unknown} query
 */
function readQuery(query) {
  /** @type {Pairs} */
  const pairs = [];
  for (const name of plainKeys(query, 'query')) {
    const field = isPlausible(name) ? `query.${name}` : 'query';
    const value = readMember(query, name, field);
    if (!isAscii(name)) {
      pairs.push([wellFormed(name), '']);
      continue;
    }
    for (const each of valuesOf(value, field)) {
      if (each !== undefined) add(pairs, 'query', name, scalar(each, field));
    }
  }
  return pairs;
}

/**
 * @param {unknown} value
 * @param {string} field
 */
function valuesOf(value, field) {
  if (!isArray(value)) return [value];
  const unreadable = () => validationError(field, message('cannot be read: it throws'));
  const values = items(value, MOST_VALUES + 1, unreadable);
  if (values === undefined) throw unreadable();
  if (values.length > MOST_VALUES) {
    throw validationError(
      field,
      message('has more than {} values, which no query has', MOST_VALUES),
    );
  }
  return values;
}

/**
 * @param {unknown} headers
 */
function readHeaders(headers) {
  /** @type {Pairs} */
  const pairs = [];
  for (const name of plainKeys(headers, 'headers')) {
    // A runtime loses it on the way, since objects have a setter of that name.
    if (name === '__proto__') {
      throw validationError(
        'headers',
        message('has a header `__proto__`, which fetch cannot send'),
      );
    }
    const value = readMember(headers, name, 'headers');
    if (!isAscii(name)) {
      pairs.push([wellFormed(name), '']);
      continue;
    }
    if (value === undefined) continue;
    const refused = (/** @type {import('./message.mjs').Message} */ problem) =>
      validationError('headers', message('has a value, of {}, that {}', named(name), problem));
    add(pairs, 'headers', name, text(value, refused));
  }
  return pairs;
}

/**
 * Adds a pair, unless all together are longer than any query, or than all headers that a server takes.
 *
 * @param {Pairs} pairs
 * @param {string} field
 * @param {string} name
 * @param {string} value
 */
function add(pairs, field, name, value) {
  pairs.push([name, value]);
  const length = pairs.reduce((sum, pair) => sum + pair[0].length + pair[1].length, 0);
  if (length > MOST_TEXT) {
    throw validationError(
      field,
      message('is longer than {} characters, which no server takes', MOST_TEXT),
    );
  }
}

/**
 * Rust refuses a name that is not ASCII, whatever it holds.
 *
 * @param {string} name
 */
function isAscii(name) {
  return !/\P{ASCII}/u.test(name);
}

/**
 * The names of a plain object, which may be left out. An iterable, such as a Headers or
 * URLSearchParams, has no members of its own: it would be ignored, and nobody would notice.
 *
 * @param {unknown} value
 * @param {string} field
 */
function plainKeys(value, field) {
  if (value === undefined) return [];
  if (!isPlain(value)) {
    throw validationError(
      field,
      message(
        'must be a plain object { name: value }, not {}; of a Map, Headers or ' +
          'URLSearchParams, Object.fromEntries makes one',
        kindOf(value),
      ),
    );
  }
  return keys(value, () => validationError(field, message('cannot be read: it throws')));
}

/**
 * @param {unknown} object
 * @param {string} name
 * @param {string} field
 */
function readMember(object, name, field) {
  return member(object, name, () =>
    validationError(field, message('cannot be read: its getter throws')),
  );
}

/**
 * A value as it is sent in a path or query.
 *
 * @param {unknown} value
 * @param {string} field
 */
function scalar(value, field) {
  const refused = (/** @type {import('./message.mjs').Message} */ problem) =>
    validationError(field, problem);
  switch (typeof value) {
    case 'boolean':
      return String(value);
    case 'string':
      return text(value, refused);
    case 'number':
      // Beyond, a double cannot hold every integer: an id would have wrong last digits.
      if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) return String(value);
      throw refused(
        message('is not a number that JavaScript can hold exactly; give it as a string'),
      );
    default:
      throw refused(message('must be a string, a number or true or false, not {}', kindOf(value)));
  }
}
