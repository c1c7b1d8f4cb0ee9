import type { EventResources } from './api.js';

/**
 * The argument of {@link Wechatpay.notification}: a fetch `Request` of any runtime, an unread
 * request of `node:http`, or the headers and the raw body in the form that your server provides.
 * The `rawBody` beside `body` is taken, if there is one: it was not parsed.
 *
 * @example
 * ```ts
 * // Express, with express.raw({ type: '*\/*' }) on the route
 * const fromExpress: NotificationRequest = request;
 * // AWS Lambda: an API Gateway event, { headers, body, … }
 * const fromLambda: NotificationRequest = gatewayEvent;
 * // Fastify, or any other server
 * const fromFastify: NotificationRequest = { headers: request.headers, body: rawBody };
 * ```
 */
export interface NotificationRequest {
  /** The headers. Their names may be in upper or lower case. */
  readonly headers: NotificationHeaders;
  /**
   * The raw body, at most 1 MiB: the bytes exactly as they arrived, not parsed and serialized
   * again. Without `body` the package reads the request itself, for example a request of
   * `node:http`.
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
  /** The raw body where `body` was parsed, as Cloud Functions and NestJS keep it. */
  readonly rawBody?: string | Uint8Array | ArrayBuffer | undefined;
  /** Whether `body` is the raw body in base64. API gateways set it. */
  readonly isBase64Encoded?: boolean | undefined;
}

/**
 * What frameworks hand their handlers in place of the request, which {@link Wechatpay.notification} finds
 * in it: the `c` and `c.req` of Hono, the `ctx` of Koa, an event of h3, a context of SvelteKit or Remix.
 *
 * @example
 * ```ts
 * const fromHono: NotificationContext = { req: { raw: request } };
 * ```
 */
export type NotificationContext =
  | { readonly raw: NotificationRequest }
  | { readonly req: NotificationRequest | { readonly raw: NotificationRequest } }
  | { readonly node: { readonly req: NotificationRequest } }
  | { readonly web: { readonly request: NotificationRequest } }
  | { readonly request: NotificationRequest };

/**
 * Headers in any of the forms that servers use: a `Headers`, an object (Node's `headers` and
 * `headersDistinct`, or those of an event), a `Map`, pairs, or a flat list of alternating names and
 * values (Node's `rawHeaders`).
 *
 * @example
 * ```ts
 * const headers: NotificationHeaders = {
 *   'wechatpay-serial': 'PUB_KEY_ID_…',
 *   'wechatpay-nonce': '…',
 * };
 * ```
 */
export type NotificationHeaders =
  | { get(name: string): string | null | undefined }
  | Iterable<readonly [string, string | readonly string[] | undefined]>
  | readonly string[]
  | Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * A verified and decrypted notification whose resource has a type of your own: the result of
 * {@link Wechatpay.notification} with a type argument.
 *
 * @example
 * ```ts
 * interface Transaction {
 *   out_trade_no: string;
 *   trade_state: string;
 * }
 * const { id, resource }: Notification<Transaction> =
 *   await wxpay.notification<Transaction>(request);
 * ```
 */
export interface Notification<Resource = unknown> {
  /** The notification's id. It stays the same when WeChat Pay sends the notification again. */
  id: string;
  /** When it was created: RFC 3339, as WeChat Pay wrote it, such as `2018-06-08T10:34:56+08:00`. */
  createTime: string;
  /** The event, such as `TRANSACTION.SUCCESS`. */
  eventType: EventType;
  /** The kind of resource: `encrypt-resource`. */
  resourceType: string;
  /** WeChat Pay's description of the event, for people. */
  summary: string;
  /** The type of the resource before encryption, such as `transaction`, if WeChat Pay names it. */
  originalType: string | undefined;
  /**
   * The decrypted resource, with WeChat Pay's own field names, as `JSON.parse` returns it. The
   * package does not check it further.
   */
  resource: Resource;
}

/**
 * The name of an event: a documented one, or any other.
 *
 * @example
 * ```ts
 * const refunded: EventType = 'REFUND.SUCCESS';
 * ```
 */
export type EventType = keyof EventResources | (string & {});

/**
 * A verified and decrypted notification: the result of {@link Wechatpay.notification}. Compare
 * `eventType` with a documented event, and `resource` has the type of its resource. Each field of it
 * is optional, since WeChat Pay sends some of them in some cases alone.
 *
 * Before you compare, `resource` is `unknown`. After you compare with an event that is not
 * documented, it is `never`: assign it to a type of your own.
 *
 * @example
 * ```ts
 * const event: NotificationEvent = await wxpay.notification(request);
 * if (event.eventType === 'REFUND.SUCCESS') log(event.resource.out_refund_no);
 * ```
 */
export type NotificationEvent =
  | { [Name in keyof EventResources]: DocumentedNotification<Name> }[keyof EventResources]
  | UndocumentedNotification
  | UncomparedNotification;

/**
 * A notification of a documented event.
 *
 * @example
 * ```ts
 * type Paid = DocumentedNotification<'TRANSACTION.SUCCESS'>['resource'];
 * const tradeNo = (resource: Paid) => resource.out_trade_no;
 * ```
 */
export interface DocumentedNotification<Name extends keyof EventResources>
  extends Notification<EventResources[Name]> {
  eventType: Name;
}

/**
 * A notification of any other event. It has no type of its own, so that it adds none to a documented
 * one.
 *
 * @example
 * ```ts
 * const event = await wxpay.notification(request);
 * if (event.eventType === 'SOMETHING.NEW') {
 *   const resource: { id: string } = event.resource;
 *   log(resource.id);
 * }
 * ```
 */
export interface UndocumentedNotification extends Notification<never> {
  eventType: string;
}

/**
 * A notification whose event was not compared with anything. No event has such a name, so that each
 * comparison leaves it out.
 *
 * @example
 * ```ts
 * const { resource } = await wxpay.notification(request);
 * const unread: UncomparedNotification['resource'] = resource;
 * ```
 */
export interface UncomparedNotification extends Notification<unknown> {
  eventType: `(not compared)${string}`;
}

/**
 * The response to a notification, made by {@link notificationResponse}. Use it as the init of a
 * `Response`, or send its parts with another server library.
 *
 * @example
 * ```ts
 * const { status, headers, body }: NotificationResponse = notificationResponse();
 * return { statusCode: status, headers, body: body ?? '' }; // a Lambda function
 * ```
 */
export interface NotificationResponse {
  /** 204; or 400, 401, 500 or 503, and then WeChat Pay sends the notification again. */
  status: number;
  headers: Record<string, string>;
  /** `{"code":"FAIL","message":"…"}`; `null` with 204. */
  body: string | null;
}
