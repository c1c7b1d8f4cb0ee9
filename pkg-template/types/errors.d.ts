/**
 * What every error of this package is. No message, property or stack holds a secret.
 *
 * @example
 * ```ts
 * if (error instanceof WechatpayError) log(error.code, error.message);
 * ```
 */
export class WechatpayError extends Error {
  protected constructor();
  /** Stable: compare it. */
  readonly code: string;
  /** What the host failed with, where it did: its name, message, stack, code and causes alone. */
  readonly cause?: unknown;
  /** The error's name, message and fields; neither stack nor cause. */
  toJSON(): Record<string, unknown>;
}

/**
 * The client was given something unusable, or the host lacks something. Nothing was sent, but where
 * the message says otherwise.
 *
 * @example
 * ```ts
 * if (error instanceof ConfigError) console.error(`fix the option ${error.option}: ${error.message}`);
 * ```
 */
export class ConfigError extends WechatpayError {
  protected constructor();
  readonly code: 'ERR_CONFIG';
  /** The option's name. */
  readonly option: string;
}

/**
 * A parameter is missing or breaks its limits. Nothing was sent. Or a notification's request is of no
 * use: `field` is `request`, `headers` or `body`.
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
 * WeChat Pay responded with an error.
 *
 * @example
 * ```ts
 * if (error instanceof ApiError && error.retryable) await again();
 * ```
 */
export class ApiError extends WechatpayError {
  protected constructor();
  /** As WeChat Pay gave it (`PARAM_ERROR`, `SIGN_ERROR` …); `HTTP_502` and the like where it gave none. */
  readonly code: string;
  /** The HTTP status, 400 to 599. */
  readonly status: number;
  /** WeChat Pay's `detail`, as it came. */
  readonly detail: unknown;
  /** The response's `Request-ID`, for WeChat Pay's support. */
  readonly requestId: string | undefined;
  /** Whether the response was signed. One whose signature does not hold is a {@link VerificationError}. */
  readonly verified: boolean;
  /** Whether the same request is worth sending again after a pause. */
  readonly retryable: boolean;
}

/**
 * It cannot be shown that a response is WeChat Pay's, or a notification. The request that was responded to
 * may have been carried out: query its state before you repeat it. The notification must not be acted
 * on.
 *
 * @example
 * ```ts
 * if (error instanceof VerificationError) alert(error.code, error.requestId);
 * ```
 */
export class VerificationError extends WechatpayError {
  protected constructor();
  readonly code:
    | 'ERR_SIGNATURE_MISSING'
    | 'ERR_SIGNATURE_INVALID'
    | 'ERR_TIMESTAMP_SKEW'
    | 'ERR_SERIAL_UNKNOWN'
    /** A downloaded file is not the one that the signed response gave the hash of. */
    | 'ERR_HASH_MISMATCH';
  /** The HTTP status of the response that was refused; `undefined` of a notification. */
  readonly status: number | undefined;
  /** The `Request-ID` of the response or notification, as unverified as the rest of it. */
  readonly requestId: string | undefined;
}

/**
 * There is no usable response. The request may have been carried out.
 *
 * @example
 * ```ts
 * if (error instanceof TransportError && error.code === 'ERR_TIMEOUT') await queryState();
 * ```
 */
export class TransportError extends WechatpayError {
  protected constructor();
  readonly code:
    | 'ERR_NETWORK'
    | 'ERR_TIMEOUT'
    | 'ERR_REDIRECT'
    | 'ERR_RESPONSE_TOO_LARGE'
    | 'ERR_RESPONSE_INVALID';
  /** How many times the request was sent, or tried to be. */
  readonly attempts: number;
}
