// @ts-check
// The body of an encrypted file, once all of its ciphertext is there and its tag was found valid: it is
// decrypted part by part, as it is read.

import { promiseOf } from './foreign.mjs';
import { turn } from './turn.mjs';

const TAG = 16;
const PART = 1 << 16;
// How many bytes are decrypted in one turn of the event loop.
const MOST_IN_A_TURN = 1 << 20;
const NONE = new Uint8Array();

/**
 * What decrypts it. `free` is the last call.
 *
 * @typedef {object} Decrypting
 * @property {(part: Uint8Array) => void} decrypt takes the next bytes, and decrypts them in place
 * @property {() => void} free
 */

export class DecryptedBody {
  #ciphertext;
  #decrypting;
  #at = 0;
  #ended = false;

  /**
   * @param {Uint8Array} ciphertext with the tag at its end
   * @param {Decrypting} decrypting
   */
  constructor(ciphertext, decrypting) {
    this.#ciphertext = ciphertext.subarray(0, ciphertext.length - TAG);
    this.#decrypting = decrypting;
  }

  /**
   * The bytes of the next part; `undefined` after the last part.
   *
   * @param {(promise: unknown) => Promise<unknown>} [wait] waits for a part
   */
  async next(wait = promiseOf) {
    const at = this.#at;
    if (at > 0 && at % MOST_IN_A_TURN === 0) await wait(turn());
    if (this.#ended) return undefined;
    const part = this.#ciphertext.subarray(at, at + PART);
    if (part.length === 0) {
      this.abandon();
      return undefined;
    }
    this.#at = at + part.length;
    this.#decrypting.decrypt(part);
    return part;
  }

  abandon() {
    if (this.#ended) return;
    this.#ended = true;
    this.#ciphertext = NONE;
    this.#decrypting.free();
  }
}
