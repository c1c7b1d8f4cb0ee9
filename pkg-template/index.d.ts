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
 * Signs in place of a private key: RSASSA-PKCS1-v1_5 with SHA-256 over `message`, the bytes as they are
 * (not their digest), by the key of the merchant API certificate. It gives the signature, 256 to 512
 * bytes, as bytes or in base64. It is called once for every attempt, within the attempt's `timeout`.
 *
 * The package does not know the public key, so a wrong signature shows itself when WeChat Pay refuses
 * it (`SIGN_ERROR`). What the signer throws rejects the call with a {@link ConfigError} of the option
 * `signer`, the thrown error as its `cause`.
 *
 * @example
 * ```ts
 * // WebCrypto, with a key that cannot be exported
 * const signer: Signer = (message) => crypto.subtle.sign('RSASSA-PKCS1-v1_5', cryptoKey, message);
 * ```
 */
export type Signer = (
  message: Uint8Array & { readonly buffer: ArrayBuffer },
) => SignerResult | PromiseLike<SignerResult>;

/**
 * What a {@link Signer} gives: a signature.
 *
 * @example
 * ```ts
 * const signature: SignerResult = new Uint8Array(256);
 * ```
 */
export type SignerResult = Uint8Array | ArrayBuffer | string;

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
  /** The answer's `Request-ID`, for WeChat Pay's support. */
  readonly requestId: string | undefined;
  /** 1 for the first attempt of a call. */
  readonly attempt: number;
  /** Milliseconds from the request to the last byte of the answer; of a file, of its headers. */
  readonly duration: number;
}

/**
 * How a client is opened: with a `privateKey`, or with a `signer` in its place.
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
export type WechatpayOptions = ClientOptions & (KeyOptions | SignerOptions);

/**
 * Whom to believe. A certificate that has expired, or does not hold yet, proves nothing.
 *
 * With `'auto'` the platform certificates are downloaded before the first call that has no key, every
 * 12 hours from then on, before the last of them expires, and, at most once a minute, when an answer
 * or a notification names one that is not known. Calls at the same time share one download. One that
 * fails leaves the keys that are there.
 *
 * @example
 * ```ts
 * const given: Certs = { PUB_KEY_ID_0119000072912024101100397200000006: await readFile('pub_key.pem') };
 * const downloaded: Certs = 'auto';
 * const both: Certs = { ...given, auto: true };
 * ```
 */
export type Certs =
  | 'auto'
  | Readonly<Record<string, string | Uint8Array>>
  | { readonly auto: boolean; readonly [id: string]: string | Uint8Array | boolean };

/**
 * A platform certificate, as {@link Wechatpay.certificates} gives it.
 *
 * @example
 * ```ts
 * const [{ serialNo, certificate }]: PlatformCertificate[] = await wxpay.certificates();
 * ```
 */
export interface PlatformCertificate {
  /** Its serial number, by which answers name it: upper-case hexadecimal. */
  serialNo: string;
  /** From when it may be used: RFC 3339, as WeChat Pay wrote it. */
  effectiveTime: string;
  /** Until when. */
  expireTime: string;
  /** The certificate: X.509, PEM. */
  certificate: string;
}

/**
 * The merchant's private key.
 *
 * @example
 * ```ts
 * const key: KeyOptions = { privateKey: await readFile('apiclient_key.pem', 'utf8') };
 * ```
 */
export interface KeyOptions {
  /** `apiclient_key.pem`: RSA of 2048 to 4096 bits, PKCS#8 or PKCS#1, PEM or DER, no passphrase. */
  privateKey: string | Uint8Array;
  signer?: undefined;
}

/**
 * A signer in place of the private key: for one in a KMS, an HSM or WebCrypto.
 *
 * @example
 * ```ts
 * const wxpay = new Wechatpay({ mchid, serial, certs, signer });
 * ```
 */
export interface SignerOptions {
  /** Signs every request. */
  signer: Signer;
  privateKey?: undefined;
}

/**
 * Everything of a client but who signs.
 *
 * @example
 * ```ts
 * const shared: ClientOptions = { mchid, serial, certs, timeout: 5_000 };
 * ```
 */
