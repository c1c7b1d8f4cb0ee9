/**
 * Options of one call.
 *
 * @example
 * ```ts
 * await wxpay.preEntrustSignApp(params, { timeout: 3_000, signal: request.signal });
 * ```
 */
export interface CallOptions {
  /**
   * Cancels the call. An abort rejects the call with the signal's own reason. The request may have
   * been carried out.
   */
  signal?: AbortSignal | undefined;
  /** The time limit of one attempt in milliseconds. It replaces the client's `timeout`. */
  timeout?: number | undefined;
  /**
   * The time limit of all attempts together in milliseconds. It replaces the client's `deadline`.
   */
  deadline?: number | undefined;
  /**
   * How many times the request is sent again: 0 to 10. It replaces the client's `maxRetries`, and
   * also applies to a request that changes something.
   */
  maxRetries?: number | undefined;
}
