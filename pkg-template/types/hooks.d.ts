import type { WechatpayError } from './errors.js';

/**
 * What every hook is told of its call. It contains no secret.
 *
 * @example
 * ```ts
 * const key = ({ call, callId }: CallEvent) => `${call} ${callId}`;
 * ```
 */
export interface CallEvent {
  /**
   * The name of the method, such as `preEntrustSignApp`. A call of the chain is named by its HTTP method and its
   * path with variables: `GET /v3/pay/transactions/id/{transaction_id}`.
   */
  readonly call: string;
  /** The number of the call in this process. All events of one call have the same. */
  readonly callId: number;
  /** When the method was called: milliseconds since 1970, by the machine's clock. */
  readonly start: number;
  /** Of a call of the chain: its path with variables. It has no value of theirs. */
  readonly template?: string;
}

/**
 * The argument of {@link ClientOptions.onRequest}.
 *
 * @example
 * ```ts
 * const onRequest = ({ callId, host, path }: RequestEvent) => console.log(callId, host + path);
 * ```
 */
export interface RequestEvent extends CallEvent {
  readonly method: string;
  /** The path without its query. It may contain an id, such as an openid. */
  readonly path: string;
  /** The origin that the request is sent to, such as `https://api.mch.weixin.qq.com`. */
  readonly host: string;
  /** 1 for the first attempt. */
  readonly attempt: number;
  /** Whether it is the call's own request, and not a download of platform certificates that the call needs. */
  readonly own: boolean;
}

/**
 * The argument of {@link ClientOptions.onRetry}. It contains no secret.
 *
 * @example
 * ```ts
 * const onRetry = ({ attempt, error }: RetryEvent) => console.warn(attempt, error.code);
 * ```
 */
export interface RetryEvent extends CallEvent {
  /** The number of attempts so far: 1 after the first attempt, also if it could not be sent. */
  readonly attempt: number;
  /** Milliseconds until the next attempt. */
  readonly delay: number;
  /** The error of the failed attempt. */
  readonly error: WechatpayError;
  /** The origin of the next attempt, such as `https://api2.mch.weixin.qq.com`. */
  readonly host: string;
  /** Whether it is the call's own request, and not a download of platform certificates that the call needs. */
  readonly own: boolean;
}

/**
 * The argument of {@link ClientOptions.onResponse}. It contains no secret. The response is not verified yet:
 * the outcome is told to {@link ClientOptions.onSuccess} or {@link ClientOptions.onError}.
 *
 * @example
 * ```ts
 * const onResponse = ({ path, status }: ResponseEvent) => console.log(path, status);
 * ```
 */
export interface ResponseEvent extends CallEvent {
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
  /** Whether it is the call's own request, and not a download of platform certificates that the call needs. */
  readonly own: boolean;
  /**
   * Seconds by which this machine's clock is ahead of the response's `Date`, if it is a minute or more; negative
   * if it is behind. WeChat Pay refuses requests beyond 300 s. The header is not signed: it is a hint.
   */
  readonly clockSkew: number | undefined;
}

/**
 * What is told of a call at its end.
 *
 * @example
 * ```ts
 * const timed = ({ call, duration }: OutcomeEvent) => console.log(call, duration);
 * ```
 */
export interface OutcomeEvent extends CallEvent {
  /** Milliseconds from the call of the method to its outcome, pauses included. */
  readonly duration: number;
  /** How often its own request was sent: 0 if nothing was. */
  readonly attempts: number;
  /** The method and the path of its own request, if one was sent. */
  readonly method?: string;
  readonly path?: string;
  /** The HTTP status and the `Request-ID` of its last attempt, if that had a response. */
  readonly status?: number;
  readonly requestId?: string | undefined;
}

/**
 * The argument of {@link ClientOptions.onSuccess}.
 *
 * @example
 * ```ts
 * const onSuccess = ({ call, duration }: SuccessEvent) => console.log(call, duration);
 * ```
 */
export interface SuccessEvent extends OutcomeEvent {}

/**
 * The argument of {@link ClientOptions.onError}.
 *
 * @example
 * ```ts
 * const onError = ({ call, error, aborted }: FailureEvent) => {
 *   if (!aborted) console.error(call, error instanceof WechatpayError ? error.code : error);
 * };
 * ```
 */
export interface FailureEvent extends OutcomeEvent {
  /** What the call rejected with: a {@link WechatpayError}, or what its signal was aborted with. */
  readonly error: unknown;
  /** Whether its caller ended it: by its signal, or by cancelling the stream of a download. */
  readonly aborted: boolean;
}

/**
 * The argument of {@link ClientOptions.onNotification}. It has nothing of the notification's content.
 *
 * @example
 * ```ts
 * const onNotification = ({ eventType, verified }: NotificationOutcome) =>
 *   console.log(eventType ?? 'a notification', verified ? 'verified' : 'refused');
 * ```
 */
export interface NotificationOutcome extends CallEvent {
  /** Whether it was verified and decrypted. */
  readonly verified: boolean;
  /** Its id and its event type, if it was. */
  readonly id: string | undefined;
  readonly eventType: string | undefined;
  /** What {@link Wechatpay.notification} rejected with. */
  readonly error: unknown;
  /** Milliseconds, the time in which the body arrived included. */
  readonly duration: number;
}
