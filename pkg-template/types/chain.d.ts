import type { CallOptions } from './call-options.js';

/**
 * The parameters of a query. The client percent-encodes each value. An array repeats its name for
 * each element. `undefined` is left out.
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
 * Options of a chain call: the body, query and headers, the values of the path variables by their
 * names, and {@link CallOptions}. The value of a variable is a string, a number or a boolean.
 * `null` is not allowed anywhere.
 *
 * @example
 * ```ts
 * const options: ChainOptions = {
 *   out_trade_no: '1217752501201407033233368018', // the value of {out_trade_no} in the path
 *   json: { mchid: '1900007291' },
 *   timeout: 3_000,
 * };
 * ```
 */
export interface ChainOptions extends CallOptions {
  /**
   * The body, with WeChat Pay's own field names. The client serializes it to JSON once; it signs
   * and sends exactly these bytes. It rejects values that JSON would drop or change, by their path
   * (`json.detail.goods[0].name`): BigInt, NaN, half of a surrogate pair, functions, promises, bytes (such as a Buffer),
   * Map, RegExp, Error, a Date that is no moment, an object whose members are all private. What has a
   * `toJSON` of its own, as a Date does, is written as that says.
   */
  json?: object | undefined;
  /**
   * The paths of the fields of `json` that are encrypted before the body is signed: names with dots, and
   * `*` for each item of an array. `Wechatpay-Serial` is sent with them; if `headers` names it, that key
   * encrypts. The client rejects a path that leads to no string, also in one item of an array, since the field
   * would be sent in plain text. A name that ends in `?` may be lacking, or be null, and is encrypted where
   * it is: `list.*.name?`. A call has at most 50 paths of 256 characters, and 1,000 fields that they lead to.
   * `json` itself is not changed.
   *
   * @example
   * ```ts
   * await wxpay.v3.transfer.batches.post({ json, encrypt: ['transfer_detail_list.*.user_name'] });
   * ```
   */
  encrypt?: readonly string[] | undefined;
  /** The query, in this order, after the query of the path itself. */
  query?: ChainQuery | undefined;
  /**
   * Additional headers. `Wechatpay-Serial` names the key of `certs` with which you encrypted fields
   * of the body. The client rejects Authorization, Host, Content-Length and similar headers.
   */
  headers?: Readonly<Record<string, string | undefined>> | undefined;
  /** Values of the path variables. The client rejects a name that the path does not contain. */
  // biome-ignore lint/suspicious/noExplicitAny: with `unknown`, no documented link would extend ChainLink.
  [variable: string]: any;
}

/**
 * The result of a chain call: a 2xx response with a verified signature.
 *
 * @example
 * ```ts
 * const { native } = wxpay.v3.pay.transactions;
 * const { status, data }: ChainResponse<{ code_url: string }> = await native.post({ json });
 * ```
 */
export interface ChainResponse<Data = unknown> {
  /** 200 to 299. */
  status: number;
  /** The headers by their lower-case names. WeChat Pay does not sign them. */
  headers: Record<string, string>;
  /** The response's `Request-ID`, for WeChat Pay's support. */
  requestId: string | undefined;
  /**
   * The body, with WeChat Pay's own field names, as `JSON.parse` returns it. It is `undefined` if
   * there is none (204, most 202). The package does not check it against the type `Data`.
   */
  data: Data;
  /**
   * The body as WeChat Pay wrote and signed it; empty if there is none. It has what `JSON.parse` loses:
   * the digits of integers beyond 2^53. It is made of the response's bytes each time you read it, and
   * is no own property, so that `JSON.stringify` and a spread leave it out.
   */
  readonly text: string;
}

/**
 * The methods of every link of a chain.
 *
 * Each call rejects with a `ValidationError` before anything is sent if its path or an option
 * is wrong. The error's `field` is `path`, `json`, `json.…`, a variable's name, `query.…`, `headers.…` or
 * `options.…`. Otherwise a call throws the same errors as `wxpay.preEntrustSignApp`.
 *
 * The client retries a GET automatically. It retries any other method only if the call's own
 * `maxRetries` says so.
 *
 * @example
 * ```ts
 * const transactions: ChainLink = wxpay.v3.pay.transactions;
 * await transactions.chain('jsapi').post({ json });
 * ```
 */
export interface ChainLink {
  get<Data = unknown>(options?: ChainOptions & { json?: never }): Promise<ChainResponse<Data>>;
  post<Data = unknown>(options?: ChainOptions): Promise<ChainResponse<Data>>;
  put<Data = unknown>(options?: ChainOptions): Promise<ChainResponse<Data>>;
  patch<Data = unknown>(options?: ChainOptions): Promise<ChainResponse<Data>>;
  delete<Data = unknown>(options?: ChainOptions): Promise<ChainResponse<Data>>;
  /** The same function as `get`. The other `…Async` names are aliases, too. */
  getAsync: this['get'];
  postAsync: this['post'];
  putAsync: this['put'];
  patchAsync: this['patch'];
  deleteAsync: this['delete'];
  /** Appends part of a path, used as written. `{name}` is a variable. */
  chain(path: string): ChainNode;
  /** A link is not a promise. `await` on a link returns the link and sends nothing. */
  readonly then?: never;
}

/**
 * The beginning of a path that the package has no types of. It is immutable. Each further property
 * appends a segment:
 * - A capital first letter becomes lower case.
 * - `camelCase` becomes `camel-case`.
 * - `_name_` is a variable.
 * - A name with a slash or a brace is used as written.
 *
 * With TypeScript's `noUncheckedIndexedAccess`, use `chain()` to continue the path.
 *
 * @example
 * ```ts
 * // v3/merchant-service/complaints-v2
 * const node: ChainNode = wxpay.v3.merchantService.complaintsV2;
 * await node._complaint_id_.get({ complaint_id: '200201820200101080076610000' });
 * ```
 */
export type ChainNode = ChainLink & { readonly [segment: string]: ChainNode };
