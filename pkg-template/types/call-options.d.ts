/**
 * Options of one call.
 *
 * @example
 * ```ts
 * await wxpay.preEntrustSignApp(params, { timeout: 3_000, signal: request.signal });
 * ```
 */
export interface CallOptions {
  /** Aborted, it rejects the call with its own reason. The request may have been carried out. */
  signal?: AbortSignal | undefined;
  /** Milliseconds for one attempt, in place of the client's. */
  timeout?: number | undefined;
  /** Milliseconds for all attempts, in place of the client's. */
  deadline?: number | undefined;
  /**
   * How many times the request is sent again, 0 to 10, in place of the client's. Given here, it goes
   * for a request that changes something, too.
   */
  maxRetries?: number | undefined;
}