export interface ClientOptions {
  /** The merchant number: 1 to 32 digits. */
  mchid: string;
  /** Serial number of the merchant API certificate: 1 to 40 hexadecimal digits, of either case. */
  serial: string;
  /**
   * What answers are verified with: WeChat Pay public keys by their id (`PUB_KEY_ID_…`), platform
   * certificates by their serial number, PEM or DER, or both beside each other. The first public
   * key's id is sent with every call, so that WeChat Pay signs with it.
   *
   * `'auto'`, or `auto: true` beside keys: platform certificates are downloaded, and kept fresh. It
   * takes the `apiv3Key`. See {@link Certs}.
   */
  certs: Certs;
  /**
   * The APIv3 key, 32 bytes: the 32 characters that are set on WeChat Pay's merchant platform.
   * {@link Wechatpay.notification} needs it, and so do {@link Wechatpay.certificates} and
   * `certs: 'auto'`.
   */
  apiv3Key?: string | Uint8Array | undefined;
  /**
   * Where requests go: an origin over https, or plain http to loopback.
   * @defaultValue `'https://api.mch.weixin.qq.com'`
   */
  baseUrl?: string | undefined;
  /**
   * Milliseconds for one attempt, its signature to the last byte of its answer: 1 to 2147483647.
   * @defaultValue `10_000`
   */
  timeout?: number | undefined;
  /**
   * Milliseconds for all attempts of a call and the pauses between them, and for the platform
   * certificates that it downloads first with `certs: 'auto'`: 1 to 2147483647. The last attempt has
   * what is left of them, and none begins that would not.
   * @defaultValue three times `timeout`, and 2000 for the pauses
   */
  deadline?: number | undefined;
  /**
   * How many times a request is sent again, 0 to 10, after a failed connection, a timeout, a 429, or
   * a 5xx that WeChat Pay calls worth it ({@link ApiError.retryable}): after up to 0.5 s, 1 s, 2 s …
   * at random, or after what `Retry-After` asks for; signed anew each time; to
   * `https://api2.mch.weixin.qq.com` after a failed connection or a timeout, unless `baseUrl` was
   * given. It goes for requests that may be repeated without harm; for all others, the call's own
   * `maxRetries` asks for it.
   * @defaultValue `2`
   */
  maxRetries?: number | undefined;
  /** Called before the pause after each attempt that is followed by another. What it throws is ignored. */
  onRetry?: ((event: RetryEvent) => unknown) | undefined;
  /**
   * Called with each answer that was read to its end (a file: to the end of its headers), before it is
   * verified. What it throws is ignored.
   */
  onResponse?: ((event: ResponseEvent) => unknown) | undefined;
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
  /** Milliseconds for one attempt, in place of the client's. */
  timeout?: number | undefined;
  /** Milliseconds for all attempts, in place of the client's. */
  deadline?: number | undefined;
  /**
   * How many times the request is sent again, 0 to 10, in place of the client's. Given here, it goes
   * for a request that changes something, too.
   */
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
 * Parameters of {@link Wechatpay.preEntrustSignMiniProgram}.
 *
 * @example
 * ```ts
 * const params: PreEntrustSignMiniProgramParams = {
 *   appid: 'wxd678efh567h23787',
 *   outContractCode: 'APPLYMENT_00000000001',
 *   openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
 * };
 * ```
 */
export interface PreEntrustSignMiniProgramParams {
  /** The mini program's appid, bound to the merchant: 1 to 32 characters. */
  appid: string;
  /** The merchant's own number of the contract: 1 to 128 of `0-9 A-Z a-z _ -`. */
  outContractCode: string;
  /** The payee, as the mini program knows them: 1 to 64 characters. */
  openid: string;
}

/**
 * Who alone may sign a contract. The name and the number go out sealed; no error, log line or
 * inspection shows them.
 *
 * @example
 * ```ts
 * const identity: Identity = { realName, credType: 'ID_CARD', credId };
 * ```
 */
export interface Identity {
  /**
   * The name on the document, in plain text: 1 to 64 characters, which take at most 214 bytes in UTF-8
   * (64 characters of three bytes are 192).
   */
  realName: string;
  /** The kind of document: a Chinese resident identity card. */
  credType: 'ID_CARD';
  /** The number on the document, in plain text: 1 to 64 characters. */
  credId: string;
}

/**
 * Parameters of {@link Wechatpay.preEntrustSignAppWithRealName}.
 *
 * @example
 * ```ts
 * const params: PreEntrustSignAppWithRealNameParams = { appid, outContractCode, ...identity };
 * ```
 */
export interface PreEntrustSignAppWithRealNameParams extends PreEntrustSignAppParams, Identity {}

/**
 * Parameters of {@link Wechatpay.preEntrustSignMiniProgramWithRealName}.
 *
 * @example
 * ```ts
 * const params: PreEntrustSignMiniProgramWithRealNameParams = {
 *   appid,
 *   outContractCode,
 *   openid,
 *   ...identity,
 * };
 * ```
 */
export interface PreEntrustSignMiniProgramWithRealNameParams
  extends PreEntrustSignMiniProgramParams,
    Identity {}

/**
 * Parameters of {@link Wechatpay.queryContractByOutContractCode}.
 *
 * @example
 * ```ts
 * const params: QueryContractByOutContractCodeParams = { appid, outContractCode };
 * ```
 */
export interface QueryContractByOutContractCodeParams {
  /** The appid that the contract was pre-signed with: 1 to 32 characters. */
  appid: string;
  /** The merchant's own number of the contract: 1 to 128 of `0-9 A-Z a-z _ -`. */
  outContractCode: string;
}

/**
 * Parameters of {@link Wechatpay.queryContractByOpenid}.
 *
 * @example
 * ```ts
 * const params: QueryContractByOpenidParams = { appid, openid, permissionType: 'INDIVIDUAL_PAYEE' };
 * ```
 */
export interface QueryContractByOpenidParams {
  /** The appid that the openid belongs to: 1 to 32 characters. */
  appid: string;
  /** The payee: 1 to 128 characters. */
  openid: string;
  /** What the contract permits: to pay a private person. */
  permissionType: 'INDIVIDUAL_PAYEE';
}

/**
 * Whether a contract holds. WeChat Pay may answer with a state that is not documented yet.
 *
 * @example
 * ```ts
 * const holds = (state: AuthState) => state === 'AUTHORIZED';
 * ```
 */
export type AuthState = 'AUTHORIZED' | 'UNAUTHORIZED' | (string & {});

/**
 * A contract, as {@link Wechatpay.queryContractByOutContractCode} answers it.
 *
 * @example
 * ```ts
 * const contract: ContractByOutContractCode = await wxpay.queryContractByOutContractCode({
 *   appid,
 *   outContractCode,
 * });
 * if (contract.authState === 'AUTHORIZED') log(contract.individualOpenid ?? 'unknown');
 * ```
 */
export interface ContractByOutContractCode {
  /** When it was signed: RFC 3339, as WeChat Pay wrote it, `2018-06-08T10:34:56+08:00`. */
  signedTime: string;
  authState: AuthState;
  /** WeChat Pay's id of the authorisation. */
  individualAuthId?: string;
  /** The payee, as the app knows them. */
  individualOpenid?: string;
  /** Leave to read the payee's real name, where it was given. */
  realNameAuthResult?: RealNameAuthResult;
}

/**
 * Leave to read a payee's real name.
 *
 * @example
 * ```ts
 * const { accessToken, accessTokenExpireTime }: RealNameAuthResult = leave;
 * ```
 */
export interface RealNameAuthResult {
  /** What the token is good for. */
  scope: 'pay_realname' | (string & {});
  /** Whoever has it can read the name: never log it. */
  accessToken: string;
  /** Until when the token holds: RFC 3339, as WeChat Pay wrote it. */
  accessTokenExpireTime: string;
}

/**
 * A contract, as {@link Wechatpay.queryContractByOpenid} answers it.
 *
 * @example
 * ```ts
 * const { authState, operationTime }: ContractByOpenid = await wxpay.queryContractByOpenid({
 *   appid,
 *   openid,
 *   permissionType: 'INDIVIDUAL_PAYEE',
 * });
 * ```
 */
export interface ContractByOpenid {
  /** WeChat Pay's id of the authorisation. */
  individualAuthId: string;
  /** When its state last changed: RFC 3339, as WeChat Pay wrote it. */
  operationTime: string;
  authState: AuthState;
}

/**
 * Parameters of {@link Wechatpay.appLaunchParams}.
 *
 * @example
 * ```ts
 * const params: AppLaunchParams = { appid, preEntrustwebId, outContractCode };
 * ```
 */
export interface AppLaunchParams {
  /** The appid that was pre-signed with: 1 to 32 characters. */
  appid: string;
  /** The pre-sign id, at most 2 minutes old: 1 to 128 characters. */
  preEntrustwebId: string;
  /** The merchant's own number of the contract that was pre-signed: 1 to 128 of `0-9 A-Z a-z _ -`. */
  outContractCode: string;
}

/**
 * What the phone app hands to WeChat's SDK, as it is.
 *
 * @example
 * ```ts
 * const { businessType, query }: AppLaunch = await wxpay.appLaunchParams(launched);
 * ```
 */
export interface AppLaunch {
  businessType: 'liteAppC2CSignPay';
  /** A signed query string, each value of it percent-encoded. Whoever has it can open the page. */
  query: string;
}

/**
 * What {@link Wechatpay.echo} gives.
 *
 * @example
 * ```ts
 * const { echoMessage, encryptedEchoMessage }: Echo = await wxpay.echo();
 * ```
 */
export interface Echo {
  /** The message, which came back as it was sent. */
  echoMessage: string;
  /** What WeChat Pay sealed for the merchant, opened with the merchant's key, where it did. */
  encryptedEchoMessage?: string;
}

/**
 * Parameters of {@link Wechatpay.paySign}.
 *
 * @example
 * ```ts
 * const order: PaySignParams<'app'> = { type: 'app', appid, prepayId };
 * ```
 */
export type PaySignParams<Type extends PaySignType = PaySignType> = {
  /** Where the cashier opens: a page in WeChat, a mini program, or an app. An app signs another string. */
  type: Type;
  /** The appid that the order was made with: 1 to 32 characters. */
  appid: string;
  /** The `prepay_id` that making the order answered, without `prepay_id=`. It holds for two hours. */
  prepayId: string;
} & (Type extends 'app'
  ? {
      /** Of a partner whose order names another merchant: that one's number. Otherwise the client's. */
      partnerid?: string | undefined;
    }
  : { partnerid?: undefined });

/**
 * Where WeChat's cashier opens.
 *
 * @example
 * ```ts
 * const type: PaySignType = 'miniprogram';
 * ```
 */
export type PaySignType = 'jsapi' | 'miniprogram' | 'app';

/**
 * What `wx.requestPayment` of a mini program takes.
 *
 * @example
 * ```ts
 * const payment: MiniProgramPayment = await wxpay.paySign({ type: 'miniprogram', appid, prepayId });
 * // in the mini program: wx.requestPayment({ ...payment, success, fail })
 * ```
 */
export interface MiniProgramPayment {
  /** Seconds since 1970, as text. */
  timeStamp: string;
  nonceStr: string;
  /** `prepay_id=…` */
  package: string;
  signType: 'RSA';
  paySign: string;
}

/**
 * What `WeixinJSBridge.invoke('getBrandWCPayRequest', …)` of a page in WeChat takes.
 *
 * @example
 * ```ts
 * const payment: JsapiPayment = await wxpay.paySign({ type: 'jsapi', appid, prepayId });
 * // in the page: WeixinJSBridge.invoke('getBrandWCPayRequest', payment, callback)
 * ```
 */
export interface JsapiPayment extends MiniProgramPayment {
  appId: string;
}

/**
 * What a `PayReq` of WeChat's SDK for apps takes. On Android and HarmonyOS `package` is called
 * `packageValue`, and names have capitals: `partnerId`, `nonceStr`.
 *
 * @example
 * ```ts
 * const payment: AppPayment = await wxpay.paySign({ type: 'app', appid, prepayId });
 * ```
 */
export interface AppPayment {
  appid: string;
  partnerid: string;
  prepayid: string;
  package: 'Sign=WXPay';
  noncestr: string;
  /** Seconds since 1970, as text. */
  timestamp: string;
  sign: string;
}

/**
 * Parameters of {@link Wechatpay.upload}.
 *
 * @example
 * ```ts
 * const picture: UploadParams = { filename: 'shop.jpg', file: await readFile('shop.jpg') };
 * ```
 */
export interface UploadParams {
  /**
   * The file: bytes, a `Blob` or `File`, or a stream of bytes, which is read once. A `Response`'s body is
   * one, and so is what `fs.createReadStream` gives.
   */
  file:
    | Uint8Array
    | ArrayBuffer
    | UploadBlob
    | ReadableStream<Uint8Array>
    | AsyncIterable<Uint8Array>;
  /**
   * 1 to 128 characters, without a path. WeChat Pay tells the kind of file by its ending: `.jpg`, `.bmp`,
   * `.png`, and for videos `.mp4`, `.mov` and the like.
   * @defaultValue the name of a `File`; everything else needs one
   */
  filename?: string | undefined;
  /**
   * The file's media type, such as `image/jpeg`.
   * @defaultValue told by the ending of `filename`
   */
  contentType?: string | undefined;
  /**
   * How large the file may be, in bytes, 1 to 104857600; a larger one is refused before anything is sent.
   * @defaultValue 2 MiB, and 5 MiB for `video_upload`, as documented
   */
  maxBytes?: number | undefined;
}

/**
 * What of a `Blob` is read, in whichever runtime.
 *
 * @example
 * ```ts
 * const file: UploadBlob = new Blob([rawBody]);
 * ```
 */
export interface UploadBlob {
  readonly size: number;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/**
 * What WeChat Pay answers an upload of a picture or a video with, by the names of the wire.
 *
 * @example
 * ```ts
 * const { media_id }: UploadedMedia = await wxpay.upload('/v3/merchant/media/upload', picture);
 * ```
 */
export interface UploadedMedia {
  /** What the file is called from now on: up to 512 characters. */
  media_id: string;
}

/**
 * Parameters of {@link Wechatpay.download}: `hash_type` and `hash_value` as the signed answer gave them
 * beside `download_url`.
 *
 * @example
 * ```ts
 * const params: DownloadParams = {
 *   hashType: 'SHA1',
 *   hashValue: '79bb0f45fc4c42234a918000b2668d689e2bde04',
 * };
 * ```
 */
export interface DownloadParams {
  /** What the file is hashed with. */
  hashType: 'SHA1' | 'SHA256';
  /** What it must hash to: 40 hexadecimal digits for SHA1, 64 for SHA256. */
  hashValue: string;
  /**
   * Whether the bill was asked for with `tar_type` `GZIP`. It is given as it was before: the hash is
   * that of the file out of its gzip. Needs the runtime's `DecompressionStream`.
   * @defaultValue `false`
   */
  gzip?: boolean | undefined;
  /**
   * How large the file may be, in bytes, out of its gzip: 1 to 4294967295. It keeps what unfolds to
   * more than a disk or memory holds from being read to its end.
   * @defaultValue none for a stream, 64 MiB for {@link Wechatpay.downloadBytes}
   */
  maxBytes?: number | undefined;
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
   * `WECHATPAY_CERTS=auto` is `certs: 'auto'`, and beside a public key `auto: true`; it needs
   * `WECHATPAY_APIV3_KEY`.
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
   * Asks for the pre-sign id with which a mini program opens WeChat's contract page
   * (POST `/v3/ecommerce/individual-contracts/pre-entrust-sign/mini-program`, partner document
   * 4020023636). It may be repeated after an error.
   *
   * @throws As {@link Wechatpay.preEntrustSignApp} does.
   *
   * @example
   * ```ts
   * const { preEntrustwebId } = await wxpay.preEntrustSignMiniProgram({
   *   appid: 'wxd678efh567h23787',
   *   outContractCode: 'APPLYMENT_00000000001',
   *   openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
   * });
   * ```
   */
  preEntrustSignMiniProgram(
    params: PreEntrustSignMiniProgramParams,
    options?: CallOptions,
  ): Promise<PreEntrustSign>;

