// @ts-check
// Text as UTF-8. Importing the package asks for neither class, since a host may lack them: jsdom does.

import { configError } from './failures.mjs';
import { bare, isFunction, part } from './foreign.mjs';
import { message } from './message.mjs';

/**
 * The bytes of a string.
 *
 * @param {string} text
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function utf8(text) {
  const missing = missingText();
  if (missing) throw missing;
  return new TextEncoder().encode(text);
}

/**
 * The string that bytes are in UTF-8. A byte order mark is one of its characters.
 *
 * @param {Uint8Array} bytes
 */
export function textOf(bytes) {
  return new TextDecoder('utf-8', bare({ ignoreBOM: true })).decode(bytes);
}

/** An error that names the class that this host lacks; `undefined` where it has both. */
export function missingText() {
  const lacking = ['TextEncoder', 'TextDecoder'].find(
    (name) => !isFunction(part(globalThis, name)),
  );
  return (
    lacking &&
    configError(
      lacking,
      message(
        "this runtime has none. In Jest, jsdom lacks it: put /** @jest-environment node */ into the test's " +
          "first line, or set it in setupFiles: Object.assign(globalThis, require('node:util'))",
      ),
    )
  );
}
