/** How many requests are stored. The limit keeps the memory of a load test constant. */
const MAX_REQUESTS = 10_000;

/**
 * Stores the last 10,000 checked requests, in the order in which their last byte arrived.
 *
 * @param {(request: object) => void} onRequest is called with each of them
 */
export function createRequestLog(onRequest) {
  const records = [];
  return {
    /** The records themselves. The user of the sandbox may empty the array. */
    records,
    /** Adds a record without the Authorization header, since programs print records. */
    add({ method, url, headers, body }, outcome, faults) {
      const { message, signature, status, code, reason, notes = [] } = outcome;
      const record = Object.freeze({
        method,
        url,
        headers: Object.freeze(redacted(headers)),
        body,
        message: message?.toString(),
        signedMessage: signature?.signedMessage?.toString(),
        signatureMistake: signature?.mistake,
        result: Object.freeze({ ok: status < 400, status, code, reason }),
        notes: Object.freeze([...notes]),
        faults: Object.keys(faults).length > 0 ? faults : undefined,
      });
      records.push(record);
      if (records.length > MAX_REQUESTS) records.shift();
      // In a microtask, so that an error of the user's function does not prevent the response.
      queueMicrotask(() => onRequest(record));
      return record;
    },
  };
}

function redacted(headers) {
  return 'authorization' in headers ? { ...headers, authorization: '[redacted]' } : { ...headers };
}
