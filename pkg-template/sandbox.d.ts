/**
 * A WeChat Pay of your own, on loopback: it judges calls as WeChat Pay does and signs its answers.
 *
 * It is written on `node:http` and `node:crypto` alone and shares no code with the client, so that
 * each checks the other. Node.js 20 or later.
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
  /** WeChat Pay's public key (SPKI, PEM) by its `PUB_KEY_ID_…`. The sandbox has this one alone. */
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
 * console.log(sandbox.requests.at(-1)?.verdict);
 * ```
 */
export interface SandboxVerdict {
  /** Whether the request was carried out. */
  readonly ok: boolean;
  /** The status of the answer. */
  readonly status: number;
  /** The error code of the answer; undefined where there was no error. */
  readonly code: string | undefined;
  /** What was judged, in plain words. To be read, not to be parsed. */
  readonly reason: string;
}

/**
 * A request as it arrived, and the verdict.
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
  /** The raw bytes (in Node.js a `Buffer`). Of a body over 1 MiB, the first 1 MiB. */
  readonly body: Uint8Array;
  /**
   * The signature message as the sandbox rebuilt it from what it received. Undefined where the
   * Authorization header could not be parsed, or the body was over 1 MiB.
   */
  readonly message: string | undefined;
  readonly verdict: SandboxVerdict;
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
   * What was judged, in the order in which it arrived whole: always the same array, the last 10,000
   * requests. `requests.length = 0` empties it.
   */
  readonly requests: SandboxRequest[];
  /** Stops listening and closes every connection. A second call waits for the first. */
  close(): Promise<void>;
  /** The same as {@link Sandbox.close}. Node.js has the symbol from 20.4 on. */
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Starts a sandbox: makes two 2048-bit RSA key pairs, the merchant's and WeChat Pay's, and listens
 * on 127.0.0.1.
 *
 * It judges a call as WeChat Pay does: the path and the method; Accept, User-Agent and
 * Content-Type; scheme and fields of Authorization; the timestamp, within 300 s of its clock; the
 * signature over the raw bytes received; the nonce, not seen before; `Wechatpay-Serial`, where it
 * is sent; every field of the body. It answers with the documented bodies, and every answer is
 * signed, errors included.
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
 *   console.log(preEntrustwebId, sandbox.requests[0].verdict);
 * } finally {
 *   await sandbox.close();
 * }
 * ```
 */
export declare function createSandbox(options?: SandboxOptions): Promise<Sandbox>;
