// @ts-check
// A signer of the caller's, for a key in a KMS, an HSM or WebCrypto; and a key that the host signs with.

import { bytesOf, isView, kindOf } from './foreign.mjs';
import { message } from './message.mjs';

// How long a signature may be, in bytes or characters. One of an RSA key of 16,384 bits has a fourth.
const MOST = 8_192;

/**
 * `problem` ends a sentence about the option `signer`, or `privateKey`.
 *
 * @typedef {{ event: 'signed', signature: Uint8Array }
 *   | { event: 'signedText', text: string }
 *   | { event: 'notSigned', problem: import('./message.mjs').Message, cause?: unknown }
 *   | { event: 'timeout' }} SignEvent
 */

/**
 * Has a message signed. Throws the reason of an aborted signal.
 *
 * @param {Function} signer
 * @param {Uint8Array} message
 * @param {import('./timeout.mjs').Timeout} timeout
 * @returns {Promise<SignEvent>}
 */
export async function sign(signer, message, timeout) {
  let signing;
  try {
    // A copy: the signer may change its bytes.
    signing = signer(message.slice());
  } catch (thrown) {
    return failed(thrown);
  }
  // Most signers that need no server return it at once.
  if (typeof signing === 'string' || isView(signing)) return signed(signing);
  const outcome = await timeout.race(signing);
  if (outcome.status === 'timedOut') return { event: 'timeout' };
  return outcome.status === 'rejected' ? failed(outcome.reason) : signed(outcome.value);
}

/**
 * Has the host sign a message with a key of its own that signs at once. Neither the message nor the
 * signature need be copied, and no time can be exceeded.
 *
 * @param {Function} signer
 * @param {Uint8Array} message
 * @returns {SignEvent}
 */
export function signAtOnce(signer, message) {
  try {
    return { event: 'signed', signature: signer(message) };
  } catch (thrown) {
    return failed(thrown);
  }
}

/**
 * A signature as KMSs give it: bytes of any kind, or text.
 *
 * @param {unknown} value
 * @returns {SignEvent}
 */
function signed(value) {
  if (typeof value === 'string') {
    return value.length > MOST ? tooLong() : { event: 'signedText', text: value };
  }
  try {
    const bytes = bytesOf(value);
    if (bytes && bytes.length > MOST) return tooLong();
    if (bytes) return { event: 'signed', signature: bytes.slice() };
  } catch {
    // A view of a detached buffer has no bytes.
  }
  const problem = message(
    'must return a Uint8Array, an ArrayBuffer or base64, not {}',
    kindOf(value),
  );
  return { event: 'notSigned', problem };
}

/**
 * @returns {SignEvent}
 */
function tooLong() {
  return {
    event: 'notSigned',
    problem: message(
      'must return the signature alone, and no more than {} bytes or characters',
      MOST,
    ),
  };
}

/**
 * @param {unknown} cause
 * @returns {SignEvent}
 */
function failed(cause) {
  return { event: 'notSigned', problem: message('failed to sign: see the cause'), cause };
}