  /**
   * {@link Wechatpay.preEntrustSignApp} for one person alone
   * (POST `/v3/ecommerce/individual-contracts/pre-entrust-sign-with-real-name-identity/app`, partner
   * document 4020083765). Name and number are given in plain text and go out sealed (RSAES-OAEP) with
   * the first WeChat Pay public key of `certs`, or with the platform certificate that holds longest.
   *
   * @throws As {@link Wechatpay.preEntrustSignApp} does. No error holds the name or the number.
   *
   * @example
   * ```ts
   * const { preEntrustwebId } = await wxpay.preEntrustSignAppWithRealName({
   *   appid: 'wxd678efh567h23787',
   *   outContractCode: 'APPLYMENT_00000000001',
   *   realName: '张三',
   *   credType: 'ID_CARD',
   *   credId: '11010519491231002X',
   * });
   * ```
   */
  preEntrustSignAppWithRealName(
    params: PreEntrustSignAppWithRealNameParams,
    options?: CallOptions,
  ): Promise<PreEntrustSign>;

  /**
   * {@link Wechatpay.preEntrustSignMiniProgram} for one person alone
   * (POST `/v3/ecommerce/individual-contracts/pre-entrust-sign-with-real-name-identity/mini-program`,
   * partner document 4020023723), whose name and number go out sealed.
   *
   * @throws As {@link Wechatpay.preEntrustSignApp} does. No error holds the name or the number.
   *
   * @example
   * ```ts
   * const { preEntrustwebId } = await wxpay.preEntrustSignMiniProgramWithRealName({
   *   appid: 'wxd678efh567h23787',
   *   outContractCode: 'APPLYMENT_00000000001',
   *   openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
   *   realName: '张三',
   *   credType: 'ID_CARD',
   *   credId: '11010519491231002X',
   * });
   * ```
   */
  preEntrustSignMiniProgramWithRealName(
    params: PreEntrustSignMiniProgramWithRealNameParams,
    options?: CallOptions,
  ): Promise<PreEntrustSign>;

