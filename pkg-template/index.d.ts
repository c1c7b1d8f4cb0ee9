/**
 * WeChat Pay APIv3, signed in WebAssembly, every answer verified.
 *
 * @example
 * ```ts
 * import { Wechatpay } from 'wechatpay-wasm';
 *
 * const wxpay = new Wechatpay({ mchid, serial, privateKey, certs });
 * const { preEntrustwebId } = await wxpay.preEntrustSignApp({ appid, outContractCode });
 * ```
 *
 * @packageDocumentation
 */

// As TypeScript 5.2's `lib.esnext.disposable` has it, whose reference is an error before 5.2. Whoever
// has both gets one and the same symbol.
declare global {
  interface SymbolConstructor {
    readonly dispose: unique symbol;
  }
  interface Disposable {
    [Symbol.dispose](): void;
  }
}

/**
 * A host's `fetch`, or one given in its place. It is called with a URL and an init of `method`,
 * `headers`, `body`, `redirect: 'manual'` and `signal`, and must give a standard `Response` whose
 * body is the raw bytes.
 *
 * @example
 * ```ts
 * const logged: Fetch = async (url, init) => {
 *   const response = await fetch(url, init);
 *   console.log(init.method, url, response.status); // never init.headers: they authorise
 *   return response;
 * };
 * ```
 */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchResponse>;

/**
 * What {@link Fetch} is called with.
 *
 * @example
 * ```ts
 * const seen: FetchInit[] = [];
 * const wxpay = new Wechatpay({ ...options, fetch: (url, init) => (seen.push(init), fetch(url, init)) });
 * ```
 */
export interface FetchInit {
  method: string;
  /** Authorization among them: never log them. */
  headers: Record<string, string>;
  /** The bytes that were signed. They must go out as they are. */
  body?: ArrayBuffer;
  redirect: 'manual';
  signal: AbortSignal;
}

/**
 * What of a standard `Response` is read.
 *
 * @example
 * ```ts
 * const response: FetchResponse = await fetch(url, init);
 * ```
 */
export interface FetchResponse {
  readonly status: number;
  readonly redirected: boolean;
  readonly headers: { get(name: string): string | null };
  readonly body: ReadableStream<Uint8Array> | null;
}

/**
 * How a client is opened.
 *
 * @example
 * ```ts
 * const options: WechatpayOptions = {
 *   mchid: '1900007291',
 *   serial: '408B07E79B8269FEC3D5D3E6AB8ED163A6A380DB',
 *   privateKey: await readFile('apiclient_key.pem', 'utf8'),
 *   certs: { PUB_KEY_ID_0119000072912024101100397200000006: await readFile('pub_key.pem', 'utf8') },
 * };
 * ```
 */
export interface WechatpayOptions {
  /** The merchant number: 1 to 32 digits. */
  mchid: string;
  /** Serial number of the merchant API certificate: 1 to 40 hexadecimal digits, of either case. */
  serial: string;
  /** `apiclient_key.pem`: RSA of 2048 to 4096 bits, PKCS#8 or PKCS#1, PEM or DER, no passphrase. */
  privateKey: string | Uint8Array;
  /**
   * What answers are verified with: WeChat Pay public keys by their id (`PUB_KEY_ID_…`) and platform
   * certificates by their serial number, PEM or DER. Both kinds may stand beside each other. The
   * first public key's id is sent with every call, so that WeChat Pay signs with it.
   */
  certs: Readonly<Record<string, string | Uint8Array>>;
  /**
   * The APIv3 key, 32 bytes: the 32 characters that are set on WeChat Pay's merchant platform.
   * {@link Wechatpay.notification} needs it; nothing else does.
   */
  apiv3Key?: string | Uint8Array | undefined;
  /**
   * Where requests go: an origin over https, or plain http to loopback.
   * @defaultValue `'https://api.mch.weixin.qq.com'`
   */
  baseUrl?: string | undefined;
  /**
   * Milliseconds from the request to the last byte of the answer, 1 to 2147483647.
   * @defaultValue `10_000`
   */
  timeout?: number | undefined;
  /** 0 to 10. This version sends every request once, whatever is said here. */
  maxRetries?: number | undefined;
  /** In place of the host's `fetch`. */
  fetch?: Fetch | undefined;
  /** In place of `Date.now`: milliseconds since 1970. */
  clock?: (() => number) | undefined;
}

