// Requests and deliveries as JSON, without what is secret.

/** How much of a text is shown, in characters. */
const MAX_TEXT = 16_384;

/** @param {object} watched a request of `createWatching` */
export function shownRequest({ id, at, record, outcome, response }) {
  const { method, url, headers, body, message, signedMessage, signatureMistake } = record;
  const { result, notes, faults } = record;
  return {
    id,
    at,
    method,
    url,
    headers,
    authorization: withoutSignature(outcome.authorization),
    body: shownBody(body),
    message: cut(message),
    signature: outcome.signature?.state ?? 'unchecked',
    signedMessage: cut(signedMessage),
    signatureMistake,
    result,
    notes,
    faults,
    response: response && { ...response, body: shownBody(response.body) },
  };
}

// Whoever has the signature can send the request again, for as long as it is fresh.
function withoutSignature(fields) {
  if (fields === undefined) return undefined;
  const { mchid, serial_no, timestamp, nonce_str } = fields;
  return { mchid, serial_no, timestamp, nonce_str };
}

function shownBody(bytes) {
  const text = textOf(bytes);
  return { length: bytes.length, text: cut(text), isCut: (text?.length ?? 0) > MAX_TEXT };
}

function textOf(bytes) {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function cut(text) {
  return text?.slice(0, MAX_TEXT);
}

/** @param {object} watched a delivery of `createWatching` */
export function shownDelivery({ id, at, event, url, attempts, delivered, isOver }) {
  return {
    id,
    at,
    eventType: event.eventType,
    resource: event.resource,
    url,
    delivered,
    isOver,
    attempts: attempts.map(shownAttempt),
  };
}

/** What became of a notification, as JSON. */
export function shownAttempt({ status, body, error }) {
  return error === undefined
    ? { status, body: cut(body) }
    : { error: error.message || error.code, code: error.code };
}
