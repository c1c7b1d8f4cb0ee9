import type { WechatpayError } from './errors.js';

/**
 * What {@link WechatpayOptions.onRetry} is told.
 *
 * @example
 * ```ts
 * const onRetry = ({ attempt, delay, error }: RetryEvent) => console.warn(attempt, delay, error.code);
 * ```
 */
export interface RetryEvent {
  /** How many times the request was sent, or tried to be: 1 after the first attempt. */
  readonly attempt: number;
  /** Milliseconds until the next attempt. */
  readonly delay: number;
  /** What the attempt failed with. */
  readonly error: WechatpayError;
  /** Where the next attempt goes, such as `https://api2.mch.weixin.qq.com`. */
  readonly host: string;
}

/**
 * What {@link WechatpayOptions.onResponse} is told.
 *
 * @example
 * ```ts
 * const onResponse = ({ path, status, duration }: ResponseEvent) => console.log(path, status, duration);
 * ```
 */
export interface ResponseEvent {
  readonly method: string;
  /** The path without its query. It may hold an id, an openid among them. */
  readonly path: string;
  /** The HTTP status. */
  readonly status: number;
  /** The response's `Request-ID`, for WeChat Pay's support. */
  readonly requestId: string | undefined;
  /** 1 for the first attempt of a call. */
  readonly attempt: number;
  /** Milliseconds from the request to the last byte of the response; of a file, of its headers. */
  readonly duration: number;
}
