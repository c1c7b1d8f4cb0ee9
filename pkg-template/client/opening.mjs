// @ts-check
// A client of the core, by its number there, and what it is opened with again where the instance was
// replaced.

import { ask, generation } from './core.mjs';
import { freed } from './failures.mjs';

// A client that nobody refers to any more is closed, too. Some runtimes do not tell.
const forgotten =
  typeof FinalizationRegistry === 'undefined'
    ? undefined
    : new FinalizationRegistry((/** @type {Opening} */ opening) => opening.close());

export class Opening {
  /** @type {(() => number) | undefined} */
  #open;
  #secrets;
  #number = 0;
  /** The instance that knows the number. @type {number | undefined} */
  #instance;
  #users = 0;
  #freed = false;

  /**
   * @param {() => number} open opens the client in the core, and gives its number there
   * @param {Uint8Array[]} secrets what `open` opens it with, to be wiped
   */
  constructor(open, secrets) {
    this.#open = open;
    this.#secrets = secrets;
  }

  /**
   * Closes the client once `owner` is gone. To be called before it is opened: where the stack overflows
   * in between, nobody gets to know the number.
   *
   * @param {object} owner
   */
  belongTo(owner) {
    forgotten?.register(owner, this);
  }

  /** The client's number in the core. Where the instance was replaced, it is opened again. */
  number() {
    if (this.#open === undefined) throw freed();
    if (this.#instance !== generation) {
      const instance = generation;
      this.#number = this.#open();
      this.#instance = instance;
    }
    return this.#number;
  }

  /**
   * Keeps the client open until some work has ended.
   *
   * @template Result
   * @param {() => Promise<Result>} work
   */
  async during(work) {
    this.#users += 1;
    try {
      return await work();
    } finally {
      this.#users -= 1;
      if (this.#freed) this.free();
    }
  }

  /** Closes the client when the work with it has ended. */
  free() {
    this.#freed = true;
    if (this.#users === 0) this.close();
  }

  /** Frees the client in the core, and wipes what it was opened with. May be called again. */
  close() {
    try {
      if (this.#instance === generation) ask('free', this.#number);
      this.#instance = undefined;
    } catch (thrown) {
      // Where the instance broke, all of its memory is wiped.
      if (this.#instance === generation) throw thrown;
    } finally {
      for (const bytes of this.#secrets) bytes.fill(0);
    }
    this.#open = undefined;
  }
}

/**
 * A copy in a buffer of its own. A small array would live on JavaScript's heap, where the garbage
 * collector copies it, and nobody could wipe the copies.
 *
 * @param {Uint8Array | undefined} bytes
 */
export function secretOf(bytes) {
  const copy = new Uint8Array(new ArrayBuffer(bytes?.length ?? 0));
  if (bytes) copy.set(bytes);
  return copy;
}
