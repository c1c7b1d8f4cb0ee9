import type { CallOptions } from './call-options.js';

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
 * What a chain's call gives: a 2xx response, its signature verified.
 *
 * @example
 * ```ts
 * const { status, data }: ChainResponse<{ code_url: string }> = await wxpay.v3.pay.transactions.native.post({ json });
 * ```
 */
export interface ChainResponse<Data = unknown> {
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
  get<Data = unknown>(options?: ChainOptions & { json?: never }): Promise<ChainResponse<Data>>;
  post<Data = unknown>(options?: ChainOptions): Promise<ChainResponse<Data>>;
  put<Data = unknown>(options?: ChainOptions): Promise<ChainResponse<Data>>;
  patch<Data = unknown>(options?: ChainOptions): Promise<ChainResponse<Data>>;
  delete<Data = unknown>(options?: ChainOptions): Promise<ChainResponse<Data>>;
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
