// @ts-check
// Names: `snake_case` on the wire, camelCase in JavaScript; and how an error shows a name that the
// caller chose.

import { message } from './message.mjs';

/**
 * `out_contract_code` → `outContractCode`. A name in camelCase stays as it is.
 *
 * @param {string} name
 */
export function camelCase(name) {
  return name.replace(/_+(.?)/g, (_, letter) => letter.toUpperCase());
}

/**
 * Whether it looks like a name. What stands where a name belongs may be anything, a key among it.
 *
 * @param {string} name
 */
export function isPlausible(name) {
  return /^[\w.-]{1,24}$/.test(name);
}

/**
 * The id of a key as an error shows it. What stands in its place may be the key itself.
 *
 * @param {string} id
 */
export function namedId(id) {
  // A serial number has about 40 digits; an APIv3 key has 32 characters.
  const isId = /^PUB_KEY_ID_\d{1,40}$|^[\dA-Fa-f]{36,42}$/.test(id);
  return isId ? message('`{}`', id) : named(id);
}

/**
 * A name as an error shows it: in backquotes where it looks like one; otherwise only its length.
 *
 * @param {string} name
 */
export function named(name) {
  return isPlausible(name)
    ? message('`{}`', name)
    : message('a name of {} characters', [...name].length);
}