  /**
   * Queries a contract by the merchant's own number
   * (GET `/v3/ecommerce/individual-contracts/out-contract-code/{out_contract_code}`, partner document
   * 4015851492).
   *
   * @throws As {@link Wechatpay.preEntrustSignApp} does; {@link ApiError} where there is no such contract.
   *
   * @example
   * ```ts
   * const { authState, individualOpenid } = await wxpay.queryContractByOutContractCode({
   *   appid: 'wxd678efh567h23787',
   *   outContractCode: 'APPLYMENT_00000000001',
   * });
   * ```
   */
  queryContractByOutContractCode(
    params: QueryContractByOutContractCodeParams,
    options?: CallOptions,
  ): Promise<ContractByOutContractCode>;

  /**
   * Queries a contract by its payee (GET `/v3/ecommerce/individual-contracts/{openid}`, partner document
   * 4012739528).
   *
   * @throws As {@link Wechatpay.preEntrustSignApp} does; {@link ApiError} where there is no such contract.
   *
   * @example
   * ```ts
   * const { authState } = await wxpay.queryContractByOpenid({
   *   appid: 'wxd678efh567h23787',
   *   openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
   *   permissionType: 'INDIVIDUAL_PAYEE',
   * });
   * ```
   */
  queryContractByOpenid(
    params: QueryContractByOpenidParams,
    options?: CallOptions,
  ): Promise<ContractByOpenid>;

