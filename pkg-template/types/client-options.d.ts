import type { Certs } from './certificates.js';
import type { Fetch } from './fetch.js';
import type {
  FailureEvent,
  NotificationOutcome,
  RequestEvent,
  ResponseEvent,
  RetryEvent,
  SuccessEvent,
} from './hooks.js';
import type { HostCryptoKey, HostKeyObject } from './host-keys.js';
import type { Logger } from './logger.js';
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
  /**
   * The content of `apiclient_key.pem`: an RSA key of 2048 to 4096 bits, in PKCS#8 or PKCS#1, as PEM or DER,
   * without a passphrase. The package signs with it in Wasm. The base64 body of the PEM alone works, too, and so
   * does base64 of the whole file. The file may have a certificate before the key.
   *
   * Or a private key that the host holds: a `KeyObject` of `node:crypto` ({@link HostKeyObject}), or a
   * `CryptoKey` ({@link HostCryptoKey}). The host then signs.
   */
  privateKey: string | Uint8Array | HostKeyObject | HostCryptoKey;
  signer?: undefined;
}

/**
 * A signer instead of the private key, for a key in a KMS or an HSM.
 *
 * @example
 * ```ts
 * const wxpay = new Wechatpay({ mchid, serial, certs, signer });
 * ```
 */
export interface SignerOptions {
  /** Signs every request. */
  signer: Signer;
  // Not `undefined` alone: then a compiler would take a key that is undefined for a missing signer.
  privateKey?: { readonly 'give a privateKey or a signer': never } | undefined;
}

/**
 * The merchant API certificate by its serial number, or itself, which has that number.
 *
 * @example
 * ```ts
 * const identity: SerialOptions = { cert: await readFile('apiclient_cert.pem', 'utf8') };
 * ```
 */
export type SerialOptions =
  | {
      /**
       * The serial number of the merchant API certificate: 1 to 40 hexadecimal digits, in upper or
       * lower case. Beside `cert` it must be the same.
       */
      serial: string;
    }
  | {
      serial?: undefined;
      /** See {@link ClientOptions.cert}. */
      cert: string | Uint8Array;
    };

/**
 * All options of a client except the private key or signer, and the serial number of the certificate.
 *
 * @example
 * ```ts
 * const shared: ClientOptions = { mchid, certs, timeout: 5_000 };
 * ```
 */
export interface ClientOptions {
  /** The merchant number: 1 to 32 digits. */
  mchid: string;
  /**
   * The content of `apiclient_cert.pem`, the merchant API certificate, in the forms of a key. The client reads
   * the serial number from it, so that `serial` is not needed.
   *
   * It must be that of `mchid` and belong to the private key. Nothing is signed before its first day or after its
   * last, by the client's clock. With a `signer` or a `CryptoKey`, the first signature is verified with it before
   * anything is sent, and the client rejects your public key as WeChat Pay's.
   */
  cert?: string | Uint8Array | undefined;
  /**
   * The keys that verify responses and notifications, as PEM, DER, or base64 of either. Use WeChat Pay public keys by
   * their id (`PUB_KEY_ID_…`), platform certificates by their serial number, or both. The client
   * sends the id of the first public key with every call, so that WeChat Pay signs with this key.
   *
   * `'auto'`, or `auto: true` together with keys, downloads platform certificates and renews them.
   * This needs the `apiv3Key`. See {@link Certs}.
   */
  certs: Certs;
  /**
   * The APIv3 key: the 32 characters that you set on WeChat Pay's merchant platform, or 32 bytes.
   * {@link Wechatpay.notification}, {@link Wechatpay.certificates} and `certs: 'auto'` need it.
   */
  apiv3Key?: string | Uint8Array | undefined;
  /**
   * The language of errors. Codes, fields and names of classes are the same in each.
   *
   * The default in Node, Bun and Deno: the first that is set of the variables `WECHATPAY_LOCALE`, `LC_ALL`,
   * `LC_MESSAGES` and `LANG`. It is Chinese if that begins with `zh`, and English otherwise and elsewhere.
   */
  locale?: 'en' | 'zh-CN' | undefined;
  /**
   * The origin that requests are sent to: https, or plain http on loopback.
   * @defaultValue `'https://api.mch.weixin.qq.com'`
   */
  baseUrl?: string | undefined;
  /**
   * The time limit of one attempt in milliseconds, from its signature to the last byte of its
   * response: 1 to 2147483647.
   * @defaultValue `10_000`
   */
  timeout?: number | undefined;
  /**
   * The time limit of a call in milliseconds: 1 to 2147483647. It covers all attempts, the pauses
   * between them, and with `certs: 'auto'` the certificates that are downloaded first. The last
   * attempt gets the time that is left. No attempt starts after the deadline.
   * @defaultValue three times `timeout`, plus 2000 for the pauses
   */
  deadline?: number | undefined;
  /**
   * How many times a request is sent again: 0 to 10.
   *
   * The client retries after a failed connection, a timeout, a 429, and a 5xx that WeChat Pay
   * documents as retryable ({@link ApiError.retryable}). It waits a random time of up to 0.5 s, 1
   * s, 2 s … plus the time that `Retry-After` asks for. Each attempt is signed anew. After a failed
   * connection or a timeout the next attempt goes to the spare host: `https://api2.mch.weixin.qq.com`,
   * or `https://api2.wechatpay.cn` if `baseUrl` is `https://api.wechatpay.cn`. Any other `baseUrl` has none.
   *
   * This option applies to requests that are safe to repeat, and to all while no connection could be
   * made: then nothing was sent. For any other request, set `maxRetries` in the call's own options
   * ({@link CallOptions.maxRetries}).
   * @defaultValue `2`
   */
  maxRetries?: number | undefined;
  /**
   * Where the client logs, such as `console`. Without it, the environment variable `WECHATPAY_LOG` decides.
   * See {@link Logger} for what is logged.
   * @defaultValue none
   */
  logger?: Logger | undefined;
  /**
   * Called before each request is sent. This and the other hooks receive no secret, and errors that they throw are
   * ignored. A call is told to either `onSuccess` or `onError` at its end, once. Where no hook and no logger is
   * given, nothing is done for them.
   */
  onRequest?: ((event: RequestEvent) => unknown) | undefined;
  /**
   * Called when an attempt failed and the request will be sent again, before the pause. Errors that
   * it throws are ignored.
   */
  onRetry?: ((event: RetryEvent) => unknown) | undefined;
  /**
   * Called with each response before it is verified, when its last byte was read; for a file, when
   * its headers were read. Errors that it throws are ignored.
   */
  onResponse?: ((event: ResponseEvent) => unknown) | undefined;
  /**
   * Called when a call has succeeded: its response is verified. For {@link Wechatpay.download}, when the whole
   * file was read and verified.
   */
  onSuccess?: ((event: SuccessEvent) => unknown) | undefined;
  /**
   * Called when a call has failed, with what it rejects with; also if nothing was sent. For
   * {@link Wechatpay.download}, also when its stream fails or is cancelled.
   */
  onError?: ((event: FailureEvent) => unknown) | undefined;
  /** Called when {@link Wechatpay.notification} has verified a notification, or refused it. */
  onNotification?: ((event: NotificationOutcome) => unknown) | undefined;
  /** Replaces the runtime's `fetch`. */
  fetch?: Fetch | undefined;
  /** Replaces `Date.now`: returns milliseconds since 1970. */
  clock?: (() => number) | undefined;
}
