import type { WechatpayError } from './errors.js';

/**
 * The argument of {@link WechatpayOptions.onRetry}. It contains no secret.
 *
 * @example
 * ```ts
 * const onRetry = ({ attempt, error }: RetryEvent) => console.warn(attempt, error.code);
 * ```
 */
export interface RetryEvent {
  /** The number of attempts so far: 1 after the first attempt, also if it could not be sent. */
  readonly attempt: number;
  /** Milliseconds until the next attempt. */
  readonly delay: number;
  /** The error of the failed attempt. */
  readonly error: WechatpayError;
  /** The origin of the next attempt, such as `https://api2.mch.weixin.qq.com`. */
  readonly host: string;
}

/**
 * The argument of {@link WechatpayOptions.onResponse}. It contains no secret.
 *
 * @example
 * ```ts
 * const onResponse = ({ path, status }: ResponseEvent) => console.log(path, status);
 * ```
 */
export interface ResponseEvent {
  readonly method: string;
  /** The path without its query. It may contain an id, such as an openid. */
  readonly path: string;
  /** The HTTP status. */
  readonly status: number;
  /** The response's `Request-ID`, for WeChat Pay's support. */
  readonly requestId: string | undefined;
  /** 1 for the first attempt of a call. */
  readonly attempt: number;
  /** Milliseconds from the request to the last byte of the response; for a file, to its headers. */
  readonly duration: number;
}
