/**
 * A local WeChat Pay for tests. It checks calls as WeChat Pay does, and signs its responses.
 *
 * The sandbox uses only Node.js's own `http`, `https` and `crypto`. It shares no code with the
 * client, so that each checks the other. It needs Node.js 20 or newer.
 *
 * `npx wechatpay-wasm sandbox <command>` runs any command against a sandbox.
 *
 * To start at once, it takes RSA keys that an earlier sandbox of the same user kept in the user's cache folder, for
 * 30 days at most. No two sandboxes of a process have the same key, and all else of a merchant is new each time. The
 * environment variable `WECHATPAY_SANDBOX_KEYS` names another folder; if it is empty, keys are made at each start.
 *
 * @packageDocumentation
 */

// The same declarations as in TypeScript's `lib.esnext.disposable`. A reference to that library is
// an error before TypeScript 5.2. Where both exist, they declare one and the same symbol. `await
// using` needs Disposable too.
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
 * Options of {@link createSandbox}. It rejects an unknown option with a `TypeError`.
 *
 * @example
 * ```js
 * // The client's clock is right. WeChat Pay's clock is ten minutes ahead.
 * const sandbox = await createSandbox({ clock: () => Date.now() + 600_000 });
 * ```
 */
export interface SandboxOptions {
  /**
   * The port: 0 to 65535.
   * @defaultValue a free port
   */
  port?: number | undefined;
  /**
   * Where it listens. `'0.0.0.0'` is for a container: other machines can then reach the sandbox, under
   * `allowedHosts`. Its page and its control API answer to its own machine all the same.
   * @defaultValue `'127.0.0.1'`
   */
  address?: '127.0.0.1' | '0.0.0.0' | undefined;
  /**
   * Further hosts by which the sandbox may be called: names, each with or without a port. A program in a
   * container calls the machine by another name, such as `host.docker.internal`.
   *
   * The sandbox answers to the names and addresses of loopback with its own port, and to no other
   * `Host`: otherwise any web site could lead a name of its own to it. It answers no web page of another
   * origin, either, unless the page's host is listed here. Such a request gets an unsigned 403 that says
   * what is wrong, uses up no fault, and is not in {@link Sandbox.requests}.
   *
   * @defaultValue `[]`
   *
   * @example
   * ```js
   * const sandbox = await createSandbox({ allowedHosts: ['host.docker.internal'] });
   * ```
   */
  allowedHosts?: readonly string[] | undefined;
  /**
   * What the merchant verifies WeChat Pay's signatures with.
   *
   * - `'public-key'`: WeChat Pay's public key alone, as merchants that registered since late 2024. Every
   *   response is signed with it, and GET `/v3/certificates` responds 404 RESOURCE_NOT_EXISTS.
   * - `'certificates'`: platform certificates alone. The current one signs.
   * - `'migrating'`: both. What `Wechatpay-Serial` names signs, and otherwise the current certificate.
   *
   * @defaultValue `'public-key'`
   *
   * @example
   * ```js
   * const sandbox = await createSandbox({ merchant: 'certificates' });
   * const wxpay = new Wechatpay({ ...sandbox.options, certs: 'auto' });
   * ```
   */
  merchant?: 'public-key' | 'certificates' | 'migrating' | undefined;
  /**
   * Refuses a field, a query parameter or a value that WeChat Pay does not document, with PARAM_ERROR.
   * Otherwise {@link SandboxRequest.notes} names it, and the sandbox ignores it.
   * @defaultValue `false`
   */
  strict?: boolean | undefined;
  /**
   * Returns the sandbox's time, in milliseconds since 1970.
   * @defaultValue `Date.now`
   */
  clock?: (() => number) | undefined;
  /** Faults of every call, until you set {@link Sandbox.faults} to something else. */
  faults?: SandboxFaults | undefined;
  /**
   * Called with every request after the sandbox has checked it and before its response arrives. An
   * error that it throws becomes an uncaught exception; the call still gets its response.
   *
   * @example
   * ```js
   * const sandbox = await createSandbox({
   *   onRequest: ({ method, url, result }) => console.log(method, url, result.reason),
   * });
   * ```
   */
  onRequest?: ((request: SandboxRequest) => void) | undefined;
  /**
   * Called with every notification that was delivered, or that the sandbox has given up: those of
   * {@link Sandbox.pay}, {@link Sandbox.confirmTransfer} and {@link Sandbox.trigger}, and those that follow
   * a request, such as `REFUND.SUCCESS`. An error that it throws becomes an uncaught exception.
   *
   * @example
   * ```js
   * const sandbox = await createSandbox({
   *   onDelivery: ({ eventType, url, delivered }) => console.log(eventType, url, delivered),
   * });
   * ```
   */
  onDelivery?: ((delivery: SandboxDelivery) => void) | undefined;
  /**
   * A file for what the sandbox remembers: orders, refunds, transfers, profit sharing, contracts,
   * notifications that were not delivered, and the merchant with its keys. A sandbox that starts with the file of an earlier one goes on where that one
   * ended, even if it was killed. Only its owner can read the file. One sandbox uses it at a time: if another
   * one starts with it, the first responds 500 SYSTEM_ERROR to whatever would change something.
   *
   * Without a file the sandbox remembers the last 10,000 of each, and forgets them when it closes.
   *
   * @defaultValue none
   *
   * @example
   * ```js
   * const sandbox = await createSandbox({ port: 8080, state: '.wechatpay-sandbox' });
   * ```
   */
  state?: string | undefined;
}

