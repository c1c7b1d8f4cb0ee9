import { TIMESTAMP_WINDOW } from './authorization.mjs';

/**
 * Stores the nonces of requests with a valid signature. A nonce is stored only as long as its
 * timestamp is acceptable. After that, the timestamp check alone rejects a replay.
 */
export function createNonceMemory() {
  const lastSecondOf = new Map();
  let nextSweep = 0;

  return {
    /**
     * Marks a nonce as used.
     *
     * @returns {boolean} false if it was used before
     */
    use(nonce, timestamp, now) {
      sweep(now);
      if (lastSecondOf.get(nonce) >= now) return false;
      lastSecondOf.set(nonce, timestamp + TIMESTAMP_WINDOW);
      return true;
    },
  };

  // Once per window, not once per request, so that it does not slow down a load test.
  function sweep(now) {
    if (now < nextSweep) return;
    nextSweep = now + TIMESTAMP_WINDOW;
    for (const [nonce, lastSecond] of lastSecondOf) {
      if (lastSecond < now) lastSecondOf.delete(nonce);
    }
  }
}
