// @ts-check
// A body out of its gzip, by the host's own DecompressionStream.

import { BodyStream, dismiss } from './body-stream.mjs';
import { configError } from './failures.mjs';
import { call, ignore, member, promiseOf } from './foreign.mjs';
import { message } from './message.mjs';
import { eventOf, ResponseFault, unusable } from './response-body.mjs';

/** @typedef {import('./response-body.mjs').FaultEvent} FaultEvent */
/** @typedef {Pick<BodyStream, 'next' | 'abandon'>} Body */

export class Gunzip {
  #stream;
  /** @type {Body | undefined} */
  #compressed;
  /** @type {FaultEvent | undefined} */
  #fault;

  /** Asks the host for a DecompressionStream. */
  constructor() {
    try {
      this.#stream = new DecompressionStream('gzip');
    } catch {
      throw configError(
        'gzip',
        message(
          'needs DecompressionStream, which this runtime does not have: ask WeChat Pay for the file ' +
            'without tar_type',
        ),
      );
    }
  }

  /**
   * Lets a body flow through. Gives what comes out.
   *
   * @param {Body} compressed
   */
  pour(compressed) {
    this.#compressed = compressed;
    /**
     * @param {'writable' | 'readable'} end
     * @param {'getWriter' | 'getReader'} method
     */
    const open = (end, method) => call(member(this.#stream, end, unopened), method, [], unopened);
    const writer = open('writable', 'getWriter');
    const reader = open('readable', 'getReader');
    ignore(this.#pump(compressed, writer));
    // A file may have any length. Its reader limits it.
    return new BodyStream(reader, 'read', Number.POSITIVE_INFINITY);
  }

  /**
   * Why the stream broke: what is wrong with the compressed body, or else its gzip is.
   *
   * @param {unknown} cause
   * @returns {FaultEvent}
   */
  faultOf(cause) {
    return (
      this.#fault ??
      unusable(
        message(
          'it is not complete gzip; gzip: true is for a file that was requested with tar_type GZIP',
        ),
        cause,
      )
    );
  }

  /** Ends the compressed body. The stream may be waiting for it. */
  abandon() {
    this.#compressed?.abandon();
  }

  /**
   * Writes part after part. Its reader notices each failure.
   *
   * @param {Body} compressed
   * @param {unknown} writer
   */
  async #pump(compressed, writer) {
    try {
      for (;;) {
        const bytes = await compressed.next((promise) => promiseOf(promise).catch(broken));
        // What the writer refuses, the reader has noticed.
        const isWritten = await written(writer, bytes?.slice());
        if (bytes === undefined || !isWritten) break;
      }
    } catch (thrown) {
      dismiss(writer, 'abort');
      this.#fault = eventOf(thrown);
    } finally {
      compressed.abandon();
    }
  }
}

/**
 * Writes a part, or closes the writer after the last one. Gives whether that succeeded.
 *
 * @param {unknown} writer
 * @param {Uint8Array | undefined} bytes
 */
async function written(writer, bytes) {
  try {
    await promiseOf(bytes === undefined ? call(writer, 'close') : call(writer, 'write', [bytes]));
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {unknown} cause
 * @returns {never}
 */
function broken(cause) {
  throw new ResponseFault({ event: 'network', cause });
}

/**
 * @param {unknown} cause
 */
function unopened(cause) {
  return new ResponseFault(unusable(message('its gzip cannot be decompressed'), cause));
}