/**
 * Faults that the sandbox injects between itself and the caller. You can combine them.
 *
 * A request header sets the faults of one call, instead of those of the sandbox:
 * `Sandbox-Faults: tamper, delay=200`. The header is not signed. The sandbox responds to a wrong
 * header with 400 PARAM_ERROR, and {@link SandboxResult.reason} says what is wrong.
 *
 * @example
 * ```js
 * // The sandbox carries out the first call, but its response is lost. What does your program do?
 * const sandbox = await createSandbox({ faults: { drop: true, times: 1 } });
 *
 * // A slow proxy that changes responses.
 * sandbox.faults = { tamper: true, delay: 200 };
 *
 * // Faults of one client alone, through your own fetch.
 * const fetch = (url, init) => {
 *   const headers = { ...init.headers, 'Sandbox-Faults': 'status=503' };
 *   return globalThis.fetch(url, { ...init, headers });
 * };
 * const wxpay = new Wechatpay({ ...sandbox.options, fetch });
 * ```
 */
export interface SandboxFaults {
  /**
   * The sandbox checks the call and carries it out, then closes the connection without a response.
   */
  readonly drop?: boolean | undefined;
  /**
   * Milliseconds before the response is sent: 0 to 2,147,483,647. Closing the sandbox ends the
   * delay.
   */
  readonly delay?: number | undefined;
  /** Changes one byte of the body after it was signed or hashed. JSON stays valid JSON. */
  readonly tamper?: boolean | undefined;
  /** Signs the response with a timestamp ten minutes in the past. The signature is valid. */
  readonly stale?: boolean | undefined;
  /** Sends the response without any `Wechatpay-…` header. */
  readonly unsigned?: boolean | undefined;
  /**
   * Signs the response wrongly, as WeChat Pay does on purpose now and then: the signature begins with
   * `WECHATPAY/SIGNTEST/`. A client that verifies rejects it.
   */
  readonly probe?: boolean | undefined;
  /**
   * Responds with this status, 400 to 599, and with the code that WeChat Pay documents for it: for
   * example 429 `RATELIMIT_EXCEEDED`, 500 `SYSTEM_ERROR` or 503 `SERVICE_UNAVAILABLE`. The sandbox
   * neither checks the call nor carries it out. With 502 and 504 the response looks like that of a
   * gateway: HTML, unsigned.
   */
  readonly status?: number | undefined;
  /**
   * Responds with this documented code of an error, such as `NOT_ENOUGH`, and with the status that
   * WeChat Pay documents for it, or with {@link status}. The sandbox neither checks the call nor carries
   * it out. {@link Sandbox.respond} checks it first.
   */
  readonly code?: string | undefined;
  /**
   * How many calls get the faults: 1 or more. Calls with the header `Sandbox-Faults` do not count,
   * and the header itself does not accept `times`.
   * @defaultValue all calls
   */
  readonly times?: number | undefined;
}

