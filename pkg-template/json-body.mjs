// Serializes the body of a chain call once. The client signs and sends these bytes.

import { ValidationError } from './errors.mjs';

/**
 * Returns the JSON text of `value`. It rejects values that JSON would change. A member that is
 * undefined is left out.
 */
export function writeJson(value) {
  let text;
  try {
    text = JSON.stringify(value, refuseLosses);
  } catch (cause) {
    if (cause instanceof ValidationError) throw cause;
    throw refused('cannot be written as JSON: it refers to itself, or throws', cause);
  }
  if (!/^[{[]/.test(text)) {
    throw refused('must be an object, which is written as JSON here, once: not text, and not null');
  }
  return text;
}

// `this` is the object or array that contains the value.
function refuseLosses(key, value) {
  const isHole = value === undefined && Array.isArray(this);
  const loss = isHole ? 'undefined, which an array has no room for' : lossOf(value);
  if (loss === undefined) return value;
  const member = /^\w{1,40}$/.test(key) ? `its member ${key}` : 'it, or a member of it,';
  throw refused(`cannot be written as JSON: ${member} is ${loss}`);
}

function lossOf(value) {
  switch (typeof value) {
    case 'bigint':
      return 'a BigInt; give text, or a Number where WeChat Pay takes one';
    case 'number':
      return Number.isFinite(value) ? undefined : 'no finite number';
    case 'function':
    case 'symbol':
      return `a ${typeof value}`;
    case 'object':
      if (value === null || Array.isArray(value)) return undefined;
      if (value instanceof Number) return lossOf(Number(value));
      if (typeof value.then === 'function') return 'a promise; await it';
      if (Symbol.iterator in value) return 'a Map, a Set or bytes, not a plain object';
      return isLost(value) ? 'an object that JSON writes as {}, such as a RegExp' : undefined;
    default:
      return undefined;
  }
}

// A RegExp, an ArrayBuffer, a Blob, an Error: what they are is not in members of their own.
function isLost(value) {
  const kind = Object.prototype.toString.call(value);
  return !KEPT.includes(kind) && Object.keys(value).length === 0;
}

const KEPT = ['Object', 'Number', 'String', 'Boolean', 'Module'].map((kind) => `[object ${kind}]`);

function refused(problem, cause) {
  return new ValidationError(`json: ${problem}`, { code: 'ERR_PARAM', field: 'json', cause });
}