/**
 * Options of one call.
 *
 * @example
 * ```ts
 * await wxpay.preEntrustSignApp(params, { timeout: 3_000, signal: request.signal });
 * ```
 */
export interface CallOptions {
  /** Aborted, it rejects the call with its own reason. The request may have been carried out. */
  signal?: AbortSignal | undefined;
  /** Milliseconds, in place of the client's. */
  timeout?: number | undefined;
  /** 0 to 10. This version sends every request once, whatever is said here. */
  maxRetries?: number | undefined;
}

/**
 * Parameters of {@link Wechatpay.preEntrustSignApp}.
 *
 * @example
 * ```ts
 * const params: PreEntrustSignAppParams = {
 *   appid: 'wxd678efh567h23787',
 *   outContractCode: 'APPLYMENT_00000000001',
 * };
 * ```
 */
export interface PreEntrustSignAppParams {
  /** The app's appid, bound to the merchant: 1 to 32 characters. */
  appid: string;
  /** The merchant's own number of the contract: 1 to 128 of `0-9 A-Z a-z _ -`. */
  outContractCode: string;
}

/**
 * What a pre-sign call answers.
 *
 * @example
 * ```ts
 * const { preEntrustwebId }: PreEntrustSign = await wxpay.preEntrustSignApp(params);
 * ```
 */
export interface PreEntrustSign {
  /** The pre-sign id. WeChat must be opened with it within 2 minutes. */
  preEntrustwebId: string;
}

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
  /** What the resource was before it was sealed, such as `transaction`, where WeChat Pay says so. */
  originalType: string | undefined;
  /** The opened resource, with the wire's names, as `JSON.parse` reads it. It is not checked further. */
  resource: Resource;
}

/**
 * What a server answers a notification with: an init for a `Response`, or the parts for any other.
 *
 * @example
 * ```ts
 * const { status, headers, body }: NotificationAnswer = notificationAnswer();
 * return { statusCode: status, headers, body: body ?? '' }; // a Lambda function
 * ```
 */
export interface NotificationAnswer {
  /** 204; 400, 401 or 500, and WeChat Pay sends it again. */
  status: number;
  headers: Record<string, string>;
  /** `{"code":"FAIL","message":"…"}`, and nothing with 204. */
  body: string | null;
}

/**
 * Values of a query, each percent-encoded; an array repeats its name, and `undefined` is left out.
 *
 * @example
 * ```ts
 * const query: ChainQuery = { mchid: '1900007291', limit: 20, tar_type: undefined };
 * ```
 */
export type ChainQuery = Readonly<
  Record<
    string,
    string | number | boolean | readonly (string | number | boolean | undefined)[] | undefined
  >
>;

/**
 * Options of a chain's call: what is sent, the values of the path's variables by their names, and
 * what every call takes. A variable's value is a string, a number, or true or false. `null` is no
 * value anywhere.
 *
 * @example
 * ```ts
 * const options: ChainOptions = {
 *   out_trade_no: '1217752501201407033233368018', // of {out_trade_no} in the path
 *   json: { mchid: '1900007291' },
 *   timeout: 3_000,
 * };
 * ```
 */
export interface ChainOptions extends CallOptions {
  /**
   * The body, with the wire's names. It is written as JSON once, and those bytes are signed and sent.
   * What JSON would drop or change (BigInt, NaN, functions, promises, Map) is refused.
   */
  json?: object | undefined;
  /** The query, in this order, after the path's own. */
  query?: ChainQuery | undefined;
  /**
   * Headers beside those of every request. `Wechatpay-Serial` names the key, one of `certs`, that
   * fields of the body are encrypted with; Authorization, Host, Content-Length and the like are
   * refused.
   */
  headers?: Readonly<Record<string, string | undefined>> | undefined;
  /** Values of the path's variables. A name that the path does not have is refused. */
  [variable: string]: unknown;
}

/**
 * What a chain's call gives: a 2xx answer, its signature verified.
 *
 * @example
 * ```ts
 * const { status, data }: ChainAnswer<{ code_url: string }> = await wxpay.v3.pay.transactions.native.post({ json });
 * ```
 */
