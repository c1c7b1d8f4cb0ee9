/**
 * Parameters of {@link Wechatpay.download}: `hash_type` and `hash_value` as the signed response gave them
 * beside `download_url`.
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
  /** What the file is hashed with. */
  hashType: 'SHA1' | 'SHA256';
  /** What it must hash to: 40 hexadecimal digits for SHA1, 64 for SHA256. */
  hashValue: string;
  /**
   * Whether the bill was asked for with `tar_type` `GZIP`. It is given as it was before: the hash is
   * that of the file out of its gzip. Needs the runtime's `DecompressionStream`.
   * @defaultValue `false`
   */
  gzip?: boolean | undefined;
  /**
   * How large the file may be, in bytes, out of its gzip: 1 to 4294967295. It keeps what unfolds to
   * more than a disk or memory holds from being read to its end.
   * @defaultValue none for a stream, 64 MiB for {@link Wechatpay.downloadBytes}
   */
  maxBytes?: number | undefined;
}
