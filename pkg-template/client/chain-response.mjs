// @ts-check
// The response of a chain's call, as its caller reads it.

import { textOf } from './utf8.mjs';

const NONE = new Uint8Array();

export class ChainResponse {
  // Private, so that the text is made only for whoever asks for it.
  #bytes;

  /**
   * @param {import('./core.mjs').Json} result
   * @param {Uint8Array} [bytes] the body, which the core has verified and found to be JSON
   */
  constructor({ status, headers, requestId }, bytes = NONE) {
    this.#bytes = bytes;
    this.status = status;
    this.headers = Object.fromEntries(headers);
    this.requestId = requestId;
    this.data = bytes.length > 0 ? jsonOf(bytes) : undefined;
  }

  /** The body as it was signed; empty where there is none. */
  get text() {
    return textOf(this.#bytes);
  }
}

/**
 * JSON that the core has verified and found to be JSON.
 *
 * @param {Uint8Array} bytes
 */
export function jsonOf(bytes) {
  return JSON.parse(textOf(bytes));
}