  /**
   * Signs what a phone app opens WeChat's contract page with, within 2 minutes of the pre-sign (partner
   * document 4015804450). Nothing is sent.
   *
   * @throws {@link ValidationError}; {@link ConfigError} where the client was freed, or the host lacks
   * something.
   *
   * @example
   * ```ts
   * const { preEntrustwebId } = await wxpay.preEntrustSignApp({ appid, outContractCode });
   * const launch = await wxpay.appLaunchParams({ appid, preEntrustwebId, outContractCode });
   * return Response.json(launch); // to the app, which hands both members to WeChat's SDK
   * ```
   */
  appLaunchParams(params: AppLaunchParams): Promise<AppLaunch>;

  /**
   * Has WeChat Pay say back a random message, in clear and sealed (POST `/v3/security/echo`, partner
   * document 4015139289). That it resolves proves the merchant number, both serial numbers, every key,
   * the signatures of both sides, and the clock; nothing is changed by it.
   *
   * @throws As {@link Wechatpay.preEntrustSignApp} does: an {@link ApiError} `SIGN_ERROR` is about
   * `mchid`, `serial` or `privateKey`, a {@link VerificationError} about `certs` or the clock, and a
   * {@link TransportError} `ERR_RESPONSE_INVALID` is another message than was sent, or one that does not
   * open with `privateKey`.
   *
   * @example
   * ```ts
   * await wxpay.echo(); // at the start of a server, or as a check of its health
   * ```
   */
  echo(options?: CallOptions): Promise<Echo>;

