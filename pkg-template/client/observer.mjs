// @ts-check
// Who is told of a client's calls: its hooks and its log.

import { bare } from './foreign.mjs';
import { tell } from './hooks.mjs';
import { Watch } from './watch.mjs';

/** @typedef {import('./client-options.mjs').Host} Host */

const HOOKS = /** @type {const} */ ([
  'onRequest',
  'onResponse',
  'onRetry',
  'onSuccess',
  'onError',
  'onNotification',
]);

// The clock is told of once in this many milliseconds: every response shows it.
const SKEW_PAUSE = 60_000;

export class Observer {
  #host;
  #skewTold = Number.NEGATIVE_INFINITY;
  /** Where it logs. @type {import('./logger-option.mjs').Log} */
  log;
  /** How much the core tells of a call: 2 with the strings that were signed, which are logged alone. */
  telling;

  /**
   * @param {Host} host
   */
  constructor(host) {
    this.#host = host;
    this.log = host.logger ?? bare({});
    this.telling = this.log.debug === undefined ? 1 : 2;
  }

  /**
   * @param {typeof HOOKS[number]} hook
   * @param {() => object} event made only where somebody is told of it
   */
  tell(hook, event) {
    const told = this.#host[hook];
    if (told !== undefined) tell(told, event());
  }

  /** Whether the clock is worth a line now. */
  isSkewNews() {
    const now = Date.now();
    if (Math.abs(now - this.#skewTold) < SKEW_PAUSE) return false;
    this.#skewTold = now;
    return true;
  }
}

/**
 * The observer of a client; `undefined` where nobody is told of anything, so that nothing is done for it.
 *
 * @param {Host} host
 */
export function observerOf(host) {
  const isObserved = host.logger !== undefined || HOOKS.some((hook) => host[hook] !== undefined);
  return isObserved ? new Observer(host) : undefined;
}

/**
 * Watches a call from here on. To be called at the beginning of a method.
 *
 * @param {Observer | undefined} observer
 * @param {string} name of the method
 * @param {import('./caller.mjs').Site} site of the call, which tells its end
 */
export function watch(observer, name, site) {
  if (observer === undefined) return undefined;
  const watching = new Watch(observer, name, site);
  site.watch = watching;
  return watching;
}
