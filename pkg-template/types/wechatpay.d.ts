import type {} from '../index.js';
import type { AppLaunch, AppLaunchParams } from './app-launch.js';
import type { CallOptions } from './call-options.js';
import type { PlatformCertificate } from './certificates.js';
import type { ChainNode, ChainTree } from './chain.js';
import type { ChainPaths } from './chain-paths.js';
import type { DownloadParams } from './download.js';
import type { Echo } from './echo.js';
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
import type { Notification, NotificationRequest } from './notification.js';
import type { AppPayment, JsapiPayment, MiniProgramPayment, PaySignParams } from './pay-sign.js';
import type { UploadedMedia, UploadParams } from './upload.js';
import type { WechatpayOptions } from './wechatpay-options.js';

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
   * document 4020083765). Name and number are given in plain text and go out encrypted (RSAES-OAEP) with
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
   * partner document 4020023723), whose name and number go out encrypted.
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
   * Has WeChat Pay say back a random message, in clear and encrypted (POST `/v3/security/echo`, partner
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
   * document 4012068814) and opens them with the `apiv3Key`. The response is verified by a key of `certs`,
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
   * that the notification was encrypted with, for `client` where it was freed, and for `clock` where the
   * clock gives no time; {@link ValidationError} for `request`, `headers` or `body`
   * where the request is not one, was read already or parsed, is larger than 1 MiB or, signed, of
   * another form than documented; {@link VerificationError} where it is not verified to be WeChat Pay's,
   * and must not be acted on.
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
   * // Express: the raw body, so neither express.json() nor anything else that parses it
   * app.post('/notify', express.raw({ type: '*\/*' }), async (request, response) => {
   *   const { status, headers, body } = await wxpay
   *     .notification<Transaction>(request)
   *     .then(({ resource }) => settle(resource))
   *     .then(() => notificationResponse(), notificationResponse);
   *   response.status(status).set(headers).send(body);
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
   * Opens a encrypted field of a response (RSAES-OAEP with SHA-1, merchant document 4013053264) with the
   * merchant's private key, such as a payer's name or telephone number. Never log what it gives.
   *
   * @param ciphertext - The field as the response has it: base64.
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
   * @returns The response's JSON by the names of the wire; what `Response` says is not checked.
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
  upload<Response = UploadedMedia>(
    path: string,
    params: UploadParams,
    options?: CallOptions,
  ): Promise<Response>;

  /**
   * Downloads a bill or another file, whose URL and hash a signed response gave (merchant documents
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
