/**
 * A private key that `node:crypto` holds: the members of a `KeyObject` that the client reads. With it,
 * `node:crypto` signs. This is faster than to sign in Wasm in Node and Bun, and the key does not enter the
 * Wasm's memory. It needs `process.getBuiltinModule`: Node 20.16 or newer, Bun, Deno, or Workers with
 * `nodejs_compat`.
 *
 * @example
 * ```ts
 * import { createPrivateKey } from 'node:crypto';
 * import { type HostKeyObject, Wechatpay } from 'wechatpay-wasm';
 *
 * const privateKey: HostKeyObject = createPrivateKey('…'); // apiclient_key.pem
 * const wxpay = new Wechatpay({ mchid, cert, privateKey, certs });
 * ```
 */
export interface HostKeyObject {
  /** `'private'`: a public or a secret key is refused. */
  readonly type: string;
  /** `'rsa'`: any other key is refused. */
  readonly asymmetricKeyType?: string | undefined;
  export(...values: never[]): unknown;
}

/**
 * A private key that WebCrypto holds: the members of a `CryptoKey` that the client reads. With it,
 * `crypto.subtle` signs. The key may be one that cannot be exported. It decrypts no fields.
 *
 * @example
 * ```ts
 * const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
 * const privateKey: HostCryptoKey = await crypto.subtle.importKey('pkcs8', der, algorithm, false, ['sign']);
 * const wxpay = new Wechatpay({ mchid, cert, privateKey, certs });
 * ```
 */
export interface HostCryptoKey {
  /** `'private'` */
  readonly type: string;
  /** RSASSA-PKCS1-v1_5 with SHA-256, of 2048 to 4096 bits. */
  readonly algorithm: { readonly name: string };
  readonly extractable: boolean;
  /** `'sign'` among them. */
  readonly usages: readonly string[];
}
