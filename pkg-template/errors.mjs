// The error classes, for `instanceof`. Rust decides an error's message and fields (`src/error/`).

import { harmless } from './redaction.mjs';

export class WechatpayError extends Error {
  constructor(message, given) {
    // Without a prototype: `Object.prototype` may have anything.
    const { cause, ...fields } = { __proto__: null, ...given };
    super(message, cause === undefined ? undefined : { cause: harmless(cause) });
    Object.assign(this, fields);
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

// Sets the names explicitly, since a minifier renames classes.
for (const [name, value] of Object.entries({ WechatpayError, ...classes })) {
  Object.defineProperty(value.prototype, 'name', {
    __proto__: null,
    value: name,
    writable: true,
    configurable: true,
  });
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
