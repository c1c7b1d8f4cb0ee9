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
  Object.defineProperty(value.prototype, 'name', { value: name, writable: true, configurable: true });
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
  if (typeof thrown !== 'object' || thrown === null) {
    return thrown;
  }
  const { name, message, stack, code, cause, errors } = thrown;
  const error = new Error(String(message));
  Object.defineProperty(error, 'name', { value: String(name ?? 'Error'), configurable: true });
  Object.defineProperty(error, 'stack', { value: String(stack ?? message), configurable: true });
  if (typeof code === 'string' || typeof code === 'number') {
    error.code = code;
  }
  // Node's own stand two deep: TypeError "fetch failed", then ECONNREFUSED for each address.
  if (cause !== undefined && depth < 3) {
    Object.defineProperty(error, 'cause', { value: bare(cause, depth + 1), configurable: true });
  }
  if (Array.isArray(errors) && depth < 3) {
    const all = errors.map((each) => bare(each, depth + 1));
    Object.defineProperty(error, 'errors', { value: all, configurable: true });
  }
  return error;
}
