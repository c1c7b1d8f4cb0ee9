// @ts-check
// The caller's hooks, for metrics and logs. Nothing that they do reaches the call.

import { ignore } from './foreign.mjs';

/**
 * Tells a hook of an event. What it throws, or rejects with, is ignored.
 *
 * @param {Function | undefined} hook
 * @param {object} event
 */
export function tell(hook, event) {
  try {
    ignore(hook?.(event));
  } catch {
    // It is not ours.
  }
}