/**
 * The options of a client for the sandbox. Each sandbox makes new ones when it starts.
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
  /** That certificate, `apiclient_cert.pem`: X.509, PEM. */
  readonly cert: string;
  /** The merchant's private key: 2048-bit RSA, PKCS#8, PEM. */
  readonly privateKey: string;
  /**
   * WeChat Pay's public key (SPKI, PEM) by its `PUB_KEY_ID_…`. For `merchant: 'certificates'` the
   * platform certificate by its serial number. A merchant with certificates can use `certs: 'auto'`
   * instead.
   */
  readonly certs: Readonly<Record<string, string>>;
  /** The APIv3 key: 32 ASCII characters. */
  readonly apiv3Key: string;
  /** The same as {@link Sandbox.url}. */
  readonly baseUrl: string;
}

/**
 * The result of checking a request.
 *
 * @example
 * ```js
 * // { ok: false, status: 400, code: 'PARAM_ERROR', reason: '/appid: is required' }
 * console.log(sandbox.requests.at(-1)?.result);
 * ```
 */
export interface SandboxResult {
  /** Whether the sandbox accepted the request and carried it out. */
  readonly ok: boolean;
  /** The status of the response. */
  readonly status: number;
  /** The error code of the response; `undefined` if there was no error. */
  readonly code: string | undefined;
  /** The reason as text, for people. Do not parse it: the words may change. */
  readonly reason: string;
}

/**
 * A request as it arrived, with the result of the checks.
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
  /** The path and the query, exactly as received. */
  readonly url: string;
  /**
   * The headers by their lower-case names. Several headers of one name are joined with `, `. The
   * value of `authorization` is replaced by `[redacted]`.
   */
  readonly headers: Readonly<Record<string, string>>;
  /**
   * The raw bytes of the body (in Node.js a `Buffer`): at most the first 1 MiB, or the first 8 MiB
   * of a form.
   */
  readonly body: Uint8Array;
  /**
   * The string that must be signed, as the sandbox built it from the received request. It is
   * `undefined` if the Authorization header could not be parsed or the body was over its limit.
   */
  readonly message: string | undefined;
  /**
   * The string that was signed instead of {@link message}, if the signature is wrong and the mistake is a
   * usual one: without the query, with the body serialised twice in different ways, and so on. The sandbox
   * compares the hash in the signature with the hashes of such strings.
   */
  readonly signedMessage: string | undefined;
  /**
   * What is wrong with the signature, as text for people, such as `it signs the string without its query`;
   * `undefined` if it is right, or was not checked. {@link SandboxResult.reason} ends with it.
   */
  readonly signatureMistake: string | undefined;
  readonly result: SandboxResult;
  /**
   * What the request has that WeChat Pay does not document: fields, query parameters, values of an
   * enumeration, and texts that are not of the documented form. Often they are typing errors. Each note
   * is a text for people, such as `/out_trade_no_: is not a documented field of this request`.
   */
  readonly notes: readonly string[];
  /**
   * The faults of this call, without `times`; `undefined` if there were none. They do not change
   * `result`, except for `status`: a dropped or changed response still has the result of the
   * checks.
   */
  readonly faults: SandboxFaults | undefined;
}

/**
 * A response of your own: see {@link Sandbox.respond}. It has a `code`, a `body`, or a `status` alone.
 *
 * @example
 * ```js
 * const noBalance = { status: 400, code: 'NOT_ENOUGH', message: '可用余额不足', times: 1 };
 * ```
 */
