/**
 * What a field of a request may hold: a string of 1 to `max` characters, each one of `characters`
 * where that is given.
 *
 * @param {{ max: number, characters?: string }} limits `characters` as in a regular expression's
 *   class
 */
export function text({ max, characters }) {
  return Object.freeze({
    max,
    characters,
    pattern: characters === undefined ? undefined : new RegExp(`^[${characters}]*$`),
  });
}

/**
 * Says what is wrong with a value.
 *
 * @param {ReturnType<typeof text>} rule
 * @param {unknown} value
 * @returns {string | undefined}
 */
export function faultOfField({ max, characters, pattern }, value) {
  if (value === null) return 'is JSON null, which APIv3 does not take';
  if (typeof value !== 'string') return 'is not a string';
  if (value === '') return 'is empty';
  // APIv3 takes the characters that UTF-8 writes in one to three bytes (doc 4012081726). In UTF-16
  // all others are surrogate pairs, and half a pair is no character at all.
  if (/[\ud800-\udfff]/.test(value)) return 'has a character that is not 1 to 3 bytes in UTF-8';
  if (value.length > max) return `is longer than ${max} characters`;
  if (pattern !== undefined && !pattern.test(value))
    return `has a character outside [${characters}]`;
  return undefined;
}
