// Serializes the body of a chain call once. The client signs and sends these bytes.

import { ignore } from './client/foreign.mjs';
import { message } from './client/message.mjs';
import { ValidationError } from './errors.mjs';

/**
 * Returns the JSON text of `value`. It rejects values that JSON would change. A member that is
 * undefined is left out.
 */
export function writeJson(value) {
  let text;
  try {
    text = JSON.stringify(value, refusingLosses());
  } catch (cause) {
    if (cause instanceof ValidationError) throw cause;
    throw refused(
      'json',
      message('cannot be written as JSON: it refers to itself, or throws'),
      cause,
    );
  }
  if (!/^[{[]/.test(text)) {
    throw refused(
      'json',
      message('must be an object, which is written as JSON here, once: not text, and not null'),
    );
  }
  return text;
}

/** What JSON.stringify calls with each value. It keeps the way to the value, for the error. */
function refusingLosses() {
  const way = [];
  // `this` is the object or array that contains the value.
  return function refuseLosses(key, value) {
    while (way.length > 0 && way.at(-1).value !== this) way.pop();
    const isAbove = typeof value === 'object' && way.some((each) => each.value === value);
    way.push({ holder: this, key, value });
    const loss =
      isAbove && value !== null
        ? message('an object that it is part of')
        : lossIn(this, key, value);
    if (loss !== undefined) {
      const { path, isWhole } = pathOf(way);
      throw refused(
        path,
        isWhole
          ? message('cannot be written as JSON: it is {}', loss)
          : message('cannot be written as JSON: a member of it is {}', loss),
      );
    }
    return value;
  };
}

// The way begins with the value itself, in a holder of JSON.stringify's own. What does not look like a
// name may be a secret: the path ends before it.
function pathOf([, ...way]) {
  let path = 'json';
  for (const { holder, key } of way) {
    if (Array.isArray(holder)) path += `[${key}]`;
    else if (isName(key)) path += `.${key}`;
    else return { path, isWhole: false };
  }
  return { path, isWhole: true };
}

// WeChat Pay's own names may be longer than others: words between underscores.
function isName(key) {
  return /^\w{1,24}$|^(?=.{1,64}$)[a-z]+(?:_[a-z\d]+)+$/.test(key);
}

function lossIn(holder, key, value) {
  if (value === undefined && Array.isArray(holder)) {
    return message('undefined, which an array has no room for');
  }
  const loss = lossOf(value) ?? lossOf(key);
  if (loss !== undefined) return loss;
  // What JSON.stringify called a toJSON of.
  const before = holder[key];
  if (value === null && kindOf(before) === 'Date') return message('a Date that is no moment');
  // A Buffer's makes an object. That of a class of the caller's may make text.
  return ArrayBuffer.isView(before) && typeof value === 'object' ? BYTES : undefined;
}

// JSON.stringify writes it as an escape, which WeChat Pay's parser may refuse or replace.
const HALF = /\p{Surrogate}/u;

const BYTES = message('bytes; give text, such as their base64');

function lossOf(value) {
  switch (typeof value) {
    case 'string':
      return HALF.test(value)
        ? message('not well-formed Unicode: it contains half of a surrogate pair')
        : undefined;
    case 'bigint':
      return message('a BigInt; give text, or a Number where WeChat Pay takes one');
    case 'number':
      return Number.isFinite(value) ? undefined : message('no finite number');
    case 'function':
    case 'symbol':
      return message('a {}', typeof value);
    case 'object':
      return value === null || Array.isArray(value) ? undefined : lossOfObject(value);
    default:
      return undefined;
  }
}

function lossOfObject(value) {
  if (typeof value.then === 'function') {
    // It may reject later, and nobody awaits it.
    ignore(value);
    return message('a promise; await it');
  }
  const kind = kindOf(value);
  if (kind === 'Number') return lossOf(Number(value));
  if (kind === 'BigInt') return lossOf(0n);
  if (kind === 'String') return lossOf(String(value));
  if (ArrayBuffer.isView(value) || kind.endsWith('ArrayBuffer')) return BYTES;
  if (value instanceof Error || kind === 'Error') return message('an Error; give its message');
  // What such a one is, is in no member of its own, even where it has some.
  if (LOST.includes(kind)) return message('a {}, which JSON writes as an empty object', kind);
  if (kind === 'Boolean') return undefined;
  if (Symbol.iterator in value) {
    return message('a Map, a Set or another iterable, not a plain object or an array');
  }
  return isLost(value, kind)
    ? message('an object that JSON writes as an empty one: its members are hidden')
    : undefined;
}

const LOST = ['Blob', 'Date', 'File', 'RegExp', 'Symbol', 'WeakMap', 'WeakSet'];

// An object of a class may have all that it is in private fields and getters.
function isLost(value, kind) {
  if (Object.keys(value).length > 0) return false;
  const prototype = Object.getPrototypeOf(value);
  const isPlain = prototype === null || Object.getPrototypeOf(prototype) === null;
  return !isPlain || (kind !== 'Object' && kind !== 'Module');
}

function kindOf(value) {
  return Object.prototype.toString.call(value).slice(8, -1);
}

function refused(field, problem, cause) {
  return new ValidationError(message('{}: {}', field, problem), {
    code: 'ERR_PARAM',
    field,
    cause,
  });
}
