/**
 * A WeChat Pay of your own, on loopback: it checks calls as WeChat Pay does and signs its responses.
 *
 * It is written on Node.js's own `http`, `https` and `crypto` alone and shares no code with the
 * client, so that each checks the other. Node.js 20 or later.
 *
 * `npx wechatpay-wasm sandbox <command>` runs any command against one.
 *
 * @packageDocumentation
 */

// As TypeScript 5.2's `lib.esnext.disposable` has it, whose reference is an error before 5.2. Whoever
// has both gets one and the same symbol. `await using` asks for Disposable too.
declare global {
  interface SymbolConstructor {
    readonly dispose: unique symbol;
    readonly asyncDispose: unique symbol;
  }
  interface Disposable {
    [Symbol.dispose](): void;
  }
  interface AsyncDisposable {
    [Symbol.asyncDispose](): PromiseLike<void>;
  }
}

/**
 * What {@link createSandbox} takes. An option that is not here is refused with a `TypeError`.
 *
 * @example
 * ```js
 * // A client whose clock is right, and a WeChat Pay whose clock is ten minutes ahead.
 * const sandbox = await createSandbox({ clock: () => Date.now() + 600_000 });
 * ```
 */
export interface SandboxOptions {
  /** The port to listen on, on 127.0.0.1. A free one where it is left out. */
  port?: number | undefined;
  /** The sandbox's time, in milliseconds since 1970. `Date.now` where it is left out. */
  clock?: (() => number) | undefined;
  /** Goes wrong with every call, until {@link Sandbox.faults} is set to something else. */
  faults?: SandboxFaults | undefined;
  /**
   * Called with every request when it has been checked, before its response arrives. What it throws is
   * an uncaught exception, and the call is responded to all the same.
   *
   * @example
   * ```js
   * const sandbox = await createSandbox({
   *   onRequest: ({ method, url, result }) => console.log(method, url, result.reason),
   * });
   * ```
   */
  onRequest?: ((request: SandboxRequest) => void) | undefined;
}

/**
 * What goes wrong between the sandbox and its caller. Faults combine.
 *
 * One call gets faults of its own by a request header, in place of those of the sandbox:
 * `Sandbox-Faults: tamper, delay=200`. It is not part of what is signed. A header that is wrong is
 * responded with 400 PARAM_ERROR, and the reason says what is wrong with it.
 *
 * @example
 * ```js
 * // The first call is carried out, and its response lost. What does the program do then?
 * const sandbox = await createSandbox({ faults: { drop: true, times: 1 } });
 *
 * // A proxy that changes responses, and is slow.
 * sandbox.faults = { tamper: true, delay: 200 };
 *
 * // One call alone, through a fetch of your own.
 * const fetch = (url, init) =>
 *   globalThis.fetch(url, { ...init, headers: { ...init.headers, 'Sandbox-Faults': 'status=503' } });
 * const wxpay = new Wechatpay({ ...sandbox.options, fetch });
 * ```
 */
export interface SandboxFaults {
  /** The call is checked and carried out, then its connection is closed without a response. */
  readonly drop?: boolean | undefined;
  /** Milliseconds to wait before the response: 0 to 2,147,483,647. Closing the sandbox ends them. */
  readonly delay?: number | undefined;
  /** One byte of the body is changed after it was signed or hashed; JSON stays JSON. */
  readonly tamper?: boolean | undefined;
  /** The response is signed with a timestamp ten minutes back; its signature holds. */
  readonly stale?: boolean | undefined;
  /** The response has no `Wechatpay-…` header. */
  readonly unsigned?: boolean | undefined;
  /**
   * 400 to 599: nothing of the call is checked or carried out, and it is responded to with this status and
   * the code that WeChat Pay documents for it, such as 429 `RATELIMIT_EXCEEDED`, 500 `SYSTEM_ERROR` or
   * 503 `SERVICE_UNAVAILABLE`. With 502 and 504 the response is that of a gateway: HTML, unsigned.
   */
  readonly status?: number | undefined;
  /**
   * For so many calls, then none: 1 or more. Where it is left out, for all of them. Calls with the
   * header do not count, and the header does not take it.
   */
  readonly times?: number | undefined;
}

/**
 * What opens a client to the sandbox: exactly these options, made new at its start.
 *
 * @example
 * ```js
 * const wxpay = new Wechatpay({ ...sandbox.options, timeout: 1_000 });
 * ```
 */
export interface SandboxClientOptions {
  /** The merchant's number: ten digits. */
  readonly mchid: string;
  /** The serial number of the merchant's API certificate: 40 upper-case hexadecimal digits. */
  readonly serial: string;
  /** The merchant's private key: 2048-bit RSA, PKCS#8, PEM. */
  readonly privateKey: string;
  /**
   * WeChat Pay's public key (SPKI, PEM) by its `PUB_KEY_ID_…`. With `certs: 'auto'` in its place, the
   * sandbox gives out platform certificates, and signs with them.
   */
  readonly certs: Readonly<Record<string, string>>;
  /** The APIv3 key: 32 ASCII characters. */
  readonly apiv3Key: string;
  /** The same as {@link Sandbox.url}. */
  readonly baseUrl: string;
}

