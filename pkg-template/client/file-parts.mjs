// @ts-check
// The file of a download: part after part, each hashed as it passes. The last one is followed by the
// result.

import { BodyFault } from './body-stream.mjs';
import { eventOf, ResponseFault } from './response-body.mjs';
import { Timeout } from './timeout.mjs';

/** @typedef {Pick<import('./body-stream.mjs').BodyStream, 'next' | 'abandon'>} BodyStream */
/** @typedef {import('./response-body.mjs').FaultEvent} FaultEvent */

/**
 * What the core does with a file. Either `finish` or `free` is called, once, and it is the last call.
 *
 * @typedef {object} FileHasher
 * @property {(part: Uint8Array) => void} update takes the next bytes
 * @property {() => unknown} finish after the last ones: the error where the hash is another
 * @property {(fault: FaultEvent) => unknown} failure the error of a fault
 * @property {() => void} free
 */

/**
 * @typedef {object} Reading
 * @property {FileHasher} hasher
 * @property {import('./gunzip.mjs').Gunzip} [gunzip]
 * @property {number} [most] bytes; out of its gzip, where it is in one
 * @property {number} timeout milliseconds for one part
 * @property {unknown} [signal]
 */

export class FileParts {
  #body;
  #reading;
  #length = 0;
  #ended = false;

  /**
   * @param {BodyStream | undefined} body `undefined` where the response has none: the file is empty
   * @param {Reading} reading
   */
  constructor(body, reading) {
    this.#body = body;
    this.#reading = reading;
    try {
      if (body !== undefined && reading.gunzip) this.#body = reading.gunzip.pour(body);
    } catch (thrown) {
      throw this.#errorOf(thrown);
    }
  }

  /**
   * The next part, which is its reader's own; `undefined` after the last one, and only where the file
   * is verified. One part at a time.
   *
   * @returns {Promise<Uint8Array<ArrayBuffer> | undefined>}
   */
  async next() {
    try {
      while (!this.#ended) {
        const part = await this.#part();
        if (this.#ended) break;
        if (part === undefined) {
          this.#finish();
        } else if (part.length > 0) {
          this.#take(part);
          return part;
        }
      }
      return undefined;
    } catch (thrown) {
      // Cancelled meanwhile: nobody waits for it.
      if (this.#ended && isFault(thrown)) return undefined;
      throw this.#errorOf(thrown);
    }
  }

  /** Closes the connection at once, also while a part is awaited. */
  cancel() {
    if (this.#ended) return;
    this.#ended = true;
    this.#body?.abandon();
    this.#reading.gunzip?.abandon();
    this.#reading.hasher.free();
  }

  async #part() {
    const body = this.#body;
    if (body === undefined) return undefined;
    // Time runs while somebody waits for a part, and not while nobody reads.
    const { timeout: milliseconds, signal, gunzip } = this.#reading;
    const timeout = new Timeout(milliseconds, signal);
    try {
      const part = await body.next(async (promise) => {
        const outcome = await timeout.race(promise);
        if (outcome.status === 'fulfilled') return outcome.value;
        if (outcome.status === 'timedOut') throw new ResponseFault({ event: 'timeout' });
        const { reason: cause } = outcome;
        throw new ResponseFault(gunzip ? gunzip.faultOf(cause) : { event: 'network', cause });
      });
      // A copy: what was hashed must not change.
      return part?.slice();
    } finally {
      timeout.finish();
    }
  }

  /**
   * @param {Uint8Array} part
   */
  #take(part) {
    this.#length += part.length;
    const { hasher, most } = this.#reading;
    if (most !== undefined && this.#length > most) throw new ResponseFault({ event: 'tooLarge' });
    hasher.update(part);
  }

  #finish() {
    this.#ended = true;
    const error = this.#reading.hasher.finish();
    if (error !== undefined) throw error;
  }

  /**
   * Cancels what is under way, and gives the error for the reader.
   *
   * @param {unknown} thrown
   */
  #errorOf(thrown) {
    try {
      return isFault(thrown) ? this.#reading.hasher.failure(eventOf(thrown)) : thrown;
    } finally {
      this.cancel();
    }
  }
}

/**
 * @param {unknown} thrown
 */
function isFault(thrown) {
  return thrown instanceof ResponseFault || thrown instanceof BodyFault;
}
