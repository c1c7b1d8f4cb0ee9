// @ts-check
// The time of one attempt or of a pause, and the caller's signal. Whichever ends first stops the
// host's `fetch`.

import { onAbort, throwIfAborted } from './abort-signal.mjs';
import { configError } from './failures.mjs';
import { promiseOf } from './foreign.mjs';
import { message } from './message.mjs';

/**
 * What became of a promise within the time.
 *
 * @typedef {{ status: 'fulfilled', value: unknown }
 *   | { status: 'rejected', reason: unknown }
 *   | { status: 'timedOut' }} Outcome
 */

// Each slice starts when the one before it was noticed. If the event loop stands still, an attempt
// loses one slice at most: what arrived meanwhile is read before the time is up.
const SLICES = 8;

export class Timeout {
  /** Made when it is asked for. A signer needs none. @type {AbortController | undefined} */
  #controller;
  /** @type {{ reason: unknown } | undefined} */
  #aborted;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** @type {{ status: 'timedOut' } | { status: 'aborted', reason: unknown } | undefined} */
  #stop;
  #wake = () => {};
  #forget = () => {};

  /**
   * Starts the time. Throws the signal's reason where it is aborted already.
   *
   * @param {number} milliseconds
   * @param {unknown} [signal]
   */
  constructor(milliseconds, signal) {
    throwIfAborted(signal);
    if (signal !== undefined) {
      this.#forget = onAbort(signal, (reason) => this.#end({ status: 'aborted', reason }, reason));
    }
    const slice = Math.floor(milliseconds / SLICES);
    let left = slice === 0 ? 0 : SLICES - 1;
    const next = () => {
      if (left === 0) return this.#end({ status: 'timedOut' });
      left -= 1;
      this.#timer = setTimeout(next, slice);
    };
    this.#timer = setTimeout(next, slice + (milliseconds % SLICES));
  }

  /** The signal for `fetch`. */
  get signal() {
    if (this.#controller === undefined) {
      this.#controller = newController();
      if (this.#aborted) this.#abort(this.#aborted.reason);
    }
    return this.#controller.signal;
  }

  /**
   * Waits for a value that may be a promise, but not after the time is up. Throws the reason of the
   * caller's signal when that is aborted. One value at a time.
   *
   * @param {unknown} work
   * @returns {Promise<Outcome>}
   */
  async race(work) {
    // Not `Promise.race`: a promise that outlives the work would keep each of its values.
    /** @type {Outcome | undefined} */
    const settled = await new Promise((resolve) => {
      this.#wake = () => resolve(undefined);
      promiseOf(work).then(
        (value) => resolve({ status: 'fulfilled', value }),
        (reason) => resolve({ status: 'rejected', reason }),
      );
      if (this.#stop !== undefined) resolve(undefined);
    });
    if (this.#stop?.status === 'aborted') throw this.#stop.reason;
    return this.#stop ?? /** @type {Outcome} */ (settled);
  }

  /** Ends the time. What `fetch` has under way goes on. */
  finish() {
    clearTimeout(this.#timer);
    this.#forget();
  }

  /** Ends the time, and what `fetch` has under way: nobody reads it. */
  abandon() {
    this.finish();
    this.#abort();
  }

  /**
   * The first to come counts. Where the stack overflowed in it, it does the rest when it is called again.
   *
   * @param {{ status: 'timedOut' } | { status: 'aborted', reason: unknown }} stop
   * @param {unknown} [reason]
   */
  #end(stop, reason) {
    this.#stop ??= stop;
    this.#wake();
    this.#abort(reason);
  }

  /**
   * @param {unknown} [reason]
   */
  #abort(reason) {
    this.#aborted = { reason };
    try {
      this.#controller?.abort(reason);
    } catch {
      // A polyfill's calls the listeners of a given `fetch`, which may throw. Nobody is here to catch it.
    }
  }
}

/**
 * Waits. Throws the signal's reason where it is aborted before or meanwhile.
 *
 * @param {number} milliseconds
 * @param {unknown} [signal]
 */
export async function pause(milliseconds, signal) {
  const timeout = new Timeout(milliseconds, signal);
  try {
    await timeout.race(new Promise(() => {}));
  } finally {
    timeout.finish();
  }
}

function newController() {
  try {
    return new AbortController();
  } catch (thrown) {
    throw configError('signal', message('this runtime has no AbortController'), thrown);
  }
}
