// @ts-check
// The notifications of a client that are still on their way. Anybody may send one and never end it. So
// there are so many at a time, of so many bytes together, and whichever has waited longest gives way: an
// honest one arrives at once, and is served however many others wait.

import { TransportError } from '../errors.mjs';
import { promiseOf } from './foreign.mjs';
import { message } from './message.mjs';

const MOST = 1_000;
const MOST_BYTES = 64 << 20;

/** One notification. */
export class Arrival {
  #count;
  /** @type {(error: unknown) => void} */
  #stop = () => {};
  /** Why it gave way, once it has. @type {unknown} */
  #gaveWay;

  /**
   * @param {(length: number) => void} count counts bytes that arrived
   */
  constructor(count) {
    this.#count = count;
  }

  /**
   * Waits for a value that may be a promise. Throws once the notification has given way. One value at a
   * time.
   *
   * @param {unknown} value
   * @returns {Promise<unknown>}
   */
  async wait(value) {
    return await new Promise((resolve, reject) => {
      this.#onStop(reject);
      promiseOf(value).then(resolve, reject);
    });
  }

  /** A signal for what is waited for in another way: it is aborted once the notification has given way. */
  signal() {
    const controller = new AbortController();
    this.#onStop((error) => controller.abort(error));
    return controller.signal;
  }

  /**
   * Counts a part that arrived.
   *
   * @param {number} length in bytes
   */
  took(length) {
    this.#count(length);
  }

  giveWay() {
    this.#gaveWay = new TransportError(
      message(
        'the notification gave way to others: too many are on their way at once, and no other has waited ' +
          'longer. Answer it with 503: WeChat Pay sends it again',
      ),
      { code: 'ERR_TOO_MANY_NOTIFICATIONS', attempts: 0, sent: false },
    );
    this.#stop(this.#gaveWay);
  }

  /**
   * @param {(error: unknown) => void} stop
   */
  #onStop(stop) {
    this.#stop = stop;
    if (this.#gaveWay !== undefined) stop(this.#gaveWay);
  }
}

export class Arrivals {
  /** The bytes of each, the oldest first. @type {Map<Arrival, number>} */
  #all = new Map();
  #bytes = 0;

  /**
   * Counts a notification until `work` with it has ended.
   *
   * @template Result
   * @param {(arrival: Arrival) => Promise<Result>} work
   */
  async during(work) {
    const arrival = new Arrival((length) => this.#add(arrival, length));
    this.#all.set(arrival, 0);
    this.#bound();
    try {
      return await work(arrival);
    } finally {
      this.#remove(arrival);
    }
  }

  /**
   * @param {Arrival} arrival
   * @param {number} length
   */
  #add(arrival, length) {
    const before = this.#all.get(arrival);
    if (before === undefined) return;
    this.#all.set(arrival, before + length);
    this.#bytes += length;
    this.#bound();
  }

  #bound() {
    while (this.#all.size > MOST || this.#bytes > MOST_BYTES) {
      const [[oldest]] = this.#all;
      this.#remove(oldest);
      oldest.giveWay();
    }
  }

  /**
   * @param {Arrival} arrival
   */
  #remove(arrival) {
    this.#bytes -= this.#all.get(arrival) ?? 0;
    this.#all.delete(arrival);
  }
}
