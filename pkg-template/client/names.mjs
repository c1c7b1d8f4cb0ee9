// @ts-check
// Names: `snake_case` on the wire, camelCase in JavaScript; and how an error shows a name that the
// caller chose.

/**
 * `out_contract_code` → `outContractCode`. A name in camelCase stays as it is.
 *
 * @param {string} name
 */
export function camelCase(name) {
  return name.replace(/_+(.?)/g, (_, letter) => letter.toUpperCase());
}

/**
 * `outContractCode` → `out_contract_code`.
 *
 * @param {string} name
 */
export function snakeCase(name) {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
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
 * A name as an error shows it: in backquotes where it looks like one; otherwise only its length.
 *
 * @param {string} name
 */
export function named(name) {
  return isPlausible(name) ? `\`${name}\`` : `a name of ${[...name].length} characters`;
}
