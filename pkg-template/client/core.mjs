// @ts-check
// The Wasm, as the client calls it. Every export returns its errors as JSON. So whatever is thrown
// through one is a fault, such as a stack overflow: the instance is then in an unknown state. Its
// memory is wiped, and the next call works on a new instance.

import { InternalError, makeError } from '../errors.mjs';
import * as glue from '../glue.mjs';
import { findKernel } from '../kernel.mjs';

/** @typedef {{ [name: string]: any }} Json */

/** @type {{ [name: string]: (...values: any[]) => any }} */
const exports = /** @type {any} */ (glue);

/** @type {((step: string) => Promise<unknown>) | undefined} */
let driver;
let broken = false;
let generation = 0;

setUp();

/** The number of the instance. Whatever the core knows by a number belongs to one instance. */
export function instance() {
  if (broken) restart();
  return generation;
}

/**
 * Calls an export that returns text or bytes.
 *
 * @param {string} name
 * @param {...unknown} values
 */
export function ask(name, ...values) {
  if (broken) restart();
  try {
    return exports[name](...values);
  } catch (cause) {
    broken = true;
    // Soon, since keys are in it; now there may be no stack left to do it.
    queueMicrotask(wipe);
    throw internalError(cause);
  }
}

/**
 * Calls an export that returns JSON. Throws the error where it returns one.
 *
 * @param {string} name
 * @param {...unknown} values
 * @returns {Json}
 */
export function askJson(name, ...values) {
  const result = JSON.parse(ask(name, ...values));
  if (result?.error) throw makeError(result.error);
  return result;
}

/** What JavaScript asks the host for by name, as the core names it. */
export function names() {
  known ??= askJson('names');
  return known;
}

/** @type {Json | undefined} */
let known;

/**
 * Registers what performs the steps of a call that an export starts.
 *
 * @param {(step: string) => Promise<unknown>} drive
 */
export function useDriver(drive) {
  driver = drive;
  glue.useDriver(drive);
}

/**
 * The error of a fault within the package.
 *
 * @param {unknown} cause
 */
export function internalError(cause) {
  return new InternalError(
    'the package failed within: this call has no result; where its request was sent, it may have been ' +
      'carried out. The next call works on a new instance',
    { code: 'ERR_INTERNAL', cause },
  );
}

function setUp() {
  glue.useKernel(findKernel);
  if (driver) glue.useDriver(driver);
}

function restart() {
  wipe();
  glue.__wbg_reset_state();
  generation += 1;
  broken = false;
  setUp();
}

// Only a broken instance: nothing of it is used again.
function wipe() {
  if (broken) new Uint8Array(glue.memory().buffer).fill(0);
}
