import type {} from '../index.js';
import type { ApiLists, ApiPaths, ApiUploads, ApiV3, ApiV3Paths } from './api.js';
import type { AppLaunch, AppLaunchParams } from './app-launch.js';
import type { CallOptions } from './call-options.js';
import type { PlatformCertificate } from './certificates.js';
import type { ChainNode } from './chain.js';
import type {
  DownloadParams,
  UnverifiedBytes,
  UnverifiedDownloadParams,
  UnverifiedStream,
} from './download.js';
import type { Echo } from './echo.js';
import type { Encrypted } from './encrypted.js';
import type {
  ContractByOpenid,
  ContractByOutContractCode,
  PreEntrustSign,
  PreEntrustSignAppParams,
  PreEntrustSignAppWithRealNameParams,
  PreEntrustSignMiniProgramParams,
  PreEntrustSignMiniProgramWithRealNameParams,
  QueryContractByOpenidParams,
  QueryContractByOutContractCodeParams,
} from './individual-contracts.js';
import type {
  Notification,
  NotificationContext,
  NotificationEvent,
  NotificationRequest,
} from './notification.js';
import type { OtherListPath, OtherPaginateOptions, PaginateArguments } from './paginate.js';
import type { AppPayment, JsapiPayment, MiniProgramPayment, PaySignParams } from './pay-sign.js';
import type { UploadedMedia, UploadParams } from './upload.js';
import type { WechatpayOptions } from './wechatpay-options.js';

