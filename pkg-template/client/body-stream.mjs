// @ts-check
// A body that arrives in parts: from the reader of a ReadableStream, or from any asynchronous
// iterator of bytes (a request of `node:http` is one).

import { CollectedBytes } from './collected-bytes.mjs';
import {
  call,
  hearErrors,
  ignore,
  isObject,
  member,
  part,
  promiseOf,
  viewedBytes,
} from './foreign.mjs';
import { turn } from './turn.mjs';

// A host gives no empty part. An endless sequence of them would never be too large.
const MOST_EMPTY_PARTS = 100;

// How many bytes are read in one turn of the event loop at most, where they are there at once. Each
// part counts as more than it has: one of a single byte is work, too.
const MOST_IN_A_TURN = 4 << 20;
const OF_A_PART = 1 << 16;

/** Why a body cannot be read. */
export class BodyFault {
  /**
   * @param {'tooLarge' | 'noBytes' | 'endless' | 'unreadable'} kind
   * @param {unknown} [cause] what it threw, where it is unreadable
   */
  constructor(kind, cause) {
    this.kind = kind;
    this.cause = cause;
  }
}

export class BodyStream {
  #source;
  #method;
  #left;
  #end;
  #emptyParts = 0;
  #inThisTurn = 0;
  #ended = false;

  /**
   * @param {unknown} source a reader, or an asynchronous iterator
   * @param {'read' | 'next'} method of the one or the other
   * @param {number} most how many bytes may arrive
   * @param {unknown} [iterated] what the iterator iterates over
   * @param {() => void} [end] ends what it iterates over; without it, a request of node flows to its end
   */
  constructor(source, method, most, iterated, end = () => flowOn(iterated)) {
    this.#source = source;
    this.#method = method;
    this.#left = most;
    this.#end = end;
    hearErrors(iterated);
  }

  /**
   * The bytes of the next part, not copied; `undefined` after the last part. Throws a `BodyFault`, or
   * what `wait` throws.
   *
   * @param {(promise: unknown) => Promise<unknown>} [wait] waits for a part
   */
  async next(wait = promiseOf) {
    if (this.#inThisTurn >= MOST_IN_A_TURN) {
      this.#inThisTurn = 0;
      await wait(turn());
      // Abandoned meanwhile.
      if (this.#ended) return undefined;
    }
    return this.#take(await wait(call(this.#source, this.#method, [], unreadable)));
  }

  /**
   * @param {unknown} result
   */
  #take(result) {
    if (member(result, 'done', unreadable)) {
      this.#ended = true;
      return undefined;
    }
    const bytes = viewedBytes(member(result, 'value', unreadable), unreadable);
    if (bytes === undefined) throw new BodyFault('noBytes');
    if (bytes.length > this.#left) throw new BodyFault('tooLarge');
    this.#left -= bytes.length;
    this.#inThisTurn += bytes.length + OF_A_PART;
    this.#emptyParts = bytes.length === 0 ? this.#emptyParts + 1 : 0;
    if (this.#emptyParts > MOST_EMPTY_PARTS) throw new BodyFault('endless');
    return bytes;
  }

  /**
   * Reads to the end. Throws a `BodyFault`, or what `wait` throws.
   *
   * @param {(promise: unknown) => Promise<unknown>} [wait] waits for a part
   * @param {(length: number) => void} [took] is told how long each part is
   */
  async whole(wait = promiseOf, took = () => {}) {
    const whole = new CollectedBytes();
    try {
      for (;;) {
        const bytes = await this.next(wait);
        if (bytes === undefined) return whole.joined();
        whole.add(bytes);
        took(bytes.length);
      }
    } finally {
      this.abandon();
    }
  }

  /**
   * Ends what is not yet at its end: cancels a reader, and lets a request of node flow to its end.
   * Any other iterator stays where it is, but for one that has an `end` of its own.
   */
  abandon() {
    if (this.#ended) return;
    this.#ended = true;
    if (this.#method === 'read') dismiss(this.#source, 'cancel');
    else this.#end();
  }
}

/**
 * Ends a stream by one of its methods. Nobody waits for that.
 *
 * @param {unknown} stream
 * @param {'abort' | 'cancel' | 'destroy'} method
 */
export function dismiss(stream, method) {
  try {
    ignore(call(stream, method));
  } catch {
    // Then it ends by itself, or never.
  }
}

/**
 * Lets a request of node flow to its end, as node does with a request that nobody reads: a sender
 * that writes everything before it reads would never get to its response. To end the iterator
 * instead would close the connection that the response is sent on.
 *
 * Only requests (`rawHeaders`): another stream may be endless.
 *
 * @param {unknown} iterated
 */
function flowOn(iterated) {
  if (!isObject(part(iterated, 'rawHeaders'))) return;
  for (const [method, ...values] of [
    // The iterator's own listener, which would hold the request back. That of errors stays.
    ['removeAllListeners', 'readable'],
    ['resume'],
  ]) {
    try {
      call(iterated, method, values);
    } catch {
      // Then the request stays where it is.
    }
  }
}

/**
 * @param {unknown} thrown
 */
function unreadable(thrown) {
  return new BodyFault('unreadable', thrown);
}