export interface ChainAnswer<Data = unknown> {
  /** 200 to 299. */
  status: number;
  /** By their names in lower case. They are not signed. */
  headers: Record<string, string>;
  /** The `Request-ID`, for WeChat Pay's support. */
  requestId: string | undefined;
  /**
   * The body, with the wire's names, as `JSON.parse` reads it; `undefined` where there is none (204,
   * most 202). It is not checked further: `Data` is what its caller takes it for.
   */
  data: Data;
}

/**
 * What every link of a chain has. Each call rejects with a {@link ValidationError} before anything is
 * sent (`field` is `path`, `json`, a variable's name, `query.…`, `headers.…` or `options.…`), and
 * otherwise as {@link Wechatpay.preEntrustSignApp} does. A GET is retried; what writes is retried only
 * where `maxRetries` says so.
 *
 * @example
 * ```ts
 * const transactions: ChainLink = wxpay.v3.pay.transactions;
 * await transactions.chain('jsapi').post({ json });
 * ```
 */
export interface ChainLink {
  get<Data = unknown>(options?: ChainOptions & { json?: never }): Promise<ChainAnswer<Data>>;
  post<Data = unknown>(options?: ChainOptions): Promise<ChainAnswer<Data>>;
  put<Data = unknown>(options?: ChainOptions): Promise<ChainAnswer<Data>>;
  patch<Data = unknown>(options?: ChainOptions): Promise<ChainAnswer<Data>>;
  delete<Data = unknown>(options?: ChainOptions): Promise<ChainAnswer<Data>>;
  /** The same function as `get`, and so on. */
  getAsync: ChainLink['get'];
  postAsync: ChainLink['post'];
  putAsync: ChainLink['put'];
  patchAsync: ChainLink['patch'];
  deleteAsync: ChainLink['delete'];
  /** Goes on with part of a path as it is written; `{name}` is a variable in it, too. */
  chain(path: string): ChainNode;
  /** Not a promise: awaited, a link is itself, and nothing is sent. */
  readonly then?: never;
}

/**
 * A path so far, which never changes. Each further property is a segment of it: a first capital
 * becomes lower case, `camelCase` becomes `camel-case`, `_name_` is a variable, and a name that holds
 * a slash or a brace is used as it is written. Under `noUncheckedIndexedAccess`, go on with `chain()`.
 *
 * @example
 * ```ts
 * const node: ChainNode = wxpay.v3.merchantService.complaintsV2; // v3/merchant-service/complaints-v2
 * await node._complaint_id_.get({ complaint_id: '200201820200101080076610000' });
 * ```
 */
export type ChainNode = ChainLink & { readonly [segment: string]: ChainNode };

/**
 * A path so far with what is known to follow it, for completion. It takes every other name, too.
 *
 * @example
 * ```ts
 * const bills: ChainTree<{ tradebill: unknown }> = wxpay.v3.bill;
 * ```
 */
export type ChainTree<Known> = ChainNode & {
  readonly [Segment in keyof Known]: ChainTree<Known[Segment]>;
};

/**
 * The paths of APIv3 that completion knows. Every other one is taken as well.
 *
 * @example
 * ```ts
 * await wxpay.v3.refund.domestic.refunds.post({ json });
 * ```
 */
export interface ChainPaths {
  certificates: unknown;
  security: { echo: unknown };
  pay: {
    transactions: ChainTransactions;
    partner: { transactions: ChainTransactions };
  };
  combineTransactions: { jsapi: unknown; app: unknown; native: unknown; h5: unknown };
  refund: { domestic: { refunds: { _out_refund_no_: unknown } } };
  bill: { tradebill: unknown; fundflowbill: unknown };
  profitsharing: {
    orders: { _out_order_no_: unknown };
    receivers: { add: unknown };
  };
  ecommerce: {
    individualContracts: {
      preEntrustSign: { app: unknown; miniProgram: unknown };
      preEntrustSignWithRealNameIdentity: { app: unknown; miniProgram: unknown };
      outContractCode: { _out_contract_code_: unknown };
      _openid_: unknown;
    };
    profitsharing: { orders: unknown };
    refunds: { apply: unknown };
  };
}

