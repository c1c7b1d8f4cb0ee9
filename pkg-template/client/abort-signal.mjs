// @ts-check
// The caller's AbortSignal. It may belong to another realm, or be an object that only looks like one.

import { leave } from '../errors.mjs';
import { validationError } from './failures.mjs';
import { call, ignore, isFunction, part } from './foreign.mjs';
import { message } from './message.mjs';

const soon = Promise.resolve();

/**
 * Throws the signal's reason where the signal is aborted.
 *
 * @param {unknown} signal
 */
export function throwIfAborted(signal) {
  if (signal !== undefined && part(signal, 'aborted')) throw reasonOf(signal);
}

/**
 * Calls `aborted` with the signal's reason when the signal is aborted; again where it throws.
 *
 * @param {unknown} signal
 * @param {(reason: unknown) => void} aborted
 * @returns {() => void} stops that
 */
export function onAbort(signal, aborted) {
  const tell = () => aborted(reasonOf(signal));
  const listener = () => {
    try {
      tell();
    } catch {
      // The stack overflowed: whoever aborts may be deep in it. What a listener throws ends the process.
      soon.then(tell);
    }
  };
  allowManyListeners(signal);
  const added = call(signal, 'addEventListener', ['abort', listener], (thrown) =>
    validationError('options.signal', message('accepts no listener: it throws'), thrown),
  );
  ignore(added);
  return () => {
    try {
      ignore(call(signal, 'removeEventListener', ['abort', listener]));
    } catch {
      // Nothing can be done about a signal that keeps its listeners.
    }
  };
}

/**
 * The reason of an aborted signal; an AbortError where it has none.
 *
 * @param {unknown} signal
 */
function reasonOf(signal) {
  const reason = part(signal, 'reason');
  // It is the caller's, and keeps its stack, even where it is of a class of ours.
  leave(reason);
  return reason === undefined ? AbortSignal.abort().reason : reason;
}

/**
 * Node warns of a leak from the eleventh listener on, but one signal may end hundreds of calls. Its
 * own `fetch` raises the limit, too.
 *
 * @param {unknown} signal
 */
function allowManyListeners(signal) {
  // An object that only looks like a signal sets its own limit.
  if (isFunction(part(signal, 'setMaxListeners'))) return;
  try {
    const { process } = /** @type {any} */ (globalThis);
    process.getBuiltinModule('node:events').setMaxListeners(1500, signal);
  } catch {
    // Other runtimes have no such limit.
  }
}
