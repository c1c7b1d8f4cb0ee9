// @ts-check
// Objects that are not ours: a caller's options, what a given `fetch` returns. They may belong to
// another realm, so nothing asks `instanceof`. Any member of theirs may throw: each function here
// takes a `failure`, which makes the error that is thrown in its place.

import { message } from './message.mjs';

/** @typedef {(thrown: unknown) => unknown} Failure */

/** @type {Failure} */
const asItIs = (thrown) => thrown;

/**
 * Runs code that may be foreign.
 *
 * @template T
 * @param {() => T} action
 * @param {Failure} failure
 */
function attempt(action, failure) {
  try {
    return action();
  } catch (thrown) {
    throw failure(thrown);
  }
}

/**
 * A member; `undefined` where there is none. A primitive value has no members: asking one throws.
 *
 * What `Object.prototype` has, of any realm, is no member: it may have been polluted.
 *
 * @param {unknown} object
 * @param {PropertyKey} name
 * @param {Failure} [failure]
 * @returns {unknown}
 */
export function member(object, name, failure = asItIs) {
  const target = /** @type {object} */ (object);
  try {
    return holderOf(target, name) === 'root' ? undefined : Reflect.get(target, name);
  } catch (thrown) {
    throw failure(thrown);
  }
}

// No chain of classes is as long. A proxy may pretend to have an endless one.
const LONGEST_CHAIN = 64;

/**
 * Who has a member: the object itself, one of its prototypes, or the last of these, which is the
 * `Object.prototype` of its realm. `undefined` where nobody says so, as with a proxy that only gives.
 *
 * @param {object} object
 * @param {PropertyKey} name
 * @returns {'own' | 'root' | object | undefined}
 */
function holderOf(object, name) {
  if (!(name in object)) return undefined;
  if (hasOwn(object, name)) return 'own';
  const first = getPrototypeOf(object);
  const known = holders.get(name);
  // A member that it still has is found there or before, and not at the root.
  if (known !== undefined && known.first === first && hasOwn(known.holder, name)) {
    return known.holder;
  }
  let holder = first;
  for (let length = 0; holder !== null && length < LONGEST_CHAIN; length += 1) {
    const next = getPrototypeOf(holder);
    if (hasOwn(holder, name)) {
      if (next === null) return 'root';
      if (holders.size < MOST_HOLDERS) holders.set(name, { first, holder });
      return holder;
    }
    holder = next;
  }
  return undefined;
}

const { hasOwn, getPrototypeOf } = Object;

// Walking up is slow, and a host's objects are of the same few classes at each call.
/** @type {Map<PropertyKey, { first: object, holder: object }>} */
const holders = new Map();
const MOST_HOLDERS = 64;

/**
 * Whether it is the prototype of a class, and not just any object that another one inherits from.
 *
 * @param {object} prototype
 */
function isOfClass(prototype) {
  const made = Object.hasOwn(prototype, 'constructor') && Reflect.get(prototype, 'constructor');
  return isFunction(made) && part(made, 'prototype') === prototype;
}

/**
 * A member; `undefined` where there is none, or where it throws.
 *
 * @param {unknown} object
 * @param {PropertyKey} name
 * @returns {unknown}
 */
export function part(object, name) {
  try {
    return member(object, name);
  } catch {
    return undefined;
  }
}

/**
 * A member that the object has itself, or its class; `undefined` where there is none. What it
 * inherits otherwise is not asked for.
 *
 * @param {object} object
 * @param {PropertyKey} name
 * @param {Failure} [failure]
 * @returns {unknown}
 */
export function ownMember(object, name, failure = asItIs) {
  try {
    const holder = holderOf(object, name);
    const has = isObject(holder) ? isOfClass(holder) : holder === 'own';
    return has ? Reflect.get(object, name) : undefined;
  } catch (thrown) {
    throw failure(thrown);
  }
}

// In place of no prototype: V8 keeps the members of an object without one in a dictionary, which is slow.
/** @type {new () => object} */
const Bare = /** @type {any} */ (function Bare() {});
Bare.prototype = Object.freeze(Object.create(null));

/**
 * The same members as those of an object that inherits none: what is not there is `undefined`, whatever
 * `Object.prototype` has. For our own objects whose members may be missing.
 *
 * @template {object} T
 * @param {T} members
 * @returns {T}
 */
export function bare(members) {
  return Object.assign(new Bare(), members);
}

