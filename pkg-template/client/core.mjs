// @ts-check
// The Wasm, as the client calls it. Every export returns its errors as JSON. So whatever is thrown
// through one is a fault, such as a stack overflow: the instance is then in an unknown state. Its
// memory is wiped, and the next call works on a new instance.
//
// Where the stack overflows, the next call of any function may overflow, too. What must not be lost is
// therefore a plain assignment here, and not a function.

import { ConfigError, InternalError, makeError } from '../errors.mjs';
import * as glue from '../glue.mjs';
import { findKernel, wipeKernel } from '../kernel.mjs';
import { validationError } from './failures.mjs';
import { bare } from './foreign.mjs';
import { message } from './message.mjs';

/** @typedef {{ [name: string]: any }} Json */

// How much may enter at once, in bytes or characters: more than the limit of everything that a caller, or
// a host, has a limit for. Its memory is of one size for all calls, and what it grew by stays.
const MOST_ENTERING = 16 << 20;

/** @type {{ [name: string]: (...values: any[]) => any }} */
const exports = /** @type {any} */ (glue);

/** @type {((step: string) => Promise<unknown>) | undefined} */
let driver;
/** Whether the next call needs a new instance. The first one does. */
let broken = true;
/** What broke the last instance. @type {unknown} */
let fault;
// Exports that are under way. One may call JavaScript, which may call another.
let depth = 0;
const soon = Promise.resolve();

/**
 * The number of the instance. Whatever the core knows by a number belongs to one instance. It counts up
 * when the instance breaks; the next export that is called makes the new instance.
 */
export let generation = 0;

/**
 * Calls an export that returns text or bytes.
 *
 * @param {string} name
 * @param {...unknown} values
 */
export function ask(name, ...values) {
  return enter(name, values, undefined);
}

/**
 * Calls an export that returns JSON. Throws the error where it returns one.
 *
 * @param {string} name
 * @param {...unknown} values
 * @returns {Json}
 */
export function askJson(name, ...values) {
  const result = enter(name, values, parsed);
  if (result.error) throw makeError(result.error);
  return result;
}

/**
 * Calls an export that returns JSON, with a number that one instance gave. Gives an error that it
 * returns as it is.
 *
 * @param {number} of the instance
 * @param {string} name
 * @param {...unknown} values
 * @returns {Json}
 */
export function askInstance(of, name, ...values) {
  if (generation !== of) throw internalError();
  return enter(name, values, parsed);
}

/**
 * What the core says: an object whose missing members are not there, whatever `Object.prototype` has.
 *
 * @param {string} text
 * @returns {Json}
 */
export function parsed(text) {
  return bare(JSON.parse(text));
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
  if (!broken) glue.useDriver(drive);
}

/**
 * The error of a fault within the package.
 *
 * @param {unknown} [cause]
 */
export function internalError(cause = fault) {
  return new InternalError(
    message(
      'the package failed within: this call has no result; where its request was sent, it may have been ' +
        'carried out. The next call works on a new instance',
    ),
    { code: 'ERR_INTERNAL', cause },
  );
}

/**
 * @param {string} name
 * @param {unknown[]} values
 * @param {((text: string) => any) | undefined} parse what it returns. Where that fails, the result is
 * lost, and the core goes by it already
 */
function enter(name, values, parse) {
  if (values.some((value) => /** @type {any} */ (value)?.length > MOST_ENTERING)) {
    throw validationError('params', message('is larger than {} bytes', MOST_ENTERING));
  }
  depth += 1;
  try {
    if (broken) restart();
    const result = exports[name](...values);
    return parse === undefined ? result : parse(result);
  } catch (thrown) {
    // The host has no room for an instance: there is none, and nothing that could be broken.
    if (broken && thrown instanceof ConfigError) throw thrown;
    broken = true;
    generation += 1;
    fault = thrown;
    // Keys are in its memory. It is not wiped now: the stack may have no room, or a frame of the
    // instance.
    soon.then(wipe);
    throw internalError(thrown);
  } finally {
    depth -= 1;
  }
}

function setUp() {
  glue.useKernel(findKernel);
  if (driver) glue.useDriver(driver);
}

// Wherever this fails, the instance stays broken, and the next call tries again.
function restart() {
  // A frame of the broken instance is still under way.
  if (depth > 1) throw fault;
  wipe();
  glue.__wbg_reset_state();
  setUp();
  broken = false;
}

// Only a broken instance: nothing of it is used again.
function wipe() {
  wipeKernel();
  const memory = glue.memory();
  if (broken && memory) new Uint8Array(memory.buffer).fill(0);
}