export interface SandboxResponse {
  /**
   * The status: 200 to 599.
   * @defaultValue the one that WeChat Pay documents for `code`; 200 for a `body`
   */
  status?: number | undefined;
  /** The code of an error. Without a `status` it has to be a documented one. */
  code?: string | undefined;
  /**
   * The message of the error.
   * @defaultValue what the documented code means
   */
  message?: string | undefined;
  /** The detail of the error: anything that JSON can represent. */
  detail?: unknown;
  /** The whole body, in place of `code`, `message` and `detail`: an object that JSON can represent. */
  body?: object | undefined;
  /** Further headers, such as `Retry-After`. */
  headers?: Readonly<Record<string, string>> | undefined;
  /**
   * How many calls get this response: 1 or more. Afterwards the sandbox responds as before.
   * @defaultValue all calls
   */
  times?: number | undefined;
}

/**
 * The content of a notification. The sandbox rejects an unknown member with a `TypeError`.
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
  /**
   * The resource to encrypt, with WeChat Pay's own field names: an object that JSON can represent.
   */
  resource: object;
  /**
   * `resource_type`.
   * @defaultValue `'encrypt-resource'`, the only documented one
   */
  resourceType?: string | undefined;
  /**
   * `summary`.
   * @defaultValue the event type
   */
  summary?: string | undefined;
  /**
   * `resource.original_type`.
   * @defaultValue the first part of the event type in lower case, such as `transaction`
   */
  originalType?: string | undefined;
  /**
   * `resource.associated_data`. It may be empty.
   * @defaultValue the original type
   */
  associatedData?: string | undefined;
  /**
   * The key that signs the notification: that of WeChat Pay's public key, or that of the current
   * platform certificate. The merchant must have it.
   * @defaultValue `'public-key'`, or `'certificate'` for `merchant: 'certificates'`
   */
  signedBy?: 'public-key' | 'certificate' | undefined;
}

/**
 * A notification as WeChat Pay would send it.
 *
 * @example
 * ```js
 * // Pass it to a handler that takes a fetch Request. This needs no server.
 * const notification = sandbox.notification(event);
 * const url = 'https://merchant.example/notify';
 * await handler(new Request(url, { method: 'POST', ...notification }));
 * ```
 */
export interface SandboxNotification {
  /**
   * `Content-Type`, `Request-ID`, and `Wechatpay-` `Nonce`, `Timestamp`, `Serial`, `Signature` and
   * `Signature-Type`.
   */
  readonly headers: Readonly<Record<string, string>>;
  /** The JSON text that is signed. Send it unchanged: otherwise the signature is not valid. */
  readonly body: string;
}

/**
 * The response of the receiver to a notification. For WeChat Pay, 200 and 204 mean "received".
 * After any other status it sends the notification again.
 *
 * @example
 * ```js
 * const { status, body } = await sandbox.notify('http://127.0.0.1:3000/notify', event);
 * ```
 */
export interface SandboxReceipt {
  readonly status: number;
  /** The body as text: at most the first 1 MiB. */
  readonly body: string;
}

/**
 * One attempt to deliver a notification: the receiver's response, or the error.
 *
 * @example
 * ```js
 * // { status: 500, body: '…' }, { status: undefined, error: [Error: connect ECONNREFUSED …] }
 * const { attempts } = await sandbox.pay('ORDER_1');
 * ```
 */
export interface SandboxAttempt {
  /** The status of the response; `undefined` if there was none. */
  readonly status: number | undefined;
  /** The body of the response as text: at most the first 1 MiB. */
  readonly body?: string | undefined;
  /** Why there was no response: the connection failed, or 5 s passed. */
  readonly error?: Error | undefined;
}

/**
 * What became of a notification.
 *
 * @example
 * ```js
 * const delivery = await sandbox.trigger('REFUND.CLOSED', { to: 'http://127.0.0.1:3000/notify' });
 * if (!delivery.delivered) console.log(delivery.attempts);
 * ```
 */
