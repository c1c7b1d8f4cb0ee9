// The error classes, for `instanceof`. Rust decides an error's message and fields (`src/error/`).

import { member } from './client/foreign.mjs';
import { harmless } from './redaction.mjs';

// One process may have several copies of this package: nested in node_modules, bundled and not. Each
// knows the errors of the others by the name under this symbol, which their prototypes have.
const BRAND = Symbol.for('wechatpay-wasm.error');

// What the errors about a notification's request have, so that those of a handler's own calls, which name
// a field of the same name, are told from them. Other copies of this package know it, too.
const OF_REQUEST = Symbol.for('wechatpay-wasm.notification');

/** Marks an error of notification(). */
export function markOfRequest(error) {
  if (error instanceof ValidationError) {
    Object.defineProperty(error, OF_REQUEST, { __proto__: null, value: true });
  }
  return error;
}

/** Whether it is an error about a notification's request. */
export function isOfRequest(error) {
  return error instanceof ValidationError && member(error, OF_REQUEST) === true;
}

/** Errors that no caller has been given yet. */
const made = new WeakSet();

/** Leaves an error as its caller made it. */
export function leave(error) {
  made.delete(error);
}

/** Whether it is an error that nobody has been given yet. From then on it is not. */
export function isNew(error) {
  return made.delete(error);
}

export class WechatpayError extends Error {
  constructor(message, given) {
    // Without a prototype: `Object.prototype` may have anything.
    const { cause, ...fields } = { __proto__: null, ...given };
    super(message, cause === undefined ? undefined : { cause: harmless(cause) });
    Object.assign(this, fields);
    made.add(this);
  }

  toJSON() {
    const { name, message } = this;
    return { name, message, ...this };
  }
}

export class ConfigError extends WechatpayError {}
export class ValidationError extends WechatpayError {}
export class ApiError extends WechatpayError {}
export class VerificationError extends WechatpayError {}
export class TransportError extends WechatpayError {}
export class InternalError extends WechatpayError {}

const classes = {
  ConfigError,
  ValidationError,
  ApiError,
  VerificationError,
  TransportError,
  InternalError,
};

// What each class has besides its message, undefined where the core gives nothing.
const fieldsOf = {
  ConfigError: ['code', 'option'],
  ValidationError: ['code', 'field'],
  ApiError: ['code', 'status', 'detail', 'requestId', 'verified', 'retryable'],
  VerificationError: ['code', 'status', 'requestId'],
  TransportError: ['code', 'attempts', 'sent', 'host', 'reason'],
};

// The names are set explicitly, since a minifier renames classes.
const names = new Map(
  Object.entries({ WechatpayError, ...classes }).map(([name, value]) => [value, name]),
);

for (const [{ prototype }, value] of names) {
  Object.defineProperties(prototype, {
    __proto__: null,
    name: { __proto__: null, value, writable: true, configurable: true },
    [BRAND]: { __proto__: null, value },
  });
}

Object.defineProperty(WechatpayError, Symbol.hasInstance, { __proto__: null, value: hasInstance });

// `this` is a class of ours, or one that a caller derived from it, which has no name here. The value may be
// any object, one that throws among them.
function hasInstance(value) {
  try {
    if (Function.prototype[Symbol.hasInstance].call(this, value)) return true;
    const brand = names.has(this) && typeof value === 'object' ? member(value, BRAND) : undefined;
    const found = [...names].find(([, name]) => name === brand);
    return found !== undefined && (this === WechatpayError || this === found[0]);
  } catch {
    return false;
  }
}

/**
 * Makes an error of what the core says of it.
 *
 * @param {{ class: keyof typeof fieldsOf, message: string, [field: string]: any }} said
 * @param {unknown} [cause] what the host threw; with an `inner` error, it is the cause of that
 */
export function makeError(said, cause) {
  const fields = fieldsOf[said.class].map((field) => [
    field,
    Object.hasOwn(said, field) ? said[field] : undefined,
  ]);
  const { inner } = { __proto__: null, ...said };
  if (inner === undefined) {
    return new classes[said.class](said.message, { ...Object.fromEntries(fields), cause });
  }
  // Our own error is harmless already, and stays an error of its class.
  return Object.defineProperty(
    new classes[said.class](said.message, Object.fromEntries(fields)),
    'cause',
    { __proto__: null, value: makeError(inner, cause), writable: true, configurable: true },
  );
}
