import { createDecipheriv } from 'node:crypto';
import { optionsOf, readCredentials } from './credentials.mjs';
import { told } from './language.mjs';
import { Failure, UsageError } from './problems.mjs';

const TAG_BYTES = 16;

/**
 * The APIv3 key at hand.
 *
 * @param {Record<string, any>} values the flags
 * @returns {Buffer}
 */
export function apiv3KeyOf(values) {
  const { apiv3Key } = optionsOf(readCredentials(values).env);
  if (!apiv3Key) throw new UsageError(told('needs-apiv3-key'));
  const key = Buffer.from(apiv3Key);
  if (key.length !== 32) throw new UsageError(told('apiv3-key-length', { length: key.length }));
  return key;
}

/**
 * Decrypts what the APIv3 key encrypts.
 *
 * @param {{ ciphertext: string, nonce: string, associated_data?: string | null }} encrypted
 * @param {Buffer} key
 * @returns {string}
 * @throws {Failure} if it is not encrypted with this key
 */
export function decryptedResource({ ciphertext, nonce, associated_data: associated }, key) {
  const bytes = Buffer.from(ciphertext, 'base64');
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(associated ?? ''))
      .setAuthTag(bytes.subarray(-TAG_BYTES));
    const text = [decipher.update(bytes.subarray(0, -TAG_BYTES)), decipher.final()];
    return Buffer.concat(text).toString();
  } catch {
    throw new Failure(told('not-decrypted'));
  }
}