  /**
   * Downloads the platform certificates that WeChat Pay signs with (GET `/v3/certificates`, merchant
   * document 4012068814) and opens them with the `apiv3Key`. The answer is proven by a key of `certs`,
   * or by one of the certificates that it carries. With `certs: 'auto'` they are used from then on.
   *
   * @throws {@link ConfigError} for `apiv3Key` where the client has none, or where it does not open
   * them; everything else as {@link Wechatpay.preEntrustSignApp}.
   *
   * @example
   * ```ts
   * for (const { serialNo, expireTime } of await wxpay.certificates()) log(serialNo, expireTime);
   * ```
   */
  certificates(options?: CallOptions): Promise<PlatformCertificate[]>;

  /**
   * Proves that a notification is WeChat Pay's, signed over its raw body within the last 300 s, and
   * opens its resource with the `apiv3Key` (merchant documents 4012075420 and 4012071382).
   *
   * The same notification may come several times: compare its `id`, or the state of what it is about.
   * How long its body may take to arrive is the server's to say. What `Resource` says is not checked.
   *
   * @throws {@link ConfigError} for `apiv3Key` where the client has none, or where it is not the key
   * that the notification was sealed with, for `client` where it was freed, and for `clock` where the
   * clock gives no time; {@link ValidationError} for `request`, `headers` or `body`
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
   * Signs what a page in WeChat, a mini program or an app opens WeChat's cashier with, once an order has
   * its prepay id (merchant document 4012365336). Nothing is sent. The result goes to the front end as
   * it is: exactly the members that its call takes, each a string.
   *
   * @throws {@link ValidationError} for `type`, `appid`, `prepayId` or `partnerid`; {@link ConfigError}
   * where the client was freed, or the host lacks something.
   *
   * @example
   * ```ts
   * const payment = await wxpay.paySign({ type: 'jsapi', appid, prepayId });
   * // in the page: WeixinJSBridge.invoke('getBrandWCPayRequest', payment, callback)
   * ```
   */
  paySign(params: PaySignParams<'jsapi'>): Promise<JsapiPayment>;
  paySign(params: PaySignParams<'miniprogram'>): Promise<MiniProgramPayment>;
  paySign(params: PaySignParams<'app'>): Promise<AppPayment>;

