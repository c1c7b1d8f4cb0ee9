/**
 * A host's `fetch`, or one given in its place. It is called with a URL and an init of `method`,
 * `headers`, `body`, `redirect: 'manual'` and `signal`, and must give a standard `Response` whose
 * body is the raw bytes.
 *
 * @example
 * ```ts
 * const logged: Fetch = async (url, init) => {
 *   const response = await fetch(url, init);
 *   console.log(init.method, url, response.status); // never init.headers: they authorise
 *   return response;
 * };
 * ```
 */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchResponse>;

/**
 * What {@link Fetch} is called with.
 *
 * @example
 * ```ts
 * const seen: FetchInit[] = [];
 * const wxpay = new Wechatpay({ ...options, fetch: (url, init) => (seen.push(init), fetch(url, init)) });
 * ```
 */
export interface FetchInit {
  method: string;
  /** Authorization among them: never log them. */
  headers: Record<string, string>;
  /** The bytes that were signed. They must go out as they are. */
  body?: ArrayBuffer;
  redirect: 'manual';
  signal: AbortSignal;
}

/**
 * What of a standard `Response` is read.
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
  readonly body: ReadableStream<Uint8Array> | null;
}
