// The error classes. What an error says and carries is decided in Rust (`src/error.rs`); which class
// it is of, so that `instanceof` works, is decided here.

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

const classes = { ConfigError, ValidationError, ApiError, VerificationError, TransportError };

// On the prototype and by hand: a class's own name does not survive a minifier.
for (const [name, value] of Object.entries({ WechatpayError, ...classes })) {
  Object.defineProperty(value.prototype, 'name', {
    value: name,
    writable: true,
    configurable: true,
  });
}

/** What the Wasm calls to make an error. */
export function makeError(name, message, fields, cause) {
  return new classes[name](message, { ...fields, cause });
}

/**
 * What a host's error says, without what it holds: a `fetch` may hang the whole request on its
 * error, the Authorization header with it, and `inspect` would print it.
 */
function bare(thrown, depth = 0) {
  if (typeof thrown === 'string') return redacted(thrown);
  if ((typeof thrown !== 'object' && typeof thrown !== 'function') || thrown === null) {
    return thrown;
  }
  try {
    return bareError(thrown, depth);
  } catch {
    // A getter of its own that throws: there is nothing to be had from it.
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
  // Node's own stand two deep: TypeError "fetch failed", then ECONNREFUSED for each address.
  if (cause !== undefined && depth < 3) hide('cause', bare(cause, depth + 1));
  if (Array.isArray(errors) && depth < 3) {
    hide(
      'errors',
      errors.slice(0, 8).map((each) => bare(each, depth + 1)),
    );
  }
  return error;
}

// A PEM to its end, however it is cut; an Authorization header to its last field, however it is
// folded; and a signature by itself, wrapped or percent-encoded (344 characters with 2048 bits).
const secrets = [
  /-----BEGIN[\s\S]*/g,
  /WECHATPAY2-SHA256-RSA2048[\s\S]*?(?:serial_no=\\*"[^"\\]*\\*"|$)/g,
  /(?:[\w+/=-]|%2[BF]|%3D|\\\/|\s(?=[\w+/]{40})){300,}/gi,
];

/** Text without what looks like a key, an Authorization header or a signature. */
function redacted(text) {
  return secrets.reduce((rest, secret) => rest.replace(secret, '[redacted]'), String(text));
}
