/**
 * The runtime's `fetch`, or a function that replaces it.
 *
 * The client calls it with a URL and an init of `method`, `headers`, `body`, `redirect: 'manual'` and `signal`. It
 * must return a standard `Response` whose body is the raw bytes. node-fetch does, and takes an agent or a client
 * certificate.
 *
 * It must not repeat a request by itself. The client decides that: the first one may have been carried out. What
 * it rejects with says whether the request was sent.
 *
 * @example
 * ```ts
 * const logged: Fetch = async (url, init) => {
 *   const response = await fetch(url, init);
 *   console.log(init.method, url, response.status); // never log init.headers: they authorize
 *   return response;
 * };
 * ```
 */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchResponse>;

/**
 * The second argument of {@link Fetch}.
 *
 * @example
 * ```ts
 * const inits: FetchInit[] = [];
 * const recording: Fetch = (url, init) => (inits.push(init), fetch(url, init));
 * const wxpay = new Wechatpay({ ...options, fetch: recording });
 * ```
 */
export interface FetchInit {
  method: string;
  /** The request headers, including Authorization. Never log them. */
  headers: Record<string, string>;
  /** The bytes that were signed. Send them unchanged. */
  body?: ArrayBuffer;
  redirect: 'manual';
  signal: AbortSignal;
}

/**
 * The members of a standard `Response` that the client reads.
 *
 * @example
 * ```ts
 * const response: FetchResponse = await fetch(url, init);
 * ```
 */
export interface FetchResponse {
  readonly status: number;
  readonly redirected: boolean;
  readonly headers: { get(name: string): string | null };
  /** The raw bytes: a stream, or any async iterable of bytes, as the body of node-fetch is. */
  readonly body: ReadableStream<Uint8Array> | AsyncIterable<Uint8Array | string> | null;
}
