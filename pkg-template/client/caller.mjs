// @ts-check
// Methods as their caller sees them: the stack of an error begins at the caller's own line, and a method
// that has lost its object says so.

import { isNew, translate } from '../errors.mjs';
import { configError } from './failures.mjs';
import { bare, isFunction, isObject } from './foreign.mjs';
import { message } from './message.mjs';

/** @typedef {import('./message.mjs').Locale} Locale */

/**
 * Gives an error the stack and the language of a place in the caller's code. Only an error of this package
 * that nobody has been given yet is changed. A call that is watched is there by its `watch`, which is told
 * its end.
 *
 * @typedef {((thrown: unknown) => unknown) & { watch: import('./watch.mjs').Watch | undefined }} Site
 */

/** The method that is being started. @type {Site} */
let started = nowhere();

/** A place that nobody knows. @returns {Site} */
export function nowhere() {
  return Object.assign((/** @type {unknown} */ thrown) => thrown, { watch: undefined });
}

/** The place that the method that is being started was called from. To be asked for at its beginning. */
export function siteOfCall() {
  return started;
}

/**
 * Makes a method of an asynchronous one, which never throws but rejects.
 *
 * @param {string} name
 * @param {Function} work
 * @param {(self: unknown) => boolean} [isIts] whether it can be called on that
 * @param {(self: any) => Locale | undefined} [localeOf] the language of its errors
 * @returns {Function}
 */
export function method(name, work, isIts = () => true, localeOf = () => undefined) {
  // Not asynchronous itself: Bun does not find such a function in a stack.
  const { [name]: called } = {
    /** @this {unknown} @param {...unknown} values */
    [name](...values) {
      const site = siteAbove(called, () => (isIts(this) ? localeOf(this) : undefined));
      return rejecting(site, () => {
        if (!isIts(this)) throw lost(name, this);
        started = site;
        return Reflect.apply(work, this, values);
      });
    },
  };
  define(called, 'length', work.length);
  return called;
}

/**
 * @param {Site} site
 * @param {() => unknown} work
 */
async function rejecting(site, work) {
  try {
    const result = await work();
    site.watch?.succeeded(result);
    return result;
  } catch (thrown) {
    const error = site(thrown);
    site.watch?.failed(error);
    throw error;
  }
}

/**
 * @param {object} object
 * @param {string} name
 * @param {unknown} value
 */
function define(object, name, value) {
  const property = bare({ value, writable: true, enumerable: false, configurable: true });
  Object.defineProperty(object, name, property);
}

/**
 * Does this for methods of a prototype.
 *
 * @param {object} prototype
 * @param {readonly string[]} names
 * @param {(self: unknown) => boolean} isIts
 * @param {(self: any) => Locale | undefined} [localeOf] the language of their errors
 */
export function makeMethods(prototype, names, isIts, localeOf) {
  for (const name of names) {
    const { value } = /** @type {PropertyDescriptor} */ (
      Object.getOwnPropertyDescriptor(prototype, name)
    );
    define(prototype, name, method(name, value, isIts, localeOf));
  }
}

/**
 * The error of a method that was called on something else than its object.
 *
 * @param {string} name
 * @param {unknown} self
 */
export function lost(name, self) {
  // Where a bundle is not strict, it is the global object in place of undefined.
  const isOther = isObject(self) && self !== globalThis;
  const what = isOther
    ? message(
        "is another object than the one that {}() belongs to, such as a Proxy of it (Vue's reactive(), " +
          'a tracer). Call it on the object itself',
        name,
      )
    : message(
        'is not there: {}() was taken off the object that it belongs to. Give (value) => object.{}(value) ' +
          'in its place, or bind it',
        name,
        name,
      );
  return configError('client', message('`this` {}', what));
}

/**
 * Throws what was thrown, with a stack that begins above a function which is under way.
 *
 * @param {unknown} thrown
 * @param {Function} above
 * @param {Locale} [locale]
 * @returns {never}
 */
export function throwAbove(thrown, above, locale) {
  throw siteAbove(above, () => locale)(thrown);
}

/**
 * The place that a function which is under way was called from.
 *
 * @param {Function} above
 * @param {() => Locale | undefined} localeOf
 * @returns {Site}
 */
function siteAbove(above, localeOf) {
  // Not an error yet: V8 takes a third longer for the stack of one, and hardly any is read.
  const site = {};
  // The lines of this package where it cannot be told which ones to leave out.
  let own = 0;
  try {
    const { captureStackTrace } = /** @type {any} */ (Error);
    if (isFunction(captureStackTrace)) captureStackTrace(site, above);
    else {
      define(site, 'stack', new Error().stack);
      own = 2;
    }
  } catch {
    // There may be no room for it.
  }
  /** @type {any} */
  const placed = (/** @type {unknown} */ thrown) => {
    try {
      if (isNew(thrown)) {
        const locale = localeOf();
        if (locale !== undefined) translate(thrown, locale);
        begin(/** @type {Error} */ (thrown), stackOf(site), own);
      }
    } catch {
      // A stack is no reason to lose an error.
    }
    return thrown;
  };
  // Its own, since `Object.prototype` may have anything.
  placed.watch = undefined;
  return placed;
}

/**
 * The stack of a place, which is written when it is read first: as that of an error, for those who format
 * stacks in their own way.
 *
 * @param {any} site
 * @returns {unknown}
 */
function stackOf(site) {
  Object.setPrototypeOf(site, Error.prototype);
  return site.stack;
}

/**
 * @param {Error} error
 * @param {unknown} stack of the place
 * @param {number} own how many of its lines are this package's
 */
function begin(error, stack, own) {
  if (typeof stack !== 'string') return;
  const [first, ...rest] = stack.trimEnd().split('\n');
  // Some engines put the error itself into the first line, others none.
  const hasHead = /^Error\b(?!.*@)/.test(first);
  const lines = (hasHead ? rest : [first, ...rest]).slice(own);
  if (lines.length === 0 || lines[0] === '') return;
  const head = hasHead ? [`${error.name}: ${error.message}`] : [];
  define(error, 'stack', [...head, ...lines].join('\n'));
}
