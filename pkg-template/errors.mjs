// The error classes, for `instanceof`. Rust decides an error's message and fields (`src/error/`).

import { isArray, isObject, member } from './client/foreign.mjs';
import { hostLocale } from './client/locale.mjs';
import { textIn } from './client/message.mjs';
import { pages, site } from './message-tables.mjs';
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

/** What an error of ours says, for another language. */
const messages = new WeakMap();

function shown(message, code, locale) {
  return textIn(message, locale) ?? String(code);
}

/** Puts an error, and the one of ours that caused it, into a language. */
export function translate(error, locale) {
  const said = isObject(error) ? messages.get(error) : undefined;
  if (said === undefined) return;
  const { message, stack, cause } = error;
  error.docs = pageOf(error, locale);
  const text = shown(said, error.code, locale);
  if (text !== message) {
    const hide = (name, value) =>
      Object.defineProperty(error, name, {
        __proto__: null,
        value,
        writable: true,
        configurable: true,
      });
    hide('message', text);
    // Some engines put the error itself into the first line.
    if (typeof stack === 'string')
      hide(
        'stack',
        stack.replace(message, () => text),
      );
  }
  translate(cause, locale);
}

/** The page about an error: of its option, or else of its code, or else of all errors. */
function pageOf({ code, option }, locale) {
  const known = pages.split(' ');
  const page = [`${code}-${option}`, String(code)].find((name) => known.includes(name));
  const folder = `${site}${locale === 'zh-CN' ? 'zh' : 'en'}/errors/`;
  return page === undefined ? folder : `${folder}${page}.html`;
}

export class WechatpayError extends Error {
  /** `message` is a text, or a message for all languages. */
  constructor(message, given, locale = hostLocale()) {
    // Without a prototype: `Object.prototype` may have anything.
    const { cause, ...fields } = { __proto__: null, ...given };
    const isText = !isArray(message);
    super(
      isText ? message : shown(message, fields.code, locale),
      cause === undefined ? undefined : { cause: harmless(cause) },
    );
    if (!isText) messages.set(this, message);
    Object.assign(this, fields);
    this.docs = pageOf(fields, locale);
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
 * @param {{ class: keyof typeof fieldsOf, message: import('./client/message.mjs').Message, [field: string]: any }} said
 * @param {unknown} [cause] what the host threw; with an `inner` error, it is the cause of that
 * @param {import('./client/message.mjs').Locale} [locale]
 */
export function makeError(said, cause, locale) {
  const fields = fieldsOf[said.class].map((field) => [
    field,
    Object.hasOwn(said, field) ? said[field] : undefined,
  ]);
  const { inner } = { __proto__: null, ...said };
  if (inner === undefined) {
    return new classes[said.class](said.message, { ...Object.fromEntries(fields), cause }, locale);
  }
  // Our own error is harmless already, and stays an error of its class.
  return Object.defineProperty(
    new classes[said.class](said.message, Object.fromEntries(fields), locale),
    'cause',
    { __proto__: null, value: makeError(inner, cause, locale), writable: true, configurable: true },
  );
}
