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
