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
   * The file: bytes, a `Blob` or `File`, or a stream of bytes. The client reads a stream once.
   * Examples of streams are the body of a `Response` and the result of `fs.createReadStream`.
   */
  file:
    | Uint8Array
    | ArrayBuffer
    | UploadBlob
    | ReadableStream<Uint8Array>
    | AsyncIterable<Uint8Array>;
  /**
   * The name of the file: 1 to 128 characters, without a path. WeChat Pay derives the kind of file
   * from the extension: `.jpg`, `.bmp`, `.png`, and for videos `.mp4`, `.mov` and similar ones.
   * @defaultValue the name of a `File`; required for everything else
   */
  filename?: string | undefined;
  /**
   * The file's media type, such as `image/jpeg`.
   * @defaultValue derived from the extension of `filename`
   */
  contentType?: string | undefined;
  /**
   * The largest allowed size of the file in bytes: 1 to 104857600. The client rejects a larger file
   * before anything is sent.
   * @defaultValue 2 MiB, or 5 MiB for `video_upload`: WeChat Pay's documented limits
   */
  maxBytes?: number | undefined;
}

/**
 * The members of a `Blob` that the client reads. A `Blob` of any runtime has them.
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
 * WeChat Pay's response to the upload of a picture or a video, with its own field names.
 *
 * @example
 * ```ts
 * const { media_id }: UploadedMedia = await wxpay.upload('/v3/merchant/media/upload', picture);
 * ```
 */
export interface UploadedMedia {
  /** The id of the uploaded file, for use in later calls: up to 512 characters. */
  media_id: string;
}
