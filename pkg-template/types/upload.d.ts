/**
 * Parameters of {@link Wechatpay.upload}.
 *
 * @example
 * ```ts
 * const picture: UploadParams = { filename: 'shop.jpg', file: await readFile('shop.jpg') };
 * ```
 */
export interface UploadParams {
  /**
   * The file: bytes, a `Blob` or `File`, or a stream of bytes, which is read once. A `Response`'s body is
   * one, and so is what `fs.createReadStream` gives.
   */
  file:
    | Uint8Array
    | ArrayBuffer
    | UploadBlob
    | ReadableStream<Uint8Array>
    | AsyncIterable<Uint8Array>;
  /**
   * 1 to 128 characters, without a path. WeChat Pay tells the kind of file by its ending: `.jpg`, `.bmp`,
   * `.png`, and for videos `.mp4`, `.mov` and the like.
   * @defaultValue the name of a `File`; everything else needs one
   */
  filename?: string | undefined;
  /**
   * The file's media type, such as `image/jpeg`.
   * @defaultValue told by the ending of `filename`
   */
  contentType?: string | undefined;
  /**
   * How large the file may be, in bytes, 1 to 104857600; a larger one is refused before anything is sent.
   * @defaultValue 2 MiB, and 5 MiB for `video_upload`, as documented
   */
  maxBytes?: number | undefined;
}

/**
 * What of a `Blob` is read, in whichever runtime.
 *
 * @example
 * ```ts
 * const file: UploadBlob = new Blob([rawBody]);
 * ```
 */
export interface UploadBlob {
  readonly size: number;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/**
 * What WeChat Pay responds with an upload of a picture or a video with, by the names of the wire.
 *
 * @example
 * ```ts
 * const { media_id }: UploadedMedia = await wxpay.upload('/v3/merchant/media/upload', picture);
 * ```
 */
export interface UploadedMedia {
  /** What the file is called from now on: up to 512 characters. */
  media_id: string;
}
