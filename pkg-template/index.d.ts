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
  /** The APIv3 key, 32 bytes. No call of this version needs it; it is checked all the same. */
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
 * A parameter is missing or breaks its limits. Nothing was sent.
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
 * It cannot be shown that the answer is WeChat Pay's. The request may have been carried out: query
 * its state before you repeat it.
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
  /** The HTTP status of the answer that was refused. */
  readonly status: number;
  /** The answer's `Request-ID`, as unproven as the answer. */
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
