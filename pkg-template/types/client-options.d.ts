import type { Certs } from './certificates.js';
import type { Fetch } from './fetch.js';
import type { ResponseEvent, RetryEvent } from './hooks.js';
import type { Signer } from './signer.js';

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
   * What responses are verified with: WeChat Pay public keys by their id (`PUB_KEY_ID_…`), platform
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
   * Milliseconds for one attempt, its signature to the last byte of its response: 1 to 2147483647.
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
   * Called with each response that was read to its end (a file: to the end of its headers), before it is
   * verified. What it throws is ignored.
   */
  onResponse?: ((event: ResponseEvent) => unknown) | undefined;
  /** In place of the host's `fetch`. */
  fetch?: Fetch | undefined;
  /** In place of `Date.now`: milliseconds since 1970. */
  clock?: (() => number) | undefined;
}
