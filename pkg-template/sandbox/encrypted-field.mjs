import { constants, privateDecrypt, publicEncrypt } from 'node:crypto';

/** APIv3 encrypts fields with RSAES-OAEP and SHA-1 (doc 4013053257). */
const OAEP = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' };

/**
 * Decrypts a field that a merchant encrypted.
 *
 * @param {string} encrypted base64
 * @param {import('node:crypto').KeyObject} privateKey WeChat Pay's
 * @returns {string | undefined} undefined if it was not encrypted for this key, or is not UTF-8
 */
export function decryptField(encrypted, privateKey) {
  const bytes = Buffer.from(encrypted, 'base64');
  // Buffer.from ignores characters that are not base64.
  if (bytes.toString('base64') !== encrypted) return undefined;
  try {
    const text = privateDecrypt({ key: privateKey, ...OAEP }, bytes);
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(text);
  } catch {
    return undefined;
  }
}

/**
 * Encrypts a field for a merchant.
 *
 * @param {string} text
 * @param {import('node:crypto').KeyObject} publicKey the merchant's
 * @returns {string} base64
 */
export function encryptField(text, publicKey) {
  return publicEncrypt({ key: publicKey, ...OAEP }, Buffer.from(text)).toString('base64');
}
