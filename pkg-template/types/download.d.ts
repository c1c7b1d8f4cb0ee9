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
  /** The hash algorithm. */
  hashType: 'SHA1' | 'SHA256';
  /** The expected hash: 40 hexadecimal digits for SHA1, 64 for SHA256. */
  hashValue: string;
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
   * @defaultValue no limit for a stream, 64 MiB for {@link Wechatpay.downloadBytes}
   */
  maxBytes?: number | undefined;
}