  /**
   * Opens a sealed field of an answer (RSAES-OAEP with SHA-1, merchant document 4013053264) with the
   * merchant's private key, such as a payer's name or telephone number. Never log what it gives.
   *
   * @param ciphertext - The field as the answer has it: base64.
   * @throws {@link ValidationError} for `ciphertext` where it is not base64, or cannot be opened: why is
   * not said, since that would help whoever tries; {@link ConfigError} for `privateKey` where the client
   * has a `signer` in its place, or for `client` where it was freed.
   *
   * @example
   * ```ts
   * const phone = await wxpay.decrypt(complaint.payer_phone);
   * ```
   */
  decrypt(ciphertext: string): Promise<string>;

  /**
   * Uploads a file as a form (`multipart/form-data`), as `/v3/merchant/media/upload`, `…/video_upload`,
   * `/v3/marketing/favor/media/image-upload` and others take it (partner document 4012760509). Its
   * SHA-256 is made here, and signed with its name.
   *
   * An upload is sent once. Where it fails, the same may be sent again: no more comes of it than an id
   * that nobody uses. How long a stream may take to arrive is its source's to say; the signal ends that.
   *
   * @param path - As documented, from `/v3/` on.
   * @returns The answer's JSON by the names of the wire; what `Answer` says is not checked.
   * @throws {@link ValidationError} for `path`, `file`, `filename`, `contentType` or `maxBytes` before
   * anything is sent; otherwise what every call throws.
   *
   * @example
   * ```ts
   * const { media_id } = await wxpay.upload('/v3/merchant/media/upload', {
   *   filename: 'shop.jpg',
   *   file: await readFile('shop.jpg'),
   * });
   * ```
   */
  upload<Answer = UploadedMedia>(
    path: string,
    params: UploadParams,
    options?: CallOptions,
  ): Promise<Answer>;