/**
 * The paths of payments.
 *
 * @example
 * ```ts
 * const { transactions }: ChainTree<{ transactions: ChainTransactions }> = wxpay.v3.pay;
 * await transactions.outTradeNo._out_trade_no_.close.post({ out_trade_no: 'A1', json });
 * ```
 */
export interface ChainTransactions {
  jsapi: unknown;
  app: unknown;
  native: unknown;
  h5: unknown;
  id: { _transaction_id_: unknown };
  outTradeNo: { _out_trade_no_: { close: unknown } };
}

/**
 * A client: one merchant's credentials. Open it once and use it from anywhere; any number of calls
 * may be under way at a time. Opening it needs neither clock nor network.
 *
 * @example
 * ```ts
 * const wxpay = new Wechatpay({ mchid, serial, privateKey, certs });
 * ```
 */
export class Wechatpay {
  /**
   * Opens a client.
   *
   * @throws {@link ConfigError} that names the option and says what to do.
   */
  constructor(options: WechatpayOptions);

  /**
   * Opens a client from environment variables: `WECHATPAY_MCHID`, `WECHATPAY_SERIAL`,
   * `WECHATPAY_PRIVATE_KEY`, `WECHATPAY_PUBLIC_KEY_ID`, `WECHATPAY_PUBLIC_KEY`, and, where wanted,
   * `WECHATPAY_APIV3_KEY` and `WECHATPAY_BASE_URL`. A key is PEM text, also with `\n` written out;
   * each may instead name a file, in the same name with `_FILE` at its end (Node 20.16 or newer).
   *
   * @param env - By default `process.env`. A Worker gives its own.
   * @throws {@link ConfigError} that names the option and its variable.
   *
   * @example
   * ```ts
   * export default {
   *   fetch: (request: Request, env: Env) => handle(request, Wechatpay.fromEnv(env)),
   * };
   * ```
   */
  static fromEnv(env?: object): Wechatpay;

  /**
   * Asks for the pre-sign id with which a phone app opens WeChat's contract page
   * (POST `/v3/ecommerce/individual-contracts/pre-entrust-sign/app`, partner document 4015851472).
   *
   * Asked again for the same `outContractCode`, WeChat Pay takes it as the same contract, so that
   * the call may be repeated after an error.
   *
   * @throws {@link ValidationError} before anything is sent, {@link ApiError},
   * {@link VerificationError} or {@link TransportError}; {@link ConfigError} where the client was
   * freed, or the host lacks something; the signal's own reason where it is aborted.
   *
   * @example
   * ```ts
   * const { preEntrustwebId } = await wxpay.preEntrustSignApp({
   *   appid: 'wxd678efh567h23787',
   *   outContractCode: 'APPLYMENT_00000000001',
   * });
   * ```
   */
  preEntrustSignApp(
    params: PreEntrustSignAppParams,
    options?: CallOptions,
  ): Promise<PreEntrustSign>;

  /**
   * Proves that a notification is WeChat Pay's, signed over its raw body within the last 300 s, and
   * opens its resource with the `apiv3Key` (merchant documents 4012075420 and 4012071382).
   *
   * The same notification may come several times: compare its `id`, or the state of what it is about.
   * How long its body may take to arrive is the server's to say. What `Resource` says is not checked.
   *
   * @throws {@link ConfigError} for `apiv3Key` where the client has none, or where it is not the key
   * that the notification was sealed with; {@link ValidationError} for `request`, `headers` or `body`
   * where the request is not one, was read already or parsed, is larger than 1 MiB or, signed, of
   * another form than documented; {@link VerificationError} where it is not proven to be WeChat Pay's,
   * and must not be acted on.
   *
   * @example
   * ```ts
   * // Workers, Deno, Bun, Next.js, Hono: a fetch Request
   * async function receive(request: Request) {
   *   try {
   *     const { eventType, resource } = await wxpay.notification<Transaction>(request);
   *     if (eventType === 'TRANSACTION.SUCCESS') await settle(resource);
   *     return new Response(null, notificationAnswer());
   *   } catch (error) {
   *     const answer = notificationAnswer(error);
   *     return new Response(answer.body, answer);
   *   }
   * }
   *
   * // Express: the raw body, so neither express.json() nor anything else that parses it
   * app.post('/notify', express.raw({ type: '*\/*' }), async (request, response) => {
   *   const answer = await wxpay
   *     .notification<Transaction>(request)
   *     .then(({ resource }) => settle(resource))
   *     .then(() => notificationAnswer(), notificationAnswer);
   *   response.status(answer.status).set(answer.headers).send(answer.body);
   * });
   * ```
   */
  notification<Resource = unknown>(request: NotificationRequest): Promise<Notification<Resource>>;

