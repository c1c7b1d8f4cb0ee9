import { open } from './encrypted-field.mjs';

/**
 * What a field of a request may hold: a string of 1 to `max` characters, each one of `characters`
 * where that is given, and one of `values` where those are.
 *
 * @param {{ max: number, characters?: string, values?: string[], optional?: boolean }} limits
 *   `characters` as in a regular expression's class
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

/** One of a few words. */
export function oneOf(...values) {
  return text({ max: 64, values });
}

/**
 * A string of 1 to `max` characters that is encrypted with the key that `Wechatpay-Serial` names.
 *
 * @param {{ max: number, optional?: boolean }} limits
 */
export function encrypted({ max, optional = false }) {
  return Object.freeze({ max, optional, encrypted: true });
}

/**
 * Says what is wrong with a value.
 *
 * @param {ReturnType<typeof text>} rule
 * @param {unknown} value
 * @returns {string | undefined}
 */
export function faultOfField({ max, characters, values, pattern }, value) {
  if (value === null) return 'is JSON null, which APIv3 does not take';
  if (typeof value !== 'string') return 'is not a string';
  if (value === '') return 'is empty';
  // APIv3 takes the characters that UTF-8 writes in one to three bytes (doc 4012081726). In UTF-16
  // all others are surrogate pairs, and half a pair is no character at all.
  if (/[\ud800-\udfff]/.test(value)) return 'has a character that is not 1 to 3 bytes in UTF-8';
  if (value.length > max) return `is longer than ${max} characters`;
  if (pattern !== undefined && !pattern.test(value))
    return `has a character outside [${characters}]`;
  if (values !== undefined && !values.includes(value)) return `is not ${values.join(' or ')}`;
  return undefined;
}

/**
 * Opens a encrypted value, and says what is wrong with it.
 *
 * @param {{ max: number }} rule
 * @param {unknown} value
 * @param {import('node:crypto').KeyObject | undefined} privateKey WeChat Pay's; undefined where the call
 *   names none
 * @returns {{ value: string } | { issue: string }}
 */
export function openField({ max }, value, privateKey) {
  if (typeof value !== 'string') return { issue: 'is not a string' };
  const opened = privateKey && open(value, privateKey);
  if (opened === undefined) {
    return {
      issue: 'is not encrypted (RSAES-OAEP with SHA-1, base64) for the key of Wechatpay-Serial',
    };
  }
  if (opened === '') return { issue: 'is empty, opened' };
  // By characters: what is encrypted is none of the JSON's, and names have some of four bytes.
  if ([...opened].length > max) return { issue: `is longer than ${max} characters, opened` };
  return { value: opened };
}