/**
 * Calls a method.
 *
 * @param {unknown} object
 * @param {PropertyKey} method
 * @param {readonly unknown[]} [values]
 * @param {Failure} [failure]
 * @returns {unknown}
 */
export function call(object, method, values = [], failure = asItIs) {
  try {
    return Reflect.apply(/** @type {Function} */ (member(object, method)), object, values);
  } catch (thrown) {
    throw failure(thrown);
  }
}

/**
 * The names of an object's own members, symbols aside.
 *
 * @param {object} object
 * @param {Failure} [failure]
 */
export function keys(object, failure = asItIs) {
  return attempt(() => Object.keys(object), failure);
}

/**
 * @param {unknown} value
 * @returns {value is object}
 */
export function isObject(value) {
  return typeof value === 'object' && value !== null;
}

/**
 * @param {unknown} value
 * @returns {value is Function}
 */
export function isFunction(value) {
  return typeof value === 'function';
}

/**
 * Whether it is an array. To ask a revoked proxy throws: it is none.
 *
 * @param {unknown} value
 * @returns {value is unknown[]}
 */
export function isArray(value) {
  try {
    return Array.isArray(value);
  } catch {
    return false;
  }
}

/**
 * Whether it is a promise, of any kind: an `await` was forgotten.
 *
 * @param {unknown} value
 */
export function isPromise(value) {
  return isObject(value) && isFunction(part(value, 'then'));
}

/**
 * Whether it is an object whose own members are what it holds. A Map, a Headers and a promise hold
 * something else, which would be ignored.
 *
 * @param {unknown} value
 * @returns {value is object}
 */
export function isPlain(value) {
  return isObject(value) && !isFunction(part(value, Symbol.iterator)) && !isPromise(value);
}

// What a value is only called where this is what it calls itself: that text may be anything.
const KINDS =
  /^(?:Map|Set|WeakMap|Headers|URLSearchParams|FormData|Date|RegExp|Blob|File|Request|Response|CryptoKey)$/;

/**
 * What a value is, for the end of a sentence; of some with what to do. A promise may reject once it is
 * refused: nobody awaits it then.
 *
 * @param {unknown} value
 */
export function kindOf(value) {
  if (value === undefined) return message('undefined');
  if (value === null) return message('null');
  if (isPromise(value)) {
    ignore(value);
    return message('a promise; await it');
  }
  if (isArray(value)) return message('an array');
  if (typeof value !== 'object') return message('a {}', typeof value);
  const kind = ownKind(value);
  if (KINDS.test(kind)) return message('a {}', kind);
  return isFunction(part(value, 'get'))
    ? message('an object with get(), as a secret of Workers is; await its get()')
    : message('an object');
}

/**
 * @param {object} value
 */
function ownKind(value) {
  try {
    return Object.prototype.toString.call(value).slice(8, -1);
  } catch {
    return '';
  }
}

// How long a string may be, in characters, where no other limit is named: longer than any value of the
// protocol, or key file. The limit is checked before anything is copied.
export const MOST_TEXT = 65_536;

/**
 * A string that can be written as UTF-8: half of a surrogate pair would silently become another
 * character.
 *
 * @param {unknown} value
 * @param {(problem: import('./message.mjs').Message) => unknown} refused makes the error that is thrown
 * @param {number} [most] how many characters it may have
 */
export function text(value, refused, most = MOST_TEXT) {
  if (typeof value !== 'string') throw refused(message('must be a string, not {}', kindOf(value)));
  if (value.length > most) throw refused(message('has more than {} characters', most));
  if (/\p{Surrogate}/u.test(value)) {
    throw refused(
      message('contains half of a surrogate pair; strings must be well-formed Unicode'),
    );
  }
  return value;
}

/**
 * A string with U+FFFD for each half of a surrogate pair, as UTF-8 would have it.
 *
 * @param {string} string
 */
export function wellFormed(string) {
  return string.replace(/\p{Surrogate}/gu, '\ufffd');
}

/**
 * Whether it is a typed array or a DataView, of any realm.
 *
 * @param {unknown} value
 * @returns {value is ArrayBufferView}
 */
export function isView(value) {
  return ArrayBuffer.isView(value);
}

/**
 * The bytes under a typed array or DataView, of any realm, without a copy; `undefined` where it is
 * something else.
 *
 * @param {unknown} value
 * @param {Failure} [failure] for a view of a detached buffer
 */
