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
   * @throws {@link ConfigError} if an option is missing, unknown or unusable. The error names the
   * option and says what to do.
   */
  constructor(options: WechatpayOptions);

  /**
   * Creates a client from environment variables. Nothing is sent.
   *
   * - Required: `WECHATPAY_MCHID` and `WECHATPAY_PRIVATE_KEY`, and one or both of `WECHATPAY_SERIAL` and
   *   `WECHATPAY_CERT`, the content of `apiclient_cert.pem`.
   * - Required, one or both: `WECHATPAY_PUBLIC_KEY_ID` with `WECHATPAY_PUBLIC_KEY`;
   *   `WECHATPAY_CERTS=auto`.
   * - Optional: `WECHATPAY_APIV3_KEY` and `WECHATPAY_BASE_URL`.
   *
   * A key is PEM text. Its line breaks may be written as `\n`. Each variable may instead name a
   * file that contains the value: add `_FILE` to the variable's name (Node 20.16 or newer).
   *
   * `WECHATPAY_CERTS=auto` means `certs: 'auto'`, or `auto: true` if a public key is set as well.
   * It needs `WECHATPAY_APIV3_KEY`.
   *
   * @param env - The variables. The default is `process.env`. A Worker passes its own `env`.
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
   * Does the same as {@link Wechatpay.notification} for several merchants that have one notification URL,
   * and says whose the notification is. Each distinct key of `certs` verifies it once; where several clients
   * know the key, as they do a platform certificate, the `apiv3Key` that decrypts it decides. The clock and
   * the limits for notifications on their way are those of the first client. A client without an `apiv3Key`
   * takes none of the others their notifications. `onNotification` is that of the client that it is for; of a
   * failure, that of the first client which has one.
   *
   * @throws The same errors as {@link Wechatpay.notification}, which name the merchants that were tried; a
   * {@link ValidationError} for `clients` if they are no array of 1 to 1,000 clients.
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
   * Requests the pre-sign id with which a phone app opens WeChat's contract page
   * (POST `/v3/ecommerce/individual-contracts/pre-entrust-sign/app`, partner document 4015851472).
   *
   * WeChat Pay treats a repeated request with the same `outContractCode` as the same contract, so
   * you may repeat the call after an error. The client also retries it automatically.
   *
   * @throws {@link ValidationError} before anything is sent, if a parameter is missing or invalid.
   * @throws {@link ApiError} if WeChat Pay responds with an error.
   * @throws {@link VerificationError} if the response cannot be verified.
   * @throws {@link TransportError} if there is no usable response.
   * @throws {@link ConfigError} if the client was freed, or if the runtime lacks something.
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
   * Requests the pre-sign id with which a mini program opens WeChat's contract page
   * (POST `/v3/ecommerce/individual-contracts/pre-entrust-sign/mini-program`, partner document
   * 4020023636). You may repeat the call after an error.
   *
   * @throws The same errors as {@link Wechatpay.preEntrustSignApp}.
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
   * Does the same as {@link Wechatpay.preEntrustSignApp}, but only the named person can sign the
   * contract (POST
   * `/v3/ecommerce/individual-contracts/pre-entrust-sign-with-real-name-identity/app`, partner
   * document 4020083765).
   *
   * Pass the name and the number in plain text. The client encrypts them (RSAES-OAEP) with the
   * first WeChat Pay public key of `certs`. If there is none, it uses the platform certificate with
   * the latest expiry.
   *
   * @throws The same errors as {@link Wechatpay.preEntrustSignApp}. No error contains the name or
   * the number.
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
   * Does the same as {@link Wechatpay.preEntrustSignMiniProgram}, but only the named person can
   * sign the contract (POST
   * `/v3/ecommerce/individual-contracts/pre-entrust-sign-with-real-name-identity/mini-program`,
   * partner document 4020023723). The client encrypts the name and the number, as in {@link
   * Wechatpay.preEntrustSignAppWithRealName}.
   *
   * @throws The same errors as {@link Wechatpay.preEntrustSignApp}. No error contains the name or
   * the number.
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
   * Queries a contract by the merchant's own contract number
   * (GET `/v3/ecommerce/individual-contracts/out-contract-code/{out_contract_code}`, partner
   * document 4015851492).
   *
   * @throws The same errors as {@link Wechatpay.preEntrustSignApp}. It is an {@link ApiError} if
   * the contract does not exist.
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
   * Queries a contract by its payee (GET `/v3/ecommerce/individual-contracts/{openid}`, partner
   * document 4012739528).
   *
   * @throws The same errors as {@link Wechatpay.preEntrustSignApp}. It is an {@link ApiError} if
   * the contract does not exist.
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
   * Signs the parameters with which a phone app opens WeChat's contract page (partner document
   * 4015804450). The app must open the page within 2 minutes of the pre-sign. Nothing is sent.
   *
   * @throws {@link ValidationError} if a parameter is missing or invalid.
   * @throws {@link ConfigError} if the client was freed, or if the runtime lacks something.
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
   * Checks the configuration: WeChat Pay returns a random message, in plain text and encrypted
   * (POST `/v3/security/echo`, partner document 4015139289).
   *
   * If the promise resolves, then WeChat Pay knows the merchant number and the serial number, and
   * accepts a signature of the private key; and a key of `certs` verifies its response, in time. If
   * `encryptedEchoMessage` equals `echoMessage`, both sides decrypt what the other encrypts. It shows
   * nothing about the `apiv3Key` or other keys of `certs`. The call changes nothing.
   *
   * @throws The same errors as {@link Wechatpay.preEntrustSignApp}. An {@link ApiError}
   * `SIGN_ERROR` is about `mchid`, `serial` or `privateKey`. A {@link VerificationError} is about
   * `certs` or the clock. A {@link TransportError} `ERR_RESPONSE_INVALID` means that the returned
   * message is not the one that was sent, or that `privateKey` cannot decrypt it.
   *
   * @example
   * ```ts
   * await wxpay.echo(); // at the start of a server, or as a health check
   * ```
   */
  echo(options?: CallOptions): Promise<Echo>;

  /**
   * Downloads the platform certificates with which WeChat Pay signs, and decrypts them with the
   * `apiv3Key` (GET `/v3/certificates`, merchant document 4012068814).
   *
   * A key of `certs`, or one of the downloaded certificates, verifies the response. With
   * `certs: 'auto'` the client uses the downloaded certificates from then on.
   *
   * @throws {@link ConfigError} for `apiv3Key` if the client has none, or if it cannot decrypt the
   * certificates. Otherwise the same errors as {@link Wechatpay.preEntrustSignApp}.
   *
   * @example
   * ```ts
   * for (const { serialNo, expireTime } of await wxpay.certificates()) log(serialNo, expireTime);
   * ```
   */
  certificates(options?: CallOptions): Promise<PlatformCertificate[]>;

  /**
   * Verifies that a notification is from WeChat Pay, and decrypts its resource with the `apiv3Key`
   * (merchant documents 4012075420 and 4012071382).
   *
   * The signature covers the raw body, so pass the body exactly as it arrived. Its timestamp may
   * differ from the clock by at most 300 s. The client sets no time limit for reading the body;
   * your server does. A request in a framework's context is found ({@link NotificationContext}).
   *
   * WeChat Pay may send the same notification several times. Compare its `id`, or check the state
   * of the object that it is about. The event types the resource ({@link NotificationEvent}), unless
   * you give it a type of your own. The package does not check the resource against either.
   *
   * @throws {@link VerificationError} if the notification is not verified. Do not act on it.
   * @throws {@link ValidationError} for `request`, `headers` or `body` if the argument is not a
   * request, if the body was already read or parsed, if it is larger than 1 MiB, or if a signed
   * body does not have the documented form.
   * @throws {@link ConfigError} for `apiv3Key` if the client has none, or if the notification was
   * encrypted with another key; for `client` if the client was freed; for `clock` if the clock
   * returns no time.
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
   * Signs the parameters with which a page in WeChat, a mini program or an app opens WeChat's
   * cashier (merchant document 4012365336). The order must already have its prepay id. Nothing is
   * sent.
   *
   * Pass the result to the front end unchanged. It has exactly the members that the front end's
   * call needs, and each is a string.
   *
   * @throws {@link ValidationError} for `type`, `appid`, `prepayId` or `partnerid`.
   * @throws {@link ConfigError} if the client was freed, or if the runtime lacks something.
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
   * Encrypts a text for WeChat Pay (RSAES-OAEP with SHA-1, merchant document 4013053257), with the key that
   * the package's own calls use: WeChat Pay's public key, or else the platform certificate that is valid for
   * the longest time. With `certs: 'auto'`, the certificates are downloaded first if none is known.
   *
   * To encrypt fields of a call of the chain, name them in its option `encrypt`.
   *
   * @param text - At most 214 bytes in UTF-8 with a key of 2048 bits.
   * @throws {@link ValidationError} for `text` if it is longer, or no string.
   * @throws {@link ConfigError} for `certs` if no key is valid, or for `client` if the client was freed.
   *
   * @example
   * ```ts
   * const { ciphertext, serial } = await wxpay.encrypt('张三');
   * ```
   */
  encrypt(text: string, options?: CallOptions): Promise<Encrypted>;

  /**
   * Decrypts an encrypted field of a response with the merchant's private key (RSAES-OAEP with
   * SHA-1, merchant document 4013053264). Such a field is, for example, a payer's name or phone
   * number. Never log the result.
   *
   * @param ciphertext - The field as it is in the response: base64.
   * @throws {@link ValidationError} for `ciphertext` if it is not base64 or cannot be decrypted.
   * The error does not say which check failed, since that would help an attacker.
   * @throws {@link ConfigError} for `privateKey` if it is a `CryptoKey`, which may only sign, or if the
   * client has a `signer` instead; for `client` if the client was freed.
   *
   * @example
   * ```ts
   * const phone = await wxpay.decrypt(complaint.payer_phone);
   * ```
   */
  decrypt(ciphertext: string): Promise<string>;

  /**
   * Uploads a file as a form (`multipart/form-data`), for `/v3/merchant/media/upload`,
   * `…/video_upload`, `/v3/marketing/favor/media/image-upload` and similar endpoints (partner
   * document 4012760509). The client computes the file's SHA-256 and signs it together with the
   * filename.
   *
   * The client sends an upload once and does not retry it. After an error you may upload the same
   * file again: at worst WeChat Pay stores an id that nobody uses. The client sets no time limit
   * for reading a stream; use the signal to stop it.
   *
   * @param path - The documented path, from `/v3/` on.
   * @returns The JSON of the response, with WeChat Pay's own field names. The package does not
   * check it against the type `Response`.
   * @throws {@link ValidationError} for `path`, `file`, `filename`, `contentType` or `maxBytes`
   * before anything is sent. Otherwise the same errors as {@link Wechatpay.preEntrustSignApp}.
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
   * Downloads a bill or another file. A signed response contains its URL and its hash (merchant
   * documents 4012556742 and 4012810615).
   *
   * The file itself is not signed. The client therefore hashes every byte as you read it, and **the
   * stream fails at its end if the hash does not match**. Use the file only after the stream has
   * ended without an error, or use {@link Wechatpay.downloadBytes}.
   *
   * The request is signed. It is sent only to WeChat Pay's own hosts and to the client's `baseUrl`.
   *
   * The client retries the request, within `deadline`, until the headers of a file arrive. It does
   * not retry after that: if the file breaks off, call `download` again, since the URL is valid for
   * minutes. `timeout` applies to each attempt, and then to each part of the file that you wait
   * for. The signal stops the stream, too. Cancel a stream that you do not read to its end.
   *
   * An encrypted bill (`encryptKey`, `nonce`) is decrypted: its tag is at its end, and nothing is decrypted
   * before the tag is checked. So the promise resolves when all of it has arrived, it is held in memory, and
   * `maxBytes` is 64 MiB unless you set it.
   *
   * A file that WeChat Pay neither signs nor hashes, such as the picture of a complaint, takes
   * `acceptUnverifiedFile: true` ({@link UnverifiedDownloadParams}), and its path (`/v3/…`) or URL. It is fetched
   * from the client's `baseUrl`. The result says `verified: false`.
   *
   * @throws {@link ValidationError} for `downloadUrl`, `hashType`, `hashValue`, `encryptKey`, `nonce`, `gzip`,
   * `maxBytes` or `acceptUnverifiedFile`.
   * @throws {@link ConfigError} for `gzip` if the runtime has no `DecompressionStream`.
   * @throws {@link ApiError} or {@link TransportError}. The stream itself fails with a
   * {@link VerificationError} `ERR_HASH_MISMATCH`, with a {@link TransportError}
   * (`ERR_RESPONSE_TOO_LARGE` if the file is larger than `maxBytes`), or with the signal's own
   * reason.
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
   * Does the same as {@link Wechatpay.download}, but returns the complete file, and only after its
   * hash was verified. The file may have up to 64 MiB unless `maxBytes` sets another limit.
   *
   * @throws The same errors as {@link Wechatpay.download} and its stream.
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
   * Calls any other endpoint. Write its path as properties, then call `get`, `post`, `put`, `patch`
   * or `delete`. The documented paths are typed: variables, query, body and response. Each method
   * says which document describes it. Any other path works as well. {@link ChainNode} explains how
   * property names become path segments. {@link ChainOptions} explains what is sent.
   *
   * The type of a response may be replaced by one of your own. The types may lack something that
   * WeChat Pay takes, since they are made of its documents: `wxpay.chain(path as string)` takes
   * anything.
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
   * Calls any other endpoint by its path, used as written. The path may contain variables
   * (`{name}`) and a query. A documented path is typed as in {@link Wechatpay.v3}, if it is a
   * literal.
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
   * Gives the items of a list that WeChat Pay returns in pages, one after the other (GET). Each page is one
   * verified call, which is sent when its first item is asked for; `break` sends no more. `options` are those of
   * `wxpay.chain(path).get()`, and {@link PaginateOptions}; `query.offset` says where to begin. `signal` and
   * `timeout` apply to each call.
   *
   * It ends where the response's `total_count` is reached, or with a page that is shorter than `pageSize`
   * where the response has no total. It knows `offset` with `limit` or `page_size`, and `page_token`; it does not
   * know lists whose pages have numbers in a body or that begin with an unknown one (`card-links`,
   * `query-risk-trades`).
   *
   * @throws The iteration throws the errors of a chain call; a {@link ValidationError} if `path`, `query.offset`,
   * `options.pageSize` … is wrong, before anything is sent; a {@link TransportError} `ERR_RESPONSE_INVALID` if the
   * same page comes twice, or three empty pages in a row although the total says that there are more items.
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
   * @example
   * ```ts
   * await wxpay['v3/bill/tradebill'].get({ query: { bill_date: '2026-11-22' } });
   * ```
   */
  readonly [path: `v3/${string}`]: ChainNode;

  /**
   * Frees the client's memory and zeroizes its private key. Calls that are already running end as
   * usual. New calls reject with a {@link ConfigError}. If you never call this, the garbage
   * collector frees the client.
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
