/**
 * Where a client logs, in the shape of `console`: `logger: console` logs everything. A level that is missing
 * is not logged, so `{ ...console, debug: undefined }` leaves out the requests' bodies.
 *
 * One line is written for each event, with its fields as a second argument. The levels:
 *
 * - `debug`: each request and each response. The field `signed` of a request is the string that was signed. It
 *   holds the query and the body, and so perhaps names and openids; fields that WeChat Pay wants encrypted are
 *   encrypted in it.
 * - `info`: a call that succeeded or was aborted, a notification that was verified.
 * - `warn`: a retry, platform certificates that were downloaded or could not be, a clock that is a minute or more
 *   off (once a minute), a notification that was refused because of its sender.
 * - `error`: a call that failed, a notification that your configuration cannot read.
 *
 * No line has a key, a signature, an Authorization header, the APIv3 key, the `token` of a file's address, or a
 * notification's content. A path may contain an id, such as an openid.
 *
 * The methods are read once, and called on the logger. What they throw or reject with is ignored.
 *
 * Without this option, the environment variable `WECHATPAY_LOG` makes the client log to the console:
 * `debug`, `info`, `warn` or `error` is the lowest level. In Deno it is read if `--allow-env` allows it.
 *
 * @example
 * ```ts
 * // pino takes the fields first.
 * const logger: Logger = {
 *   debug: (line, fields) => pino.debug(fields, line),
 *   info: (line, fields) => pino.info(fields, line),
 *   warn: (line, fields) => pino.warn(fields, line),
 *   error: (line, fields) => pino.error(fields, line),
 * };
 * const wxpay = new Wechatpay({ mchid, serial, privateKey, certs, logger });
 * ```
 */
export interface Logger {
  debug?: ((line: string, fields: LogFields) => unknown) | undefined;
  info?: ((line: string, fields: LogFields) => unknown) | undefined;
  warn?: ((line: string, fields: LogFields) => unknown) | undefined;
  error?: ((line: string, fields: LogFields) => unknown) | undefined;
}

/**
 * The fields of a log line. Those of its event are named as in the hooks: {@link RequestEvent},
 * {@link ResponseEvent}, {@link RetryEvent}, {@link SuccessEvent}, {@link FailureEvent} and
 * {@link NotificationOutcome}. An error is three texts: `error`, its name; `code`; and `message`.
 *
 * @example
 * ```ts
 * const info = (line: string, { event, call }: LogFields) => log(line, event, call);
 * ```
 */
export interface LogFields {
  readonly event:
    | 'request'
    | 'response'
    | 'retry'
    | 'renewal'
    | 'clockSkew'
    | 'success'
    | 'error'
    | 'notification';
  readonly call: string;
  readonly callId: number;
  readonly start: number;
  readonly [field: string]: unknown;
}