  /**
   * Every other endpoint: a path, spelled link by link, then `get`, `post`, `put`, `patch` or `delete`.
   * See {@link ChainNode} for how names become segments, {@link ChainOptions} for what is sent.
   *
   * @example
   * ```ts
   * const { data } = await wxpay.v3.pay.transactions.jsapi.post<{ prepay_id: string }>({ json });
   *
   * await wxpay.v3.pay.transactions.id._transaction_id_.get({
   *   transaction_id: '1217752501201407033233368018',
   *   query: { mchid },
   * });
   * ```
   */
  readonly v3: ChainTree<ChainPaths>;

  /**
   * The same, of a path as it is written. It may hold variables, and a query.
   *
   * @example
   * ```ts
   * await wxpay.chain('v3/pay/transactions/out-trade-no/{out_trade_no}/close').post({
   *   out_trade_no: '1217752501201407033233368018',
   *   json: { mchid },
   * });
   * ```
   */
  chain(path: string): ChainNode;

  /**
   * The same as {@link Wechatpay.chain}, in the form of the PHP SDK.
   *
   * @example
   * ```ts
   * await wxpay['v3/bill/tradebill'].get({ query: { bill_date: '2026-11-22' } });
   * ```
   */
  readonly [path: `v3/${string}`]: ChainNode;

  /**
   * Gives the client's memory back, its private key zeroized. Calls under way end as they would;
   * new ones reject with a {@link ConfigError}. A client that is never freed is, with the garbage.
   *
   * @example
   * ```ts
   * wxpay.free();
   * ```
   */
  free(): void;

  /**
   * The same as {@link Wechatpay.free}, for `using`.
   *
   * @example
   * ```ts
   * using wxpay = new Wechatpay(options);
   * ```
   */
  [Symbol.dispose](): void;
}

/**
 * {@link Wechatpay.preEntrustSignApp} on a client that is opened from `process.env` at the first
 * call, as {@link Wechatpay.fromEnv} does, and then kept.
 *
 * @example
 * ```ts
 * const { preEntrustwebId } = await preEntrustSignApp({ appid, outContractCode });
 * ```
 */
export function preEntrustSignApp(
  params: PreEntrustSignAppParams,
  options?: CallOptions,
): Promise<PreEntrustSign>;

/**
 * What to answer a notification with. Called with nothing: it was received (204). Called with what
 * {@link Wechatpay.notification} or the handling of it failed with, whatever that is, `undefined`
 * too: 401 where the notification is not proven, 400 where it is none, and 500 for everything else;
 * WeChat Pay sends it again then. The answer holds no more of the error than its code or field.
 *
 * @example
 * ```ts
 * const answer = notificationAnswer(error);
 * return new Response(answer.body, answer);
 * ```
 */
export function notificationAnswer(): NotificationAnswer;
export function notificationAnswer(error: unknown): NotificationAnswer;

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
 * WeChat Pay answered with an error.
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
  /** The answer's `Request-ID`, for WeChat Pay's support. */
  readonly requestId: string | undefined;
  /** Whether the answer was signed. One whose signature does not hold is a {@link VerificationError}. */
  readonly verified: boolean;
  /** Whether the same request is worth sending again after a pause. */
  readonly retryable: boolean;
}

/**
 * It cannot be shown that an answer is WeChat Pay's, or a notification. The request that was answered
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
    | 'ERR_SERIAL_UNKNOWN';
  /** The HTTP status of the answer that was refused; `undefined` of a notification. */
  readonly status: number | undefined;
  /** The `Request-ID` of the answer or notification, as unproven as the rest of it. */
  readonly requestId: string | undefined;
}

/**
 * There is no usable answer. The request may have been carried out.
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