/**
 * A client with one merchant's credentials.
 *
 * Create it once and use it from anywhere. It can run any number of calls at the same time.
 * Creating it needs neither a clock nor the network, so a Worker can create it at module scope.
 *
 * @example
 * ```ts
 * const wxpay = new Wechatpay({ mchid, serial, privateKey, certs });
 * ```
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: every path is a link, by the chain's Proxy.
export class Wechatpay {
  /**
   * Creates a client. Nothing is sent.
   *
   * @throws `ConfigError` if an option is missing, unknown or wrong. It names the option and says what to do.
   */
  constructor(options: WechatpayOptions);

  /**
   * Creates a client from environment variables. Nothing is sent.
   *
   * - Required: `WECHATPAY_MCHID` and `WECHATPAY_PRIVATE_KEY`.
   * - Required, one or both: `WECHATPAY_SERIAL`; `WECHATPAY_CERT`, the content of `apiclient_cert.pem`.
   * - Required, one or both: `WECHATPAY_PUBLIC_KEY_ID` with `WECHATPAY_PUBLIC_KEY`; `WECHATPAY_CERTS=auto`.
   * - Optional: `WECHATPAY_APIV3_KEY` and `WECHATPAY_BASE_URL`.
   *
   * A key is PEM text. Its line breaks may be written as `\n`. To read a value from a file, add `_FILE` to
   * the variable's name (Node 20.16 or newer).
   *
   * `WECHATPAY_CERTS=auto` means `certs: 'auto'`, or `auto: true` beside a public key. It needs
   * `WECHATPAY_APIV3_KEY`.
   *
   * @param env - The variables: `process.env` by default. A Worker passes its own `env`.
   * @throws `ConfigError` if a variable is missing or wrong. It names the option and its variable.
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
   * Verifies a notification for several merchants that share one URL, and says whose it is.
   *
   * It does the same as {@link Wechatpay.notification}. Each distinct key of `certs` verifies once. If several
   * clients know the key, as they do a platform certificate, the `apiv3Key` that decrypts decides. The clock
   * and the limits are those of the first client. A client without an `apiv3Key` takes none from the others.
   * `onNotification` is that of the client it is for; of a failure, that of the first client which has one.
   *
   * @throws `ValidationError` for `clients` if it is not an array of 1 to 1,000 clients.
   * @throws The errors of `notification`. They name the merchants that were tried.
   *
   * @example
   * ```ts
   * async function receive(request: Request, clients: Wechatpay[]) {
   *   const { wxpay, notification } = await Wechatpay.notificationOf(clients, request);
   *   if (notification.eventType === 'TRANSACTION.SUCCESS') await wxpay.echo();
   * }
   * ```
   */
  static notificationOf<Client extends Wechatpay>(
    clients: readonly Client[],
    request: NotificationRequest | NotificationContext,
  ): Promise<{ wxpay: Client; notification: NotificationEvent }>;
  static notificationOf<Resource, Client extends Wechatpay = Wechatpay>(
    clients: readonly Client[],
    request: NotificationRequest | NotificationContext,
  ): Promise<{ wxpay: Client; notification: Notification<Resource> }>;

  /**
   * Requests the pre-sign id with which a phone app opens WeChat's contract page.
   *
   * You may repeat the call after an error: to WeChat Pay, the same `outContractCode` is the same contract.
   * The client also retries it by itself.
   *
   * POST `/v3/ecommerce/individual-contracts/pre-entrust-sign/app`, described at
   * https://pay.weixin.qq.com/doc/v3/partner/4015851472
   *
   * @throws `ValidationError` if a parameter is missing or wrong. Nothing was sent.
   * @throws `ApiError` if WeChat Pay responds with an error.
   * @throws `VerificationError` if the response is not verified. The call may have been carried out.
   * @throws `TransportError` if there is no usable response. The call may have been carried out, unless
   * `sent` is false.
   * @throws `ConfigError` if an option is wrong, or the runtime lacks something.
   * @throws The signal's own reason, if the signal is aborted.
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
   * Requests the pre-sign id with which a mini program opens WeChat's contract page.
   *
   * You may repeat the call after an error. The client also retries it by itself.
   *
   * POST `/v3/ecommerce/individual-contracts/pre-entrust-sign/mini-program`, described at
   * https://pay.weixin.qq.com/doc/v3/partner/4020023636
   *
   * @throws `ValidationError` if a parameter is missing or wrong. Nothing was sent.
   * @throws `ApiError` if WeChat Pay responds with an error.
   * @throws `VerificationError` if the response is not verified. The call may have been carried out.
   * @throws `TransportError` if there is no usable response. The call may have been carried out, unless
   * `sent` is false.
   * @throws `ConfigError` if an option is wrong, or the runtime lacks something.
   * @throws The signal's own reason, if the signal is aborted.
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
   * Requests a pre-sign id for a phone app. Only the named person can sign the contract.
   *
   * Pass the name and the number in plain text. The client encrypts them (RSAES-OAEP) with the first WeChat
   * Pay public key of `certs`. If there is none, it uses the platform certificate with the latest expiry. No
   * error contains the name or the number.
   *
   * POST `/v3/ecommerce/individual-contracts/pre-entrust-sign-with-real-name-identity/app`, described at
   * https://pay.weixin.qq.com/doc/v3/partner/4020083765
   *
   * @throws `ValidationError` if a parameter is missing or wrong. Nothing was sent.
   * @throws `ApiError` if WeChat Pay responds with an error.
   * @throws `VerificationError` if the response is not verified. The call may have been carried out.
   * @throws `TransportError` if there is no usable response. The call may have been carried out, unless
   * `sent` is false.
   * @throws `ConfigError` if an option is wrong, or the runtime lacks something.
   * @throws The signal's own reason, if the signal is aborted.
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
   * Requests a pre-sign id for a mini program. Only the named person can sign the contract.
   *
   * Pass the name and the number in plain text. The client encrypts them, as
   * {@link Wechatpay.preEntrustSignAppWithRealName} does. No error contains the name or the number.
   *
   * POST `/v3/ecommerce/individual-contracts/pre-entrust-sign-with-real-name-identity/mini-program`,
   * described at https://pay.weixin.qq.com/doc/v3/partner/4020023723
   *
   * @throws `ValidationError` if a parameter is missing or wrong. Nothing was sent.
   * @throws `ApiError` if WeChat Pay responds with an error.
   * @throws `VerificationError` if the response is not verified. The call may have been carried out.
   * @throws `TransportError` if there is no usable response. The call may have been carried out, unless
   * `sent` is false.
   * @throws `ConfigError` if an option is wrong, or the runtime lacks something.
   * @throws The signal's own reason, if the signal is aborted.
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
   * Queries a contract by the merchant's own contract number.
   *
   * GET `/v3/ecommerce/individual-contracts/out-contract-code/{out_contract_code}`, described at
   * https://pay.weixin.qq.com/doc/v3/partner/4015851492
   *
   * @throws `ValidationError` if a parameter is missing or wrong. Nothing was sent.
   * @throws `ApiError` if WeChat Pay responds with an error, such as for a contract that does not exist.
   * @throws `VerificationError` if the response is not verified.
   * @throws `TransportError` if there is no usable response.
   * @throws `ConfigError` if an option is wrong, or the runtime lacks something.
   * @throws The signal's own reason, if the signal is aborted.
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
   * Queries a contract by its payee.
   *
   * GET `/v3/ecommerce/individual-contracts/{openid}`, described at
   * https://pay.weixin.qq.com/doc/v3/partner/4012739528
   *
   * @throws `ValidationError` if a parameter is missing or wrong. Nothing was sent.
   * @throws `ApiError` if WeChat Pay responds with an error, such as for a contract that does not exist.
   * @throws `VerificationError` if the response is not verified.
   * @throws `TransportError` if there is no usable response.
   * @throws `ConfigError` if an option is wrong, or the runtime lacks something.
   * @throws The signal's own reason, if the signal is aborted.
   *
   * @example
   * ```ts
   * const { authState } = await wxpay.queryContractByOpenid({
   *   appid: 'wxd678efh567h23787',
   *   openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
   * });
   * ```
   */
  queryContractByOpenid(
    params: QueryContractByOpenidParams,
    options?: CallOptions,
  ): Promise<ContractByOpenid>;

  /**
   * Signs the parameters with which a phone app opens WeChat's contract page. Nothing is sent.
   *
   * The app must open the page within 2 minutes of the pre-sign. Described at
   * https://pay.weixin.qq.com/doc/v3/partner/4015804450
   *
   * @throws `ValidationError` if a parameter is missing or wrong.
   * @throws `ConfigError` if the client was freed, or the runtime lacks something.
   *
   * @example
   * ```ts
   * const { preEntrustwebId } = await wxpay.preEntrustSignApp({ appid, outContractCode });
   * const launch = await wxpay.appLaunchParams({ appid, preEntrustwebId, outContractCode });
   * return Response.json(launch); // the app passes both members to WeChat's SDK
   * ```
   */
  appLaunchParams(params: AppLaunchParams): Promise<AppLaunch>;

  /**
   * Checks the configuration: WeChat Pay returns a random message, in plain text and encrypted. The call
   * changes nothing.
   *
   * If it resolves:
   * - WeChat Pay knows the merchant number and the serial number, and accepts a signature of the private key;
   * - a key of `certs` verifies the response, in time;
   * - if `encryptedEchoMessage` equals `echoMessage`, both sides decrypt what the other encrypts.
   *
   * It shows nothing about the `apiv3Key` or other keys of `certs`.
   *
   * POST `/v3/security/echo`, described at https://pay.weixin.qq.com/doc/v3/partner/4015139289
   *
   * @throws `ApiError` `SIGN_ERROR` if `mchid`, `serial` or `privateKey` is wrong.
   * @throws `VerificationError` if `certs` or the clock is wrong.
   * @throws `TransportError` if there is no usable response. `ERR_RESPONSE_INVALID`: the returned message is
   * not the one that was sent, or `privateKey` cannot decrypt it.
   * @throws `ConfigError` if an option is wrong, or the runtime lacks something.
   * @throws The signal's own reason, if the signal is aborted.
   *
   * @example
   * ```ts
   * await wxpay.echo(); // at the start of a server, or as a health check
   * ```
   */
  echo(options?: CallOptions): Promise<Echo>;

  /**
   * Downloads the platform certificates with which WeChat Pay signs, and decrypts them with the `apiv3Key`.
   *
   * A key of `certs`, or one of the downloaded certificates, verifies the response. With `certs: 'auto'` the
   * client uses the downloaded certificates from then on.
   *
   * GET `/v3/certificates`, described at https://pay.weixin.qq.com/doc/v3/merchant/4012068814
   *
   * @throws `ConfigError` for `apiv3Key` if the client has none, or if it does not decrypt the certificates.
   * @throws `ApiError` if WeChat Pay responds with an error.
   * @throws `VerificationError` if the response is not verified.
   * @throws `TransportError` if there is no usable response.
   * @throws The signal's own reason, if the signal is aborted.
   *
   * @example
   * ```ts
   * for (const { serialNo, expireTime } of await wxpay.certificates()) log(serialNo, expireTime);
   * ```
   */
  certificates(options?: CallOptions): Promise<PlatformCertificate[]>;

  /**
   * Verifies that a notification is from WeChat Pay, and decrypts its resource with the `apiv3Key`.
   *
   * Pass the body exactly as it arrived: the signature covers the raw bytes. Its timestamp may differ from the
   * clock by at most 300 s. Your server limits the time for reading the body; the client does not. A request in
   * a framework's context is found ({@link NotificationContext}).
   *
   * WeChat Pay may send the same notification several times. Compare its `id`, or check the state of what it is
   * about. The event types the resource ({@link NotificationEvent}), unless you give it a type of your own.
   * The package does not check the resource against either.
   *
   * Described at https://pay.weixin.qq.com/doc/v3/merchant/4012075420 and
   * https://pay.weixin.qq.com/doc/v3/merchant/4012071382
   *
   * @throws `VerificationError` if the notification is not verified. Do not act on it.
   * @throws `ValidationError` for `request`, `headers` or `body`: it is not a request, the body was read or
   * parsed before, it is larger than 1 MiB, or a signed body does not have the documented form.
   * @throws `ConfigError` for `apiv3Key` if the client has none, or if the notification was encrypted with
   * another key; for `client` if the client was freed; for `clock` if the clock returns no time.
   *
   * @example
   * ```ts
   * // Workers, Deno, Bun, Next.js, Hono: a fetch Request
   * async function receive(request: Request) {
   *   try {
   *     const { eventType, resource } = await wxpay.notification<Transaction>(request);
   *     if (eventType === 'TRANSACTION.SUCCESS') await settle(resource);
   *     return new Response(null, notificationResponse());
   *   } catch (error) {
   *     const response = notificationResponse(error);
   *     return new Response(response.body, response);
   *   }
   * }
   *
   * // Express: the raw body. Do not use express.json() or another parser on this route.
   * app.post('/notify', express.raw({ type: '*\/*' }), async (request, response) => {
   *   const { status, headers, body } = await wxpay
   *     .notification<Transaction>(request)
   *     .then(({ resource }) => settle(resource))
   *     .then(() => notificationResponse(), notificationResponse);
   *   response.status(status).set(headers).send(body);
   * });
   * ```
   */
  notification(request: NotificationRequest | NotificationContext): Promise<NotificationEvent>;
  notification<Resource>(
    request: NotificationRequest | NotificationContext,
  ): Promise<Notification<Resource>>;

  /**
   * Signs the parameters with which a page in WeChat, a mini program or an app opens WeChat's cashier. Nothing
   * is sent.
   *
   * The order must already have its prepay id. Pass the result to the front end unchanged: it has exactly the
   * members that the front end needs, and each is a string.
   *
   * Described at https://pay.weixin.qq.com/doc/v3/merchant/4012365336
   *
   * @throws `ValidationError` for `type`, `appid`, `prepayId` or `partnerid`.
   * @throws `ConfigError` if the client was freed, or the runtime lacks something.
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
   * Encrypts a text for WeChat Pay (RSAES-OAEP with SHA-1).
   *
   * It uses the key of the package's own calls: WeChat Pay's public key, or else the platform certificate that
   * is valid for the longest time. With `certs: 'auto'`, the certificates are downloaded first if none is known.
   *
   * To encrypt fields of a call of the chain, name them in its option `encrypt`.
   *
   * Described at https://pay.weixin.qq.com/doc/v3/merchant/4013053257
   *
   * @param text - At most 214 bytes in UTF-8 with a key of 2048 bits.
   * @throws `ValidationError` for `text` if it is longer, or not a string.
   * @throws `ConfigError` for `certs` if no key is valid; for `client` if the client was freed.
   *
   * @example
   * ```ts
   * const { ciphertext, serial } = await wxpay.encrypt('张三');
   * ```
   */
  encrypt(text: string, options?: CallOptions): Promise<Encrypted>;

  /**
   * Decrypts an encrypted field of a response with the merchant's private key (RSAES-OAEP with SHA-1). Such a
   * field is, for example, a payer's name or phone number. Never log the result.
   *
   * Described at https://pay.weixin.qq.com/doc/v3/merchant/4013053264
   *
   * @param ciphertext - The field as it is in the response: base64.
   * @throws `ValidationError` for `ciphertext` if it is not base64 or cannot be decrypted. It does not say
   * which check failed, since that would help an attacker.
   * @throws `ConfigError` for `privateKey` if the client has a `CryptoKey`, which may only sign, or a `signer`;
   * for `client` if the client was freed.
   *
   * @example
   * ```ts
   * const phone = await wxpay.decrypt(complaint.payer_phone);
   * ```
   */
  decrypt(ciphertext: string): Promise<string>;

  /**
   * Uploads a file as a form (`multipart/form-data`). The client computes the file's SHA-256 and signs it
   * together with the filename.
   *
   * It is for `/v3/merchant/media/upload`, `…/video_upload`, `/v3/marketing/favor/media/image-upload` and
   * similar endpoints.
   *
   * The client sends an upload once and does not retry it. After an error you may upload the same file again:
   * at worst WeChat Pay stores an id that nobody uses. The client sets no time limit for reading a stream; use
   * the signal to stop it.
   *
   * Described at https://pay.weixin.qq.com/doc/v3/partner/4012760509
   *
   * @param path - The documented path, from `/v3/` on.
   * @returns The JSON of the response, with WeChat Pay's own field names. The package does not check it against
   * the type `Response`.
   * @throws `ValidationError` for `path`, `file`, `filename`, `contentType` or `maxBytes`. Nothing was sent.
   * @throws `ApiError` if WeChat Pay responds with an error.
   * @throws `VerificationError` if the response is not verified. The file may have been stored.
   * @throws `TransportError` if there is no usable response. The file may have been stored.
   * @throws `ConfigError` if an option is wrong, or the runtime lacks something.
   * @throws The signal's own reason, if the signal is aborted.
   *
   * @example
   * ```ts
   * const { media_id } = await wxpay.upload('/v3/merchant/media/upload', {
   *   filename: 'shop.jpg',
   *   file: await readFile('shop.jpg'),
   * });
   * ```
   */
  upload<Path extends keyof ApiUploads>(
    path: Path,
    params: UploadParams,
    options?: CallOptions,
  ): Promise<ApiUploads[Path]>;
  upload<Response = UploadedMedia>(
    path: string,
    params: UploadParams,
    options?: CallOptions,
  ): Promise<Response>;

  /**
   * Downloads a bill or another file. A signed response has its URL and its hash.
   *
   * The file itself is not signed. The client hashes every byte as you read it, and **the stream fails at its
   * end if the hash does not match**. Use the file only after the stream has ended without an error, or use
   * {@link Wechatpay.downloadBytes}.
   *
   * The request is signed. It is sent only to WeChat Pay's own hosts and to the client's `baseUrl`.
   *
   * The client retries the request, within `deadline`, until the headers of a file arrive, and not after that.
   * If the file breaks off, call `download` again: the URL is valid for minutes. `timeout` applies to each
   * attempt, and then to each part of the file that you wait for. The signal stops the stream, too. Cancel a
   * stream that you do not read to its end.
   *
   * An encrypted bill (`encryptKey`, `nonce`) is decrypted. Its tag is at its end, and nothing is decrypted
   * before the tag is checked. So the promise resolves when all of it has arrived, it is held in memory, and
   * `maxBytes` is 64 MiB unless you set it.
   *
   * WeChat Pay neither signs nor hashes a few files, such as the pictures of complaints. For these, set
   * `acceptUnverifiedFile: true` ({@link UnverifiedDownloadParams}), and give the path (`/v3/…`) or URL. The
   * file is fetched from the client's `baseUrl`. The result says `verified: false`.
   *
   * Described at https://pay.weixin.qq.com/doc/v3/merchant/4012556742 and
   * https://pay.weixin.qq.com/doc/v3/merchant/4012810615
   *
   * @throws `ValidationError` for `downloadUrl`, `hashType`, `hashValue`, `encryptKey`, `nonce`, `gzip`,
   * `maxBytes` or `acceptUnverifiedFile`. Nothing was sent.
   * @throws `ConfigError` for `gzip` if the runtime has no `DecompressionStream`.
   * @throws `ApiError` if WeChat Pay responds with an error.
   * @throws `TransportError` if no file arrives.
   * @throws The stream fails with a `VerificationError` (`ERR_HASH_MISMATCH`), a `TransportError`
   * (`ERR_RESPONSE_TOO_LARGE` beyond `maxBytes`), or the signal's own reason.
   *
   * @example
   * ```ts
   * const file = await wxpay.download(bill.download_url, {
   *   hashType: bill.hash_type,
   *   hashValue: bill.hash_value,
   *   gzip: true, // if you requested the bill with tar_type=GZIP
   * });
   * await writeFile('bill.csv.part', file); // rejects if the hash does not match
   * await rename('bill.csv.part', 'bill.csv');
   * ```
   */
  download(
    downloadUrl: string,
    params: UnverifiedDownloadParams,
    options?: CallOptions,
  ): Promise<UnverifiedStream>;
  download(
    downloadUrl: string,
    params: DownloadParams,
    options?: CallOptions,
  ): Promise<ReadableStream<Uint8Array>>;

  /**
   * Does the same as {@link Wechatpay.download}, but returns the complete file, and only after its hash was
   * verified. The file may have up to 64 MiB unless `maxBytes` sets another limit.
   *
   * @throws `VerificationError` (`ERR_HASH_MISMATCH`) if the hash does not match.
   * @throws `TransportError` if the file breaks off, or is larger than `maxBytes` (`ERR_RESPONSE_TOO_LARGE`).
   * @throws The other errors of `download`.
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
    params: UnverifiedDownloadParams,
    options?: CallOptions,
  ): Promise<UnverifiedBytes>;
  downloadBytes(
    downloadUrl: string,
    params: DownloadParams,
    options?: CallOptions,
  ): Promise<Uint8Array>;

  /**
   * Calls any endpoint. Write its path as properties, then call `get`, `post`, `put`, `patch` or `delete`.
   *
   * The documented paths are typed: variables, query, body and response. Each method shows the address of its
   * document. Any other path works as well. {@link ChainNode} explains how property names become path
   * segments. {@link ChainOptions} explains what is sent.
   *
   * You may replace the type of a response by your own. The types are made of WeChat Pay's documents, and may
   * lack something that WeChat Pay takes: `wxpay.chain(path as string)` takes anything.
   *
   * @example
   * ```ts
   * const { data } = await wxpay.v3.pay.transactions.native.post({ json: order });
   * log(data.code_url);
   *
   * await wxpay.v3.pay.transactions.id._transaction_id_.get<{ attach: string }>({
   *   transaction_id: '1217752501201407033233368018',
   *   query: { mchid },
   * });
   * ```
   */
  readonly v3: ApiV3;

  /**
   * Calls any endpoint by its path, used as written. The path may contain variables (`{name}`) and a query. A
   * documented path is typed as in {@link Wechatpay.v3}, if it is a literal.
   *
   * @example
   * ```ts
   * await wxpay.chain('v3/pay/transactions/out-trade-no/{out_trade_no}/close').post({
   *   out_trade_no: '1217752501201407033233368018',
   *   json: { mchid },
   * });
   * ```
   */
  chain<Path extends keyof ApiPaths>(path: Path): ApiPaths[Path];
  chain(path: string): ChainNode;

  /**
   * Gives the items of a list that WeChat Pay returns in pages, one after the other (GET).
   *
   * Each page is one verified call. It is sent when its first item is asked for; `break` sends no more.
   * `options` are those of `wxpay.chain(path).get()`, and {@link PaginateOptions}. `query.offset` says where to
   * begin. `signal` and `timeout` apply to each call.
   *
   * It ends where `total_count` is reached, or with a page that is shorter than `pageSize` if the response has no
   * total. It knows `offset` with `limit` or `page_size`, and `page_token`. It does not know lists whose page
   * numbers are in a body, or that begin with an unknown one (`card-links`, `query-risk-trades`).
   *
   * @throws `ValidationError` if `path`, `query.offset`, `options.pageSize` … is wrong. Nothing was sent.
   * @throws `TransportError` `ERR_RESPONSE_INVALID` if the same page comes twice, or three empty pages in a row
   * although the total says that there are more items.
   * @throws The other errors of a call: `ApiError`, `VerificationError`, `TransportError`.
   *
   * @example
   * ```ts
   * const query = { begin_date: '2026-11-01', end_date: '2026-11-22' };
   * const list = wxpay.paginate('v3/merchant-service/complaints-v2', { query, pageSize: 50 });
   * for await (const { complaint_id } of list) log(complaint_id);
   * ```
   */
  paginate<Path extends keyof ApiLists>(
    path: Path,
    ...options: PaginateArguments<ApiLists[Path]['options']>
  ): AsyncIterableIterator<ApiLists[Path]['item']>;
  paginate<Item = unknown, Path extends string = string>(
    path: OtherListPath<Path>,
    options?: OtherPaginateOptions,
  ): AsyncIterableIterator<Item>;

  /**
   * Does the same as {@link Wechatpay.chain}, in the form of the PHP SDK.
   *
   * With TypeScript's `noUncheckedIndexedAccess`, use `chain()` for a path that is not documented.
   *
   * @example
   * ```ts
   * await wxpay['v3/bill/tradebill'].get({ query: { bill_date: '2026-11-22' } });
   * ```
   */
  readonly [path: `v3/${string}`]: ChainNode;

  /**
   * Frees the client's memory and overwrites its private key with zeros.
   *
   * Calls that are running end as usual. New calls reject with a {@link ConfigError}. If you never call this, the
   * garbage collector frees the client.
   *
   * @example
   * ```ts
   * wxpay.free();
   * ```
   */
  free(): void;

  /**
   * Does the same as {@link Wechatpay.free}, for `using`.
   *
   * @example
   * ```ts
   * using wxpay = new Wechatpay(options);
   * ```
   */
  [Symbol.dispose](): void;
}

/**
 * The documented paths, as {@link Wechatpay.chain} takes them.
 *
 * @example
 * ```ts
 * const { certificates }: Pick<Wechatpay, 'certificates'> = wxpay;
 * ```
 */
export interface Wechatpay extends ApiV3Paths {}
