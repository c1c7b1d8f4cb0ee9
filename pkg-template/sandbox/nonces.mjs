import { TIMESTAMP_WINDOW } from './authorization.mjs';

/**
 * Remembers the nonces of the requests whose signature held. One is kept for as long as its own
 * timestamp stays acceptable, and no longer: after that the timestamp alone refuses a replay.
 */
export function createNonceMemory() {
  const lastSecondOf = new Map();
  let nextSweep = 0;

  return {
    /**
     * Uses a nonce up.
     *
     * @returns {boolean} false where it was used already
     */
    use(nonce, timestamp, now) {
      sweep(now);
      if (lastSecondOf.get(nonce) >= now) return false;
      lastSecondOf.set(nonce, timestamp + TIMESTAMP_WINDOW);
      return true;
    },
  };

  // Once a window and not once a request, so that a load test does not pay for it.
  function sweep(now) {
    if (now < nextSweep) return;
    nextSweep = now + TIMESTAMP_WINDOW;
    for (const [nonce, lastSecond] of lastSecondOf) {
      if (lastSecond < now) lastSecondOf.delete(nonce);
    }
  }
}