export function viewedBytes(value, failure = asItIs) {
  return isView(value) ? attempt(() => overView(value), failure) : undefined;
}

/**
 * The bytes of an ArrayBuffer, typed array or DataView, of any realm, without a copy; `undefined`
 * where it is something else.
 *
 * @param {unknown} value
 * @param {Failure} [failure] for a view of a detached buffer
 */
export function bytesOf(value, failure = asItIs) {
  return viewedBytes(value, failure) ?? (isObject(value) ? overBuffer(value) : undefined);
}

// What a view says of itself comes from the getters of its class: members of its own could say
// anything. Each getter checks that it was given such a view.
/**
 * @param {ArrayBufferView} view
 */
function overView(view) {
  const { kind, ofTypedArray, ofDataView } = viewGetters();
  const isTypedArray = Reflect.apply(kind, view, []) !== undefined;
  const [buffer, byteOffset, byteLength] = (isTypedArray ? ofTypedArray : ofDataView).map((get) =>
    Reflect.apply(get, view, []),
  );
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function viewGetters() {
  if (getters === undefined) {
    const typedArray = getPrototypeOf(Uint8Array.prototype);
    const names = ['buffer', 'byteOffset', 'byteLength'];
    getters = {
      kind: getterOf(typedArray, Symbol.toStringTag),
      ofTypedArray: names.map((name) => getterOf(typedArray, name)),
      ofDataView: names.map((name) => getterOf(DataView.prototype, name)),
    };
  }
  return getters;
}

/** @type {{ kind: Function, ofTypedArray: Function[], ofDataView: Function[] } | undefined} */
let getters;

/**
 * @param {object} prototype
 * @param {PropertyKey} name
 * @returns {Function}
 */
function getterOf(prototype, name) {
  return /** @type {any} */ (Object.getOwnPropertyDescriptor(prototype, name)).get;
}

/**
 * @param {object} value
 */
function overBuffer(value) {
  try {
    // Throws for what is no ArrayBuffer, and for one that is detached.
    return overView(new DataView(/** @type {ArrayBuffer} */ (value)));
  } catch {
    return undefined;
  }
}

/**
 * The items of what can be iterated, of which at most `most` are taken; `undefined` where it cannot
 * be iterated.
 *
 * @param {unknown} iterable
 * @param {number} most
 * @param {Failure} [failure]
 * @returns {unknown[] | undefined}
 */
export function items(iterable, most, failure = asItIs) {
  const begin = part(iterable, Symbol.iterator);
  if (!isFunction(begin)) return undefined;
  return attempt(() => {
    const iterator = Reflect.apply(begin, iterable, []);
    const taken = [];
    while (taken.length < most) {
      const step = call(iterator, 'next');
      if (member(step, 'done')) break;
      taken.push(member(step, 'value'));
    }
    return taken;
  }, failure);
}

/**
 * The iterator over what can be iterated asynchronously; `undefined` where it cannot be.
 *
 * @param {unknown} iterable
 * @param {Failure} [failure]
 * @returns {unknown} on which nothing is checked
 */
export function asyncIterator(iterable, failure = asItIs) {
  const begin = part(iterable, Symbol.asyncIterator);
  if (!isFunction(begin)) return undefined;
  return attempt(() => {
    const iterator = Reflect.apply(begin, iterable, []);
    // An async function gives a promise in place of an iterator.
    ignore(iterator);
    return iterator;
  }, failure);
}

/**
 * A promise of our own for a value that may be one. `Promise.resolve` would return a promise as it
 * is, after asking for its `constructor`, which may throw.
 *
 * @param {unknown} value
 * @returns {Promise<unknown>}
 */
export function promiseOf(value) {
  return new Promise((resolve) => resolve(value));
}

/**
 * Lets what may be a promise, which nobody awaits, reject without an unhandled rejection: that would
 * end the process.
 *
 * @param {unknown} value
 */
export function ignore(value) {
  if (isObject(value)) promiseOf(value).catch(() => {});
}

/**
 * Lets what may be a stream of node fail where nobody reads it: an error that nobody hears would end
 * the process.
 *
 * @param {unknown} stream
 */
export function hearErrors(stream) {
  // Asked first, since most are none: to make an error takes as long as all the rest.
  const on = isObject(stream) && part(stream, 'on');
  if (!isFunction(on)) return;
  try {
    ignore(Reflect.apply(on, stream, ['error', () => {}]));
  } catch {
    // It is none.
  }
}
