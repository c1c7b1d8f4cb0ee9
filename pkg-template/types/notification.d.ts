/**
 * What {@link Wechatpay.notification} takes: a fetch `Request` of any runtime, a request of `node:http`
 * that nobody has read, or the headers and the raw body of what arrived, in whatever form the server
 * hands them over.
 *
 * @example
 * ```ts
 * const fromExpress: NotificationRequest = request; // with express.raw({ type: '*\/*' }) on the route
 * const fromLambda: NotificationRequest = gatewayEvent; // an API Gateway event: { headers, body, … }
 * const fromFastify: NotificationRequest = { headers: request.headers, body: rawBody };
 * ```
 */
export interface NotificationRequest {
  /** The headers, their names in any case. */
  readonly headers: NotificationHeaders;
  /**
   * The raw body, at most 1 MiB: the bytes that arrived, which no one has parsed and written again.
   * Where there is none, the request itself is read, as node's can be.
   */
  readonly body?:
    | string
    | Uint8Array
    | ArrayBuffer
    | { readonly size: number; arrayBuffer(): Promise<ArrayBuffer> } // a Blob
    | ReadableStream<Uint8Array>
    | AsyncIterable<Uint8Array>
    | null
    | undefined;
  /** Set by API gateways: `body` is base64 of the raw body. */
  readonly isBase64Encoded?: boolean | undefined;
}

/**
 * Headers as servers hand them over: a `Headers`, an object (node's `headers` and `headersDistinct`,
 * an event's), a `Map`, pairs, or names and values in turn (node's `rawHeaders`).
 *
 * @example
 * ```ts
 * const headers: NotificationHeaders = { 'wechatpay-serial': 'PUB_KEY_ID_…', 'wechatpay-nonce': '…' };
 * ```
 */
export type NotificationHeaders =
  | { get(name: string): string | null | undefined }
  | Iterable<readonly [string, string | readonly string[] | undefined]>
  | readonly string[]
  | Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * What {@link Wechatpay.notification} gives.
 *
 * @example
 * ```ts
 * interface Transaction {
 *   out_trade_no: string;
 *   trade_state: string;
 * }
 * const { id, resource }: Notification<Transaction> = await wxpay.notification(request);
 * ```
 */
export interface Notification<Resource = unknown> {
  /** The notification's own id, the same when it is sent again. */
  id: string;
  /** RFC 3339, as WeChat Pay wrote it: `2018-06-08T10:34:56+08:00`. */
  createTime: string;
  /** What happened, such as `TRANSACTION.SUCCESS`. */
  eventType: string;
  /** The kind of resource: `encrypt-resource`. */
  resourceType: string;
  /** WeChat Pay's words for people. */
  summary: string;
  /** What the resource was before it was encrypted, such as `transaction`, where WeChat Pay says so. */
  originalType: string | undefined;
  /** The opened resource, with the wire's names, as `JSON.parse` reads it. It is not checked further. */
  resource: Resource;
}

/**
 * What a server responds with a notification with: an init for a `Response`, or the parts for any other.
 *
 * @example
 * ```ts
 * const { status, headers, body }: NotificationResponse = notificationResponse();
 * return { statusCode: status, headers, body: body ?? '' }; // a Lambda function
 * ```
 */
export interface NotificationResponse {
  /** 204; 400, 401 or 500, and WeChat Pay sends it again. */
  status: number;
  headers: Record<string, string>;
  /** `{"code":"FAIL","message":"…"}`, and nothing with 204. */
  body: string | null;
}