export interface SandboxDelivery {
  /** `event_type`, such as `TRANSACTION.SUCCESS`. */
  readonly eventType: string;
  readonly url: string;
  /** What was sent, each time. */
  readonly notification: SandboxNotification;
  /** Whether the receiver has responded with 200 or 204. */
  readonly delivered: boolean;
  /**
   * The attempts, at most 16. Between them the sandbox pauses as WeChat Pay does, 15 s to 6 h, but ten
   * thousand times shorter: the last attempt comes after nine seconds. While `npx wechatpay-wasm listen` listens,
   * it says how much shorter they are.
   */
  readonly attempts: readonly SandboxAttempt[];
}

/**
 * The fields of an event for {@link Sandbox.trigger}: those of its resource, with WeChat Pay's own names, and
 * where it goes.
 *
 * @example
 * ```js
 * const fields = {
 *   to: 'http://127.0.0.1:3000/notify',
 *   out_trade_no: 'ORDER_1',
 *   amount: { total: 888 },
 * };
 * ```
 */
export interface SandboxTrigger {
  /**
   * An http or https URL.
   * @defaultValue the `notify_url` of the order, refund or transfer that the fields name
   */
  to?: string | undefined;
  /** An object replaces the sample's members one by one; `undefined` leaves a field out. */
  [field: string]: unknown;
}

/**
 * How {@link Sandbox.trigger} sends.
 *
 * @example
 * ```js
 * const once = { maxAttempts: 1 };
 * ```
 */
export interface SandboxTriggerOptions {
  /**
   * After how many attempts the sandbox gives up: 1 to 16.
   * @defaultValue 16, as WeChat Pay does
   */
  maxAttempts?: number | undefined;
  /**
   * The key that signs the notification, as in {@link SandboxEvent.signedBy}.
   * @defaultValue `'public-key'`
   */
  signedBy?: SandboxEvent['signedBy'];
}

/**
 * A running sandbox.
 *
 * @example
 * ```js
 * // Node.js 20.4 or newer closes the sandbox at the end of the block.
 * await using sandbox = await createSandbox();
 * const wxpay = new Wechatpay(sandbox.options);
 * ```
 */