/**
 * What the sandbox made of a request.
 *
 * @example
 * ```js
 * // { ok: false, status: 400, code: 'PARAM_ERROR', reason: '/appid: is required' }
 * console.log(sandbox.requests.at(-1)?.result);
 * ```
 */
export interface SandboxResult {
  /** Whether the request was carried out. */
  readonly ok: boolean;
  /** The status of the response. */
  readonly status: number;
  /** The error code of the response; undefined where there was no error. */
  readonly code: string | undefined;
  /** What was checked, in plain words. To be read, not to be parsed. */
  readonly reason: string;
}

/**
 * A request as it arrived, and the result.
 *
 * @example
 * ```js
 * const [request] = sandbox.requests;
 * console.log(`${request.method} ${request.url}`);
 * console.log(request.message); // the string that has to be signed
 * ```
 */
export interface SandboxRequest {
  readonly method: string;
  /** Path and query, exactly as received. */
  readonly url: string;
  /**
   * Headers by lower-case name, several of one name joined by `, `. In place of the value of
   * `authorization` stands `[redacted]`.
   */
  readonly headers: Readonly<Record<string, string>>;
  /** The raw bytes (in Node.js a `Buffer`). Of a body over 1 MiB, the first 1 MiB; of a form, 8 MiB. */
  readonly body: Uint8Array;
  /**
   * The signature message as the sandbox rebuilt it from what it received. Undefined where the
   * Authorization header could not be parsed, or the body was over its limit.
   */
  readonly message: string | undefined;
  readonly result: SandboxResult;
  /**
   * The faults that were applied to this call, without `times`; undefined where there were none. The
   * result is what the sandbox made of the call, whether or not its response arrived.
   */
  readonly faults: SandboxFaults | undefined;
}

/**
 * What a notification tells. A member that is not here is refused with a `TypeError`.
 *
 * @example
 * ```js
 * const event = {
 *   eventType: 'TRANSACTION.SUCCESS',
 *   summary: '支付成功',
 *   resource: { out_trade_no: '1217752501201407033233368018', trade_state: 'SUCCESS' },
 * };
 * ```
 */
export interface SandboxEvent {
  /** `event_type`, such as `TRANSACTION.SUCCESS`. */
  eventType: string;
  /** What is encrypted, by the names of the wire: anything that JSON can hold, in an object. */
  resource: object;
  /** `resource_type`. `encrypt-resource`, the only one documented, where it is left out. */
  resourceType?: string | undefined;
  /** `summary`. The event type where it is left out. */
  summary?: string | undefined;
  /**
   * `resource.original_type`. The first part of the event type in lower case, such as
   * `transaction`, where it is left out.
   */
  originalType?: string | undefined;
  /** `resource.associated_data`, which may be empty. The original type where it is left out. */
  associatedData?: string | undefined;
  /**
   * Who signs it: WeChat Pay's public key, or the platform certificate that it uses now. The public
   * key where it is left out.
   */
  signedBy?: 'public-key' | 'certificate' | undefined;
}

/**
 * A notification as WeChat Pay would post it.
 *
 * @example
 * ```js
 * // To a handler that takes a Request of fetch, without a server.
 * const notification = sandbox.notification(event);
 * await handler(new Request('https://merchant.example/notify', { method: 'POST', ...notification }));
 * ```
 */
export interface SandboxNotification {
  /**
   * `Content-Type`, `Request-ID`, and `Wechatpay-` `Nonce`, `Timestamp`, `Serial`, `Signature` and
   * `Signature-Type`.
   */
  readonly headers: Readonly<Record<string, string>>;
  /** The JSON text that is signed. Sent in any other form, the signature does not hold. */
  readonly body: string;
}

/**
 * What the receiver of a notification responded. WeChat Pay takes 200 and 204 for "received", and
 * sends it again after anything else.
 *
 * @example
 * ```js
 * const { status, body } = await sandbox.notify('http://127.0.0.1:3000/notify', event);
 * ```
 */
export interface SandboxReceipt {
  readonly status: number;
  /** As text. Of a body over 1 MiB, the first 1 MiB. */
  readonly body: string;
}

/**
 * A running sandbox.
 *
 * @example
 * ```js
 * // From Node.js 20.4 on: closed at the end of the block.
 * await using sandbox = await createSandbox();
 * const wxpay = new Wechatpay(sandbox.options);
 * ```
 */
