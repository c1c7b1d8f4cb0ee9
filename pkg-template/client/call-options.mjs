// @ts-check
// The options of one call.

import { bare, isFunction, isObject, kindOf, part } from './foreign.mjs';
import { message } from './message.mjs';
import { CALL_OPTIONS, Record } from './record.mjs';

/**
 * @typedef {object} CallOptions
 * @property {AbortSignal} [signal] of any realm
 * @property {number} [timeout] milliseconds for one attempt
 * @property {number} [deadline] milliseconds for all attempts
 * @property {number} [maxRetries]
 */

export const CALL_OPTION_NAMES = ['signal', 'timeout', 'deadline', 'maxRetries'];

// The longest that `setTimeout` can wait; beyond, it would fire at once.
const LONGEST_TIMEOUT = 2 ** 31 - 1;

// More would only hide that WeChat Pay is down.
const MOST_RETRIES = 10;

/**
 * Reads the last argument of a call, which may be left out.
 *
 * @param {unknown} options
 * @returns {CallOptions}
 */
export function readCallOptions(options) {
  return options === undefined
    ? bare({})
    : callOptionsOf(new Record(options, CALL_OPTIONS, CALL_OPTION_NAMES));
}

/**
 * Reads them from among other members.
 *
 * @param {Record} record
 * @returns {CallOptions}
 */
export function callOptionsOf(record) {
  return bare({ ...readLimits(record), signal: readSignal(record) });
}

/**
 * The limits that a client and a call have alike.
 *
 * @param {Record} record
 */
export function readLimits(record) {
  return {
    timeout: record.optionalInteger('timeout', 1, LONGEST_TIMEOUT),
    deadline: record.optionalInteger('deadline', 1, LONGEST_TIMEOUT),
    maxRetries: record.optionalInteger('maxRetries', 0, MOST_RETRIES),
  };
}

/**
 * Any host's AbortSignal: by what it can do, since it may be of another realm.
 *
 * @param {Record} record
 */
function readSignal(record) {
  const signal = record.optional('signal');
  if (
    signal === undefined ||
    (isObject(signal) &&
      typeof part(signal, 'aborted') === 'boolean' &&
      isFunction(part(signal, 'addEventListener')) &&
      isFunction(part(signal, 'removeEventListener')))
  ) {
    return /** @type {AbortSignal | undefined} */ (signal);
  }
  throw record.refused('signal', message('must be an AbortSignal, not {}', kindOf(signal)));
}
