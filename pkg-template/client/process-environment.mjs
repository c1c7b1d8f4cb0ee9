// @ts-check
// The environment of the process, where the host has one, and what of it may be read.

import { part } from './foreign.mjs';

export function hostEnvironment() {
  return part(part(globalThis, 'process'), 'env');
}

/**
 * Deno asks the person at the terminal, or throws, where it was not told what may be read.
 *
 * @param {string} variable
 */
export function mayBeRead(variable) {
  const permissions = part(part(globalThis, 'Deno'), 'permissions');
  if (permissions === undefined) return true;
  try {
    const { state } = /** @type {any} */ (permissions).querySync({ name: 'env', variable });
    return state === 'granted';
  } catch {
    return false;
  }
}
