// @ts-check
// What a host threw, by numbers: the core decides which error it belongs to, and never sees it.

// A cause is asked for soon after it was kept, but for that of a download which other calls wait for.
const MOST = 64;

export class Causes {
  /** @type {Map<number, unknown>} */
  #thrown = new Map();
  #last = 0;

  /**
   * @param {unknown} thrown
   * @returns {number}
   */
  keep(thrown) {
    this.#last += 1;
    this.#thrown.set(this.#last, thrown);
    this.#thrown.delete(this.#last - MOST);
    return this.#last;
  }

  /**
   * @param {number | undefined} number
   */
  get(number) {
    return number === undefined ? undefined : this.#thrown.get(number);
  }
}
