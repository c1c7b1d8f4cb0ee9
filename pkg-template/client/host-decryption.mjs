// @ts-check
// Decrypts what a response has with a private key that the host holds.

import { configError, unusableResponse, validationError } from './failures.mjs';
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
  let text;
  try {
    text = decrypt(bytesOf(ciphertext));
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

/**
 * The message that WeChat Pay returned encrypted. That it cannot be decrypted is the response's fault.
 *
 * @param {import('./client-options.mjs').Host} host
 * @param {string} ciphertext base64, which nobody has checked
 */
export function echoByHost(host, ciphertext) {
  try {
    return decryptByHost(host, ciphertext);
  } catch {
    const problem = message(
      "its encrypted_echo_message cannot be decrypted with the merchant's private key",
    );
    throw unusableResponse(message('the response is unusable: {}', problem));
  }
}

/**
 * The key of an encrypted file, in base64: empty where it cannot be decrypted, of which the core says no
 * more; `undefined` where the host cannot decrypt at all.
 *
 * @param {import('./client-options.mjs').Host} host
 * @param {string} encryptKey base64, which nobody has checked
 */
export function fileKeyByHost({ decrypt }, encryptKey) {
  if (decrypt === undefined) return undefined;
  try {
    const key = decrypt(bytesOf(encryptKey));
    try {
      return btoa(String.fromCharCode(...key));
    } finally {
      key.fill(0);
    }
  } catch {
    return '';
  }
}

/**
 * @param {string} base64
 */
function bytesOf(base64) {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
