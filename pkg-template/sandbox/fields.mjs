import { decryptField } from './encrypted-field.mjs';

/**
 * The rule of a text field: 1 to `max` characters. `characters` limits the characters, `values` the
 * values, where the response depends on them.
 *
 * @param {{ max: number, characters?: string, values?: string[], optional?: boolean }} limits
 *   `characters` in the syntax of a regular expression's character class
 */
export function text({ max, characters, values, optional = false }) {
  return Object.freeze({
    max,
    characters,
    values,
    optional,
    pattern: characters === undefined ? undefined : new RegExp(`^[${characters}]*$`),
  });
}

/**
 * The rule of an enumeration. WeChat Pay may add a value at any time: one that nobody documents is noted.
 */
export function oneOf(...documented) {
  return Object.freeze({ ...text({ max: 64 }), documented });
}

/**
 * The rule of an encrypted field: 1 to `max` characters, encrypted with the key that
 * `Wechatpay-Serial` names.
 *
 * @param {{ max: number, optional?: boolean }} limits
 */
export function encrypted({ max, optional = false }) {
  return Object.freeze({ max, optional, encrypted: true });
}

/**
 * Checks a value.
 *
 * @param {ReturnType<typeof text>} rule
 * @param {unknown} value
 * @returns {string | undefined} the issue; undefined if the value is valid
 */
export function issueOfField({ max, characters, values, pattern }, value) {
  if (value === null) return 'is JSON null, which APIv3 does not accept';
  if (value === '') return 'is empty';
  const issue = issueOfText(value);
  if (issue !== undefined) return issue;
  if (value.length > max) return `is longer than ${max} characters`;
  if (pattern !== undefined && !pattern.test(value))
    return `has a character outside [${characters}]`;
  if (values !== undefined && !values.includes(value)) return `is not ${values.join(' or ')}`;
  return undefined;
}

/** Checks that a value is a text which APIv3 accepts. */
export function issueOfText(value) {
  if (typeof value !== 'string') return 'is not a string';
  // APIv3 accepts characters that have one to three bytes in UTF-8 (doc 4012081726). In UTF-16 all
  // other characters are surrogate pairs. A lone surrogate is not a character.
  return /[\ud800-\udfff]/.test(value)
    ? 'has a character that is not 1 to 3 bytes in UTF-8'
    : undefined;
}

/**
 * Decrypts an encrypted value and checks it.
 *
 * @param {{ max?: number }} rule
 * @param {unknown} value
 * @param {import('node:crypto').KeyObject | undefined} privateKey WeChat Pay's; undefined if the
 *   call names no key
 * @returns {{ value: string } | { issue: string }}
 */
export function parseEncryptedField({ max }, value, privateKey) {
  if (typeof value !== 'string') return { issue: 'is not a string' };
  const plaintext = privateKey && decryptField(value, privateKey);
  if (plaintext === undefined) {
    return {
      issue: 'is not encrypted (RSAES-OAEP with SHA-1, base64) for the key of Wechatpay-Serial',
    };
  }
  if (plaintext === '') return { issue: 'is empty after decryption' };
  // Counted in code points, not in UTF-16 units: an encrypted name may contain characters of four
  // bytes, since the limit of APIv3's JSON does not apply to it.
  if ([...plaintext].length > max) {
    return { issue: `is longer than ${max} characters after decryption` };
  }
  return { value: plaintext };
}
