import { createCipheriv } from 'node:crypto';
import { ALPHANUMERICS, randomText } from './random-text.mjs';

/**
 * Encrypts a text with the APIv3 key (RFC 5116, AEAD_AES_256_GCM). The tag follows the ciphertext.
 *
 * @param {string} plaintext
 * @param {string} associatedData
 * @param {string} key
 * @returns {{ algorithm: string, ciphertext: string, associated_data: string, nonce: string }}
 */
export function encrypt(plaintext, associatedData, key) {
  // The nonce has twelve bytes of ASCII, since JSON contains it without any encoding.
  const nonce = randomText(ALPHANUMERICS, 12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(associatedData));
  const encrypted = [cipher.update(plaintext, 'utf8'), cipher.final(), cipher.getAuthTag()];
  return {
    algorithm: 'AEAD_AES_256_GCM',
    ciphertext: Buffer.concat(encrypted).toString('base64'),
    associated_data: associatedData,
    nonce,
  };
}