  /**
   * Downloads a bill or another file, whose URL and hash a signed answer gave (merchant documents
   * 4012556742 and 4012810615). The file itself is not signed, so every byte is hashed as it passes, and
   * **the stream fails at its end where the hash is another**: act on the file only when it has ended
   * well, or take {@link Wechatpay.downloadBytes}.
   *
   * The request is signed, and goes to WeChat Pay's own hosts and the client's `baseUrl` alone. As every
   * GET it is retried, within `deadline`, until the headers of a file are there, and never after that: a
   * file that breaks off is asked for anew, the URL being good for minutes. `timeout` runs for each
   * attempt, and then anew for every part that is waited for; the signal ends the stream too. Cancel a
   * stream that is not read to its end.
   *
   * @throws {@link ValidationError} for `downloadUrl`, `hashType`, `hashValue`, `gzip` or `maxBytes`;
   * {@link ConfigError} for `gzip` where the runtime has no `DecompressionStream`; {@link ApiError}, or
   * {@link TransportError}. The stream fails with a {@link VerificationError} `ERR_HASH_MISMATCH`, a
   * {@link TransportError} (`ERR_RESPONSE_TOO_LARGE` beyond `maxBytes`), or the signal's own reason.
   *
   * @example
   * ```ts
   * const file = await wxpay.download(bill.download_url, {
   *   hashType: bill.hash_type,
   *   hashValue: bill.hash_value,
   *   gzip: true, // where it was asked for with tar_type=GZIP
   * });
   * await writeFile('bill.csv.part', file); // rejects where the hash is another
   * await rename('bill.csv.part', 'bill.csv');
   * ```
   */
  download(
    downloadUrl: string,
    params: DownloadParams,
    options?: CallOptions,
  ): Promise<ReadableStream<Uint8Array>>;

  /**
   * The same as {@link Wechatpay.download}, given whole, and only when its hash has been checked.
   *
   * @throws As the stream would fail.
   *
   * @example
   * ```ts
   * const { hash_type: hashType, hash_value: hashValue } = bill;
   * const bytes = await wxpay.downloadBytes(bill.download_url, { hashType, hashValue });
   * console.log(new TextDecoder().decode(bytes));
   * ```
   */
  downloadBytes(
    downloadUrl: string,
    params: DownloadParams,
    options?: CallOptions,
  ): Promise<Uint8Array>;

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
 * WeChat Pay sends it again then. So never as a success callback: `.then(notificationAnswer)` answers
 * 500, since it hands over what the handling gave; write `.then(() => notificationAnswer())`. The answer holds no more of the error than its code or field.
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
    | 'ERR_SERIAL_UNKNOWN'
    /** A downloaded file is not the one that the signed answer gave the hash of. */
    | 'ERR_HASH_MISMATCH';
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
