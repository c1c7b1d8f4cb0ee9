// @ts-check
// Decrypts a field of a response with a private key that the host holds.

import { configError, validationError } from './failures.mjs';
import { message } from './message.mjs';

/**
 * The text of a field.
 *
 * @param {import('./client-options.mjs').Host} host
 * @param {string} ciphertext base64, which the core has checked
 */
export function decryptByHost({ decrypt }, ciphertext) {
  if (decrypt === undefined) {
    throw configError(
      'privateKey',
      message(
        'is a CryptoKey that may only sign: its algorithm and its usages allow no decryption. Give a ' +
          'KeyObject, or the content of apiclient_key.pem',
      ),
    );
  }
  const bytes = Uint8Array.from(atob(ciphertext), (character) => character.charCodeAt(0));
  let text;
  try {
    text = decrypt(bytes);
  } catch {
    // Without the cause: to know which check failed would reveal the text (Manger 2001).
    throw validationError(
      'ciphertext',
      message(
        "cannot be decrypted with this merchant's key: it is not an encrypted text, it was changed, or it " +
          'was encrypted for another key (that of a certificate that was replaced since?)',
      ),
    );
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(text);
  } catch {
    throw validationError(
      'ciphertext',
      message('was decrypted, but contains no text in UTF-8: it is no field of a response'),
    );
  } finally {
    text.fill(0);
  }
}