export interface Sandbox {
  /** `http://127.0.0.1:<port>`. It listens on loopback only. */
  readonly url: string;
  /** The options of a client for this sandbox: `new Wechatpay(sandbox.options)`. */
  readonly options: SandboxClientOptions;
  /**
   * The last 10,000 checked requests, in the order in which their last byte arrived. It is always
   * the same array. `requests.length = 0` empties it.
   */
  readonly requests: SandboxRequest[];
  /**
   * The faults of the next calls; `undefined` for none. `times` counts down with each call. After
   * the last one the value is `undefined`.
   *
   * @throws `TypeError` if you set an unknown fault, or a value of the wrong type.
   *
   * @example
   * ```js
   * sandbox.faults = { status: 503, times: 2 }; // the first two attempts fail
   * sandbox.faults = undefined; // no faults
   * ```
   */
  get faults(): SandboxFaults | undefined;
  set faults(faults: SandboxFaults | undefined);
  /**
   * Chooses the response to the calls of one endpoint. The sandbox checks a call as always, and refuses a
   * wrong one; if it is right, it gets this response, is not carried out, and leaves no trace in orders
   * or contracts. The response is signed, and faults apply to it.
   *
   * The path may be one that nobody documents: then signature and headers are checked.
   *
   * @param method - `GET`, `POST`, `PUT`, `PATCH` or `DELETE`.
   * @param path - The path without the query. `{variables}` stand for any value; a path that is written
   *   out comes before.
   * @param response - It replaces what you chose for the same method and path. `undefined` for none.
   * @throws `TypeError` if an argument is wrong.
   *
   * @example
   * ```js
   * sandbox.respond('POST', '/v3/refund/domestic/refunds', { status: 400, code: 'NOT_ENOUGH' });
   * sandbox.respond('GET', '/v3/pay/transactions/id/{transaction_id}', {
   *   body: { trade_state: 'USERPAYING' },
   *   times: 2,
   * });
   * sandbox.respond('POST', '/v3/refund/domestic/refunds', undefined); // as before
   * ```
   */
  respond(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    response: SandboxResponse | undefined,
  ): void;
  /**
   * Makes a notification. The sandbox encrypts its resource with `options.apiv3Key` (AES-256-GCM)
   * and signs its body with its own time. The key in `options.certs` verifies the signature, unless
   * `signedBy` says otherwise.
   *
   * Each notification has its own id. Send the same one twice to test a repetition: WeChat Pay
   * repeats a notification that it got no response to. Faults do not affect notifications.
   *
   * @throws `TypeError` if a member is missing, unknown or of the wrong type.
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
   * Replaces the platform certificate. The new one signs the responses to calls without
   * `Wechatpay-Serial` from now on. GET `/v3/certificates` lists it together with the previous one,
   * which signs the responses to calls that name it.
   * A certificate is valid for five years, starting one day before it was made.
   *
   * @returns The serial number of the new certificate.
   * @throws `Error` for a merchant with the public key alone.
   *
   * @example
   * ```js
   * const sandbox = await createSandbox({ merchant: 'certificates' });
   * const wxpay = new Wechatpay({ ...sandbox.options, certs: 'auto' });
   * await wxpay.preEntrustSignApp(params);
   * await sandbox.rotateCertificate();
   * await wxpay.preEntrustSignApp(params); // the client downloads the new certificate
   * ```
   */
  rotateCertificate(): Promise<string>;
  /**
   * Makes a notification and posts it once. It follows no redirect.
   *
   * @param url - An http or https URL.
   * @throws `TypeError` if the URL or the event is wrong.
   * @throws The error of `node:http` if the connection fails.
   * @throws `Error` if there is no response within 5 s. WeChat Pay waits no longer either.
   * @throws `AbortError` if the sandbox is closed.
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
  /**
   * The user pays an order, by its `out_trade_no`, or all orders of a combined one, by its
   * `combine_out_trade_no`. The order is then `SUCCESS`, is in the bill of the day, and can be refunded.
   * `TRANSACTION.SUCCESS` is sent to its `notify_url`.
   *
   * @returns What became of the notification, once it was delivered or given up.
   * @throws `Error` if there is no such order, or if it is paid or closed.
   *
   * @example
   * ```js
   * await wxpay.v3.pay.transactions.native.post({ json: order });
   * const { delivered } = await sandbox.pay(order.out_trade_no);
   * ```
   */
  pay(outTradeNo: string): Promise<SandboxDelivery>;
  /**
   * The user confirms a transfer, by its `out_bill_no`: it is then `SUCCESS`.
   * `MCHTRANSFER.BILL.FINISHED` is sent to its `notify_url`, if it has one.
   *
   * @returns What became of the notification; `undefined` without a `notify_url`.
   * @throws `Error` if there is no such transfer, or if it does not wait for the user.
   *
   * @example
   * ```js
   * await sandbox.confirmTransfer('plfk2020042013');
   * ```
   */
  confirmTransfer(outBillNo: string): Promise<SandboxDelivery | undefined>;
  /**
   * The payee ends an individual contract: queries then say `UNAUTHORIZED`, until it is pre-signed again.
   *
   * @throws `Error` if no such contract was pre-signed.
   *
   * @example
   * ```js
   * sandbox.terminateContract('APPLYMENT_00000000001');
   * ```
   */
  terminateContract(outContractCode: string): void;
  /**
   * Sends an event: any of those that WeChat Pay documents. What the fields do not say is completed from
   * sample values, with the sandbox's own merchant and time. If the receiver does not respond with 200 or
   * 204, the sandbox sends it again, as {@link SandboxDelivery.attempts} says.
   *
   * `TRANSACTION.SUCCESS`, `REFUND.…` and `MCHTRANSFER.BILL.FINISHED` with the `out_trade_no`,
   * `out_refund_no` or `out_bill_no` of what the sandbox knows have its values, and it happens: an order
   * that waits is paid, a transfer is confirmed (or fails, with `state: 'FAIL'`), a refund becomes
   * `ABNORMAL` or `CLOSED`. `PROFITSHARING.SUCCESS` and `PROFITSHARING.RETURN` have the values of the
   * `out_order_no` or `out_return_no`, and of the receiver with `receiver: { account }`; they need `to`.
   *
   * @returns What became of it, once it was delivered or given up.
   * @throws `TypeError` if the event is unknown, or `to` is no URL.
   *
   * @example
   * ```js
   * const delivery = await sandbox.trigger('PAYSCORE.USER_CONFIRM', {
   *   to: 'http://127.0.0.1:3000/notify',
   *   out_order_no: '1234323JKHDFE1243252',
   * });
   * ```
   */
  trigger(
    type: string,
    fields?: SandboxTrigger,
    options?: SandboxTriggerOptions,
  ): Promise<SandboxDelivery>;
  /** Stops listening and closes every connection. A second call waits for the first one. */
  close(): Promise<void>;
  /**
   * Does the same as {@link Sandbox.close}, for `await using`. The symbol needs Node.js 20.4 or
   * newer.
   */
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Starts a sandbox. It makes 2048-bit RSA key pairs, one for the merchant and one for WeChat Pay, or
 * two for a migrating merchant, and listens on 127.0.0.1.
 *
 * The sandbox checks a call in the order of WeChat Pay:
 * - the path and the method;
 * - Accept, User-Agent and Content-Type;
 * - the scheme and the fields of Authorization;
 * - the timestamp: at most 300 s from the sandbox's clock;
 * - the signature over the received raw bytes;
 * - the nonce: not used before;
 * - `Wechatpay-Serial`, if fields are encrypted;
 * - every path segment, query parameter and body field; encrypted fields are decrypted first;
 * - for an upload, its signed `meta`, and the file against `meta`.
 *
 * It responds with the documented bodies. It signs every response, also errors, but not the file of
 * a bill.
 *
 * The sandbox knows every documented endpoint. It remembers what these did:
 * - the six calls of `/v3/ecommerce/individual-contracts`;
 * - `/v3/security/echo`;
 * - GET `/v3/certificates`;
 * - the uploads `/v3/merchant/media/upload` and `…/video_upload`;
 * - `/v3/bill/tradebill` and `/v3/bill/fundflowbill`, with the URL and the hash of a file, and the file
 *   itself;
 * - orders (JSAPI, APP, H5, Native, by code), of a merchant (`/v3/pay/transactions/…`), of a partner
 *   (`/v3/pay/partner/transactions/…`) and combined (`/v3/combine-transactions/…`): made, queried, closed;
 * - `/v3/refund/domestic/refunds` and `/v3/ecommerce/refunds`: made, queried, mended;
 * - `/v3/fund-app/mch-transfer/transfer-bills`: made, queried, cancelled;
 * - `/v3/profitsharing/…` and `/v3/ecommerce/profitsharing/…`: receivers, orders, returns, what is left, the bill.
 *
 * Every other endpoint is checked against the documents: what is required, the types and the limits. The
 * response has the documented fields, with the request's own values where the names are the same, and
 * examples elsewhere. It remembers nothing of that. A path that nobody documents gets a 404 that says so.
 *
 * It remembers. An order is `NOTPAY` until {@link Sandbox.pay}, and closed after its `time_expire`, or seven
 * days. It is then notified, in the bill of its day, and refunded in parts until nothing is left. A refund is
 * `PROCESSING` in its response, and done after it. A number that is used again, a closed order, a refund of
 * more than there is get WeChat Pay's codes. The trade bill of a day on which nothing was paid is a sample.
 * A payment by code of more than 1,000 yuan is `USERPAYING` until {@link Sandbox.pay}: the user types the
 * password.
 *
 * No phone is needed: a pre-signed contract counts as signed at once.
 *
 * @throws `TypeError` if an option is unknown or of the wrong type.
 * @throws The error of `node:net` if the port cannot be used, such as `EADDRINUSE`.
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
