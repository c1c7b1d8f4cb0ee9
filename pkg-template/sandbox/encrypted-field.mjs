import { constants, privateDecrypt, publicEncrypt } from 'node:crypto';

/** RSAES-OAEP with SHA-1, as the protocol encrypts fields (doc 4013053257). */
const OAEP = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' };

/**
 * Opens a field that a merchant encrypted.
 *
 * @param {string} encrypted base64
 * @param {import('node:crypto').KeyObject} privateKey WeChat Pay's
 * @returns {string | undefined} undefined where it is not encrypted for this key, or not text
 */
export function open(encrypted, privateKey) {
  const bytes = Buffer.from(encrypted, 'base64');
  // Buffer.from skips what is not base64.
  if (bytes.toString('base64') !== encrypted) return undefined;
  try {
    const text = privateDecrypt({ key: privateKey, ...OAEP }, bytes);
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(text);
  } catch {
    return undefined;
  }
}

/**
 * Encrypts text for a merchant.
 *
 * @param {string} text
 * @param {import('node:crypto').KeyObject} publicKey the merchant's
 * @returns {string} base64
 */
export function encrypt(text, publicKey) {
  return publicEncrypt({ key: publicKey, ...OAEP }, Buffer.from(text)).toString('base64');
}