export interface Sandbox {
  /** `http://127.0.0.1:<port>`. It listens on loopback only. */
  readonly url: string;
  /** Opens a ready client: `new Wechatpay(sandbox.options)`. */
  readonly options: SandboxClientOptions;
  /**
   * What was checked, in the order in which it arrived whole: always the same array, the last 10,000
   * requests. `requests.length = 0` empties it.
   */
  readonly requests: SandboxRequest[];
  /**
   * What goes wrong with the calls to come: undefined for nothing. With `times`, it reads as the
   * number that is left, and as undefined when they are used up.
   *
   * @throws `TypeError` where it is set to a fault that is unknown or of the wrong type.
   */
  get faults(): SandboxFaults | undefined;
  set faults(faults: SandboxFaults | undefined);
  /**
   * Makes a notification: its resource encrypted with `options.apiv3Key` (AES-256-GCM), its body signed
   * by the key in `options.certs`, at the sandbox's time. Every one has an id of its own; sent twice,
   * it is what WeChat Pay does when it was not responded. Faults have no part in it.
   *
   * @throws `TypeError` where a member is missing, unknown or of the wrong type.
   *
   * @example
   * ```js
   * const { headers, body } = sandbox.notification({
   *   eventType: 'REFUND.SUCCESS',
   *   resource: { out_refund_no: '1217752501201407033233368018', refund_status: 'SUCCESS' },
   * });
   * ```
   */
  notification(event: SandboxEvent): SandboxNotification;
  /**
   * Takes a new platform certificate into use: from now on it signs the responses to calls without
   * `Wechatpay-Serial`, and GET `/v3/certificates` lists it beside the one before it. Each holds for
   * five years, from a day before it was made.
   *
   * @returns its serial number
   *
   * @example
   * ```js
   * const wxpay = new Wechatpay({ ...sandbox.options, certs: 'auto' });
   * await wxpay.preEntrustSignApp(params);
   * await sandbox.rotateCertificate();
   * await wxpay.preEntrustSignApp(params); // verified all the same
   * ```
   */
  rotateCertificate(): Promise<string>;
  /**
   * Makes a notification and posts it, once, and without following a redirect.
   *
   * @param url - Of http or https.
   * @throws `TypeError` where the URL or the event is wrong; the error of node:http where nobody
   *   responses there; an `Error` where the response is not there after 5 s, which is as long as WeChat
   *   Pay waits; an `AbortError` where the sandbox is closed.
   *
   * @example
   * ```js
   * const { status } = await sandbox.notify('http://127.0.0.1:3000/notify', {
   *   eventType: 'TRANSACTION.SUCCESS',
   *   resource: { out_trade_no: '1217752501201407033233368018', trade_state: 'SUCCESS' },
   * });
   * ```
   */
  notify(url: string | URL, event: SandboxEvent): Promise<SandboxReceipt>;
  /** Stops listening and closes every connection. A second call waits for the first. */
  close(): Promise<void>;
  /** The same as {@link Sandbox.close}. Node.js has the symbol from 20.4 on. */
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Starts a sandbox: makes three 2048-bit RSA key pairs, the merchant's and WeChat Pay's two, and
 * listens on 127.0.0.1.
 *
 * It checks a call as WeChat Pay does: the path and the method; Accept, User-Agent and
 * Content-Type; scheme and fields of Authorization; the timestamp, within 300 s of its clock; the
 * signature over the raw bytes received; the nonce, not seen before; `Wechatpay-Serial`, where it
 * is sent, or fields are encrypted; every segment of the path, parameter of the query and field of the
 * body, encrypted ones opened; of an upload its signed `meta`, and the file against it. It responds with the
 * documented bodies, and every response is signed, errors included, but a bill itself.
 *
 * It responds with the six calls of `/v3/ecommerce/individual-contracts`, `/v3/security/echo`, the uploads
 * `/v3/merchant/media/upload` and `…/video_upload`, and `/v3/bill/tradebill` with the file that it gives
 * a URL and the hash of. No phone shows its contracts: what was pre-signed counts as signed, and a query
 * finds the last 10,000.
 *
 * @throws `TypeError` where an option is unknown or of the wrong type.
 *
 * @example
 * ```js
 * import { Wechatpay } from 'wechatpay-wasm';
 * import { createSandbox } from 'wechatpay-wasm/sandbox';
 *
 * const sandbox = await createSandbox();
 * try {
 *   const wxpay = new Wechatpay(sandbox.options);
 *   const { preEntrustwebId } = await wxpay.preEntrustSignApp({
 *     appid: 'wxd678efh567h23787',
 *     outContractCode: 'APPLYMENT_00000000001',
 *   });
 *   console.log(preEntrustwebId, sandbox.requests[0].result);
 * } finally {
 *   await sandbox.close();
 * }
 * ```
 */
export declare function createSandbox(options?: SandboxOptions): Promise<Sandbox>;
