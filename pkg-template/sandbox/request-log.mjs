/** How many requests are kept: enough for any test, and a load test does not grow for ever. */
export const KEPT_REQUESTS = 10_000;

/**
 * Keeps what was checked, in the order in which it arrived whole: the last 10,000 requests.
 *
 * @param {(request: object) => void} onRequest is told of each
 */
export function createRequestLog(onRequest) {
  const records = [];
  return {
    /** The records themselves; whoever reads them may empty the array. */
    records,
    /** Adds a record. The Authorization header is left out of it: records are printed. */
    add({ method, url, headers, body }, { message, status, code, reason }, faults) {
      const record = Object.freeze({
        method,
        url,
        headers: Object.freeze(redacted(headers)),
        body,
        message: message?.toString(),
        result: Object.freeze({ ok: status < 400, status, code, reason }),
        faults: Object.keys(faults).length > 0 ? faults : undefined,
      });
      records.push(record);
      if (records.length > KEPT_REQUESTS) records.shift();
      // What it throws is its owner's, and must not keep the call from its response.
      queueMicrotask(() => onRequest(record));
    },
  };
}

function redacted(headers) {
  return 'authorization' in headers ? { ...headers, authorization: '[redacted]' } : { ...headers };
}
