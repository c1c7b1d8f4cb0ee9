// The error classes, for `instanceof`. Rust decides an error's message and fields (`src/error/`).

export class WechatpayError extends Error {
  constructor(message, { cause, ...fields } = {}) {
    super(message, cause === undefined ? undefined : { cause: bare(cause) });
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
  TransportError: ['code', 'attempts'],
};

// Sets the names explicitly, since a minifier renames classes.
for (const [name, value] of Object.entries({ WechatpayError, ...classes })) {
  Object.defineProperty(value.prototype, 'name', {
    value: name,
    writable: true,
    configurable: true,
  });
}

/**
 * Makes an error of what the core says of it.
 *
 * @param {{ class: keyof typeof fieldsOf, message: string, [field: string]: any }} said
 * @param {unknown} [cause] what the host threw
 */
export function makeError(said, cause) {
  const fields = fieldsOf[said.class].map((field) => [field, said[field]]);
  return new classes[said.class](said.message, { ...Object.fromEntries(fields), cause });
}

/**
 * Copies the harmless parts of a runtime's error. A `fetch` may attach the complete request to its
 * error, including the Authorization header, and `inspect` would print it.
 */
function bare(thrown, depth = 0) {
  if (typeof thrown === 'string') return redacted(thrown);
  if ((typeof thrown !== 'object' && typeof thrown !== 'function') || thrown === null) {
    return thrown;
  }
  try {
    return bareError(thrown, depth);
  } catch {
    // A getter of the error throws.
    return new Error('an error that cannot be read');
  }
}

function bareError({ name, message, stack, code, cause, errors }, depth) {
  const error = new Error(redacted(message));
  const hide = (key, value) =>
    Object.defineProperty(error, key, { value, writable: true, configurable: true });
  hide('name', redacted(name ?? 'Error'));
  hide('stack', redacted(stack ?? message));
  if (typeof code === 'number' || /^[\w.-]{1,64}$/.test(code)) error.code = code;
  // Node's errors have two levels: TypeError "fetch failed", then ECONNREFUSED for each address.
  if (cause !== undefined && depth < 3) hide('cause', bare(cause, depth + 1));
  if (Array.isArray(errors) && depth < 3) {
    hide(
      'errors',
      errors.slice(0, 8).map((each) => bare(each, depth + 1)),
    );
  }
  return error;
}

// Matches a PEM to its end, even if it is cut off; an Authorization header to its last field, even
// if it is folded; and a signature alone, wrapped or percent-encoded (344 characters
// for 2048 bits).
const secrets = [
  /-----BEGIN[\s\S]*/g,
  /WECHATPAY2-SHA256-RSA2048[\s\S]*?(?:serial_no=\\*"[^"\\]*\\*"|$)/g,
  /(?:[\w+/=-]|%2[BF]|%3D|\\\/|\s(?=[\w+/]{40})){300,}/gi,
];

/** Removes everything that looks like a key, an Authorization header or a signature. */
function redacted(text) {
  return secrets.reduce((rest, secret) => rest.replace(secret, '[redacted]'), String(text));
}
