import type { ErrorCode } from './api.js';

/**
 * The base class of every error of this package. No message, property or stack contains a secret.
 *
 * Its stack begins at the line of your program that called. `instanceof` also recognises the errors of another
 * copy of the package in the same process: nested `node_modules`, bundles and `jest.resetModules()` make copies.
 *
 * Its message is in the language of the client's `locale`. The codes are the same in each:
 *
 * {@codes}
 *
 * @example
 * ```ts
 * if (error instanceof WechatpayError) log(error.code, error.message);
 * ```
 */
export class WechatpayError extends Error {
  protected constructor();
  /** A stable code that your program can compare. It is the same in every language. */
  readonly code: string;
  /**
   * The address of the page about this error, in the language of its message: causes, what to do, and WeChat
   * Pay's document where there is one.
   */
  readonly docs: string;
  /**
   * The error of the runtime, if there was one. Only its name, message, stack, code and causes remain. If a
   * download of certificates failed ({@link ConfigError} for `certs`), it is the error of that download.
   */
  readonly cause?: unknown;
  /** Returns the error's name, message and fields, without its stack and cause. */
  toJSON(): Record<string, unknown>;
}

/**
 * An option of the client is unusable, or the runtime lacks something. Nothing was sent, unless the
 * message says otherwise.
 *
 * With `certs: 'auto'`, a call may need platform certificates that cannot be downloaded. `option` is then
 * `certs`, and `cause` is the {@link ApiError}, {@link TransportError} or {@link VerificationError} of the
 * download.
 *
 * @example
 * ```ts
 * if (error instanceof ConfigError) console.error(`option ${error.option}: ${error.message}`);
 * ```
 */
export class ConfigError extends WechatpayError {
  protected constructor();
  readonly code: 'ERR_CONFIG';
  /** The option's name, or what the runtime lacks: `WebAssembly`, `TextDecoder`, `fetch`, `crypto`. */
  readonly option: string;
}

/**
 * A parameter is missing, unknown or outside its limits. Nothing was sent.
 *
 * Or the request of a notification cannot be used: `field` is then `request`, `headers` or `body`.
 *
 * @example
 * ```ts
 * if (error instanceof ValidationError) return reply.status(400).send({ field: error.field });
 * ```
 */
export class ValidationError extends WechatpayError {
  protected constructor();
  readonly code: 'ERR_PARAM';
  /** The parameter's name. */
  readonly field: string;
}

/**
 * WeChat Pay responded with an error. The codes are described at
 * https://pay.weixin.qq.com/doc/v3/merchant/4012076498
 *
 * @example
 * ```ts
 * if (error instanceof ApiError && error.retryable) await again();
 * ```
 */
export class ApiError extends WechatpayError {
  protected constructor();
  /**
   * WeChat Pay's code (`PARAM_ERROR`, `SIGN_ERROR` …). If there is none: `HTTP_502` and similar. If the
   * response is a page of a proxy or gateway, the message shows its content type and its first words.
   */
  readonly code: ErrorCode;
  /** The HTTP status, 400 to 599. */
  readonly status: number;
  /** WeChat Pay's `detail`, unchanged; `undefined` if there is none. */
  readonly detail: unknown;
  /** The response's `Request-ID`, for WeChat Pay's support. */
  readonly requestId: string | undefined;
  /**
   * Whether the response was signed, with a valid signature. An invalid signature is a
   * {@link VerificationError} instead.
   */
  readonly verified: boolean;
  /**
   * Whether you may send the same request again after a pause: a 429; or a 5xx with `SYSTEM_ERROR`,
   * with `SERVICE_UNAVAILABLE` or without a code.
   */
  readonly retryable: boolean;
}

/**
 * A response, a downloaded file or a notification is not verified to be from WeChat Pay.
 *
 * The request may have been carried out: query its state before you repeat it. Do not use the file.
 * Do not act on the notification.
 *
 * @example
 * ```ts
 * const isProbe = error instanceof VerificationError && error.code === 'ERR_SIGNATURE_PROBE';
 * if (error instanceof VerificationError && !isProbe) alert(error.code, error.requestId);
 * ```
 */
export class VerificationError extends WechatpayError {
  protected constructor();
  /**
   * {@codes VerificationError}
   */
  readonly code:
    | 'ERR_SIGNATURE_MISSING'
    | 'ERR_SIGNATURE_INVALID'
    | 'ERR_SIGNATURE_PROBE'
    | 'ERR_TIMESTAMP_SKEW'
    | 'ERR_SERIAL_UNKNOWN'
    | 'ERR_HASH_MISMATCH';
  /** The HTTP status of the rejected response; `undefined` for a notification. */
  readonly status: number | undefined;
  /** The `Request-ID` of the response or notification. It is not verified either. */
  readonly requestId: string | undefined;
}

/**
 * There is no usable response. The request may have been carried out, unless `sent` is false.
 *
 * @example
 * ```ts
 * if (error instanceof TransportError && error.code === 'ERR_TIMEOUT') await queryState();
 * ```
 */
export class TransportError extends WechatpayError {
  protected constructor();
  /**
   * {@codes TransportError}
   */
  readonly code:
    | 'ERR_NETWORK'
    | 'ERR_TIMEOUT'
    | 'ERR_REDIRECT'
    | 'ERR_RESPONSE_TOO_LARGE'
    | 'ERR_RESPONSE_INVALID'
    | 'ERR_TOO_MANY_NOTIFICATIONS';
  /** The number of attempts, including attempts that could not be sent. */
  readonly attempts: number;
  /**
   * Whether the request may have been sent. It is false only where it is certain that nothing of it was:
   * then it may be repeated, whatever it does.
   */
  readonly sent: boolean;
  /** With `ERR_NETWORK`: the origin that the last attempt was sent to. */
  readonly host: string | undefined;
  /** With `ERR_NETWORK`: the runtime's short word for the reason, such as `ECONNREFUSED`, if it has one. */
  readonly reason: string | undefined;
}

/**
 * The package failed within, for example after a stack overflow in the middle of a call. This call has no
 * result. If its request was sent, it may have been carried out: query its state before you repeat it. The next
 * call works.
 *
 * @example
 * ```ts
 * if (error instanceof InternalError) console.error(error.message, error.cause);
 * ```
 */
export class InternalError extends WechatpayError {
  protected constructor();
  readonly code: 'ERR_INTERNAL';
}
