/**
 * Signs with a key that the package does not have.
 *
 * Sign `message` with RSASSA-PKCS1-v1_5 and SHA-256, by the key of the merchant API certificate.
 * Sign the bytes themselves, not their digest. Return the signature, 256 to 512 bytes, as bytes or
 * in base64; more than 8,192 bytes or characters are refused. The client calls the signer once for
 * every attempt, within the attempt's `timeout`.
 *
 * The first signature is verified if the option `cert` shows your public key. Otherwise, and later, WeChat Pay
 * rejects a wrong one with `SIGN_ERROR`. If the signer throws, the call rejects with a {@link ConfigError}
 * for the option `signer`, with the thrown error as its `cause`.
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
 * The result of a {@link Signer}: a signature.
 *
 * @example
 * ```ts
 * const signature: SignerResult = new Uint8Array(256);
 * ```
 */
export type SignerResult = Uint8Array | ArrayBuffer | string;
