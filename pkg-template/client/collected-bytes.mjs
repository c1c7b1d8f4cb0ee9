// @ts-check
// Bytes that arrive in parts, each copied, since its producer may use its buffer again.

// Small parts share blocks: an array for each byte of a body that trickles would take a hundred
// times its length.
const LARGEST_SHARED_BLOCK = 65_536;

export class CollectedBytes {
  /** @type {Uint8Array<ArrayBuffer>[]} all full but the last */
  #blocks = [];
  #room = 0;
  #length = 0;

  /**
   * @param {Uint8Array} part
   */
  add(part) {
    const last = this.#blocks.at(-1);
    const begin = part.subarray(0, this.#room);
    last?.set(begin, last.length - this.#room);
    this.#room -= begin.length;
    const rest = part.subarray(begin.length);
    if (rest.length > 0) {
      const size = Math.max(rest.length, Math.min(this.#length, LARGEST_SHARED_BLOCK));
      const block = new Uint8Array(size);
      block.set(rest);
      this.#blocks.push(block);
      this.#room = size - rest.length;
    }
    this.#length += part.length;
  }

  /** All bytes in one array. */
  joined() {
    if (this.#blocks.length === 1 && this.#room === 0) return this.#blocks[0];
    const whole = new Uint8Array(this.#length);
    let at = 0;
    for (const block of this.#blocks) {
      whole.set(block.subarray(0, this.#length - at), at);
      at += block.length;
    }
    return whole;
  }
}
