// @ts-check
// The caller's hooks, for metrics and logs. Nothing that they do reaches the call.

import { ignore, isObject } from './foreign.mjs';

/**
 * Tells a hook of an event. What it throws, or rejects with, is ignored.
 *
 * @param {Function | undefined} hook
 * @param {object} event
 */
export function tell(hook, event) {
  try {
    const given = hook?.(event);
    // A rejection that nobody handles would end the process.
    if (isObject(given)) ignore(given);
  } catch {
    // It is not ours.
  }
}
