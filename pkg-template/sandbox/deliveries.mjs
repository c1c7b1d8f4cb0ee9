import { setTimeout as pause } from 'node:timers/promises';
import { postNotification } from './notify.mjs';

/**
 * The pauses between the attempts of WeChat Pay, in seconds (its page "支付成功回调通知"): 24 hours and 4
 * minutes in all.
 */
const PAUSES = [
  15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10800, 10800, 10800, 21600, 21600,
];

/** The sandbox is so much faster, unless somebody listens: its last attempt comes after nine seconds. */
export const SPEED = 10_000;

/** How many attempts there are. */
export const MAX_ATTEMPTS = PAUSES.length + 1;

/** After these the receiver has the notification (the same page). */
const RECEIVED = [200, 204];

/**
 * Posts a notification until its receiver has it, or WeChat Pay would give up. Nothing that goes wrong on the
 * way is an error: it is what a test looks at.
 *
 * @param {string | URL} url
 * @param {import('../sandbox.d.ts').SandboxNotification} notification
 * @param {{ signal: AbortSignal, maxAttempts?: number, speedNow?: () => number,
 *   onAttempt?: (attempts: object[], pause: number | undefined) => void }} options `signal` ends it at once;
 *   `speedNow` says how many times faster than WeChat Pay's a pause is; `onAttempt` is told of the attempts
 *   so far, and of WeChat Pay's pause until the next one, in seconds, if there is one
 * @returns {Promise<import('../sandbox.d.ts').SandboxDelivery>}
 */
export async function deliver(url, notification, options) {
  const { signal, maxAttempts = MAX_ATTEMPTS, onAttempt = () => {} } = options;
  const { speedNow = () => SPEED } = options;
  const attempts = [];
  for (;;) {
    attempts.push(await attempt(url, notification, signal));
    const delivered = RECEIVED.includes(attempts.at(-1).status);
    const isOver = delivered || attempts.length >= maxAttempts || signal.aborted;
    const seconds = isOver ? undefined : PAUSES[attempts.length - 1];
    onAttempt([...attempts], seconds);
    if (isOver) {
      return Object.freeze({
        url: String(url),
        notification,
        delivered,
        attempts: Object.freeze(attempts),
      });
    }
    // A pause that the end of the sandbox cuts short is no error, either.
    await pause((seconds * 1000) / speedNow(), undefined, { signal }).catch(() => {});
  }
}

async function attempt(url, notification, signal) {
  try {
    return Object.freeze(await postNotification(url, notification, signal));
  } catch (error) {
    return Object.freeze({ status: undefined, body: undefined, error });
  }
}
