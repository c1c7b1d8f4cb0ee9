/**
 * Parameters of {@link Wechatpay.download}. The signed response that contains `download_url` also
 * contains `hash_type` and `hash_value`.
 *
 * @example
 * ```ts
 * const params: DownloadParams = {
 *   hashType: 'SHA1',
 *   hashValue: '79bb0f45fc4c42234a918000b2668d689e2bde04',
 * };
 * ```
 */
export interface DownloadParams {
  /** The hash algorithm, SHA1 or SHA256: `hash_type` of the response. The client rejects another. */
  hashType: 'SHA1' | 'SHA256' | (string & {});
  /** The expected hash: 40 hexadecimal digits for SHA1, 64 for SHA256. */
  hashValue: string;
  /**
   * The `encrypt_key` of an encrypted bill, as the response has it: that of a sub-merchant or of an
   * e-commerce platform (partner document 4014314390), or of Pay Score (merchant document 4013394586),
   * requested with the algorithm `AEAD_AES_256_GCM`. The client decrypts the key with `privateKey`, and
   * the file with the key. The hash is that of the decrypted file.
   */
  encryptKey?: string | undefined;
  /** The `nonce` of an encrypted bill. It goes with `encryptKey`. */
  nonce?: string | undefined;
  /**
   * Whether you requested the bill with `tar_type` `GZIP`. The client then decompresses the file,
   * since the hash is that of the decompressed file. This needs the runtime's
   * `DecompressionStream`.
   * @defaultValue `false`
   */
  gzip?: boolean | undefined;
  /**
   * The largest allowed size of the file in bytes, after decompression: 1 to 4294967295. It
   * protects your disk or memory from a small file that decompresses to a huge one.
   * @defaultValue no limit for a stream, 64 MiB for {@link Wechatpay.downloadBytes} and for an encrypted
   * bill, which is held in memory until its tag is checked
   */
  maxBytes?: number | undefined;
}

/**
 * Parameters of {@link Wechatpay.download} for a file that WeChat Pay neither signs nor hashes.
 *
 * @example
 * ```ts
 * const params: UnverifiedDownloadParams = { acceptUnverifiedFile: true };
 * ```
 */
export interface UnverifiedDownloadParams {
  /**
   * Your word that you know: nobody can tell whether such a file is WeChat Pay's, or whether somebody who
   * controls the connection changed it. Only TLS protects it. It is for the pictures of complaints
   * (`/v3/merchant-service/images/{media_id}`, also of `/v3/global/`), e-invoices
   * (`/v3/new-tax-control-fapiao/download`) and statements (`/v3/statements`, `/v3/global/statements`,
   * `/hk/v3/statements`). The client rejects it for any other path, and beside `hashType` or `encryptKey`.
   */
  acceptUnverifiedFile: true;
  /** A file that has a hash is verified. */
  hashType?: never;
  /** A file that has a hash is verified. */
  hashValue?: never;
  /**
   * The largest allowed size of the file in bytes: 1 to 4294967295.
   * @defaultValue no limit for a stream, 64 MiB for {@link Wechatpay.downloadBytes}
   */
  maxBytes?: number | undefined;
}

/**
 * A file that nobody verified, as a stream.
 *
 * @example
 * ```ts
 * const { stream }: UnverifiedStream = await wxpay.download(url, { acceptUnverifiedFile: true });
 * ```
 */
export interface UnverifiedStream {
  /** It is not. */
  verified: false;
  /** The response's `Content-Type`, such as `image/png`. It is not verified either. */
  contentType: string | undefined;
  /** The file. It fails where the connection breaks, and not where a byte differs. */
  stream: ReadableStream<Uint8Array>;
}

/**
 * A file that nobody verified, as bytes.
 *
 * @example
 * ```ts
 * const { bytes }: UnverifiedBytes = await wxpay.downloadBytes(url, { acceptUnverifiedFile: true });
 * ```
 */
export interface UnverifiedBytes {
  /** It is not. */
  verified: false;
  /** The response's `Content-Type`, such as `image/png`. It is not verified either. */
  contentType: string | undefined;
  /** The file. */
  bytes: Uint8Array;
}
