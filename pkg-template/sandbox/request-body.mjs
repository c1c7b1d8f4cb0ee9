import { object } from './nested-fields.mjs';
import { paramError, Refusal, unknownField } from './refusal.mjs';

/** The largest body in bytes. JSON bodies of APIv3 are much smaller. */
const BODY_LIMIT = 1024 * 1024;

/** The largest form in bytes. The largest file that WeChat Pay accepts has 5 MiB. */
const FORM_LIMIT = 8 * 1024 * 1024;

/** The largest body of a request, in bytes. It depends on the content type. */
export function bodyLimitOf(headers) {
  return /^multipart\//i.test(headers['content-type'] ?? '') ? FORM_LIMIT : BODY_LIMIT;
}

/**
 * Refuses a body over the limit. The documents name no status or code for it; 413 is that of RFC
 * 9110.
 */
export function requireBodyWithinLimit({ tooLarge, headers }) {
  if (!tooLarge) return;
  throw new Refusal({
    status: 413,
    code: 'INVALID_REQUEST',
    message: '请求报文过大',
    reason: `the body is longer than ${bodyLimitOf(headers)} bytes`,
  });
}

/**
 * Parses a request body: a JSON object in UTF-8 with the fields of the endpoint, each within its
 * limits. Any other is noted.
 *
 * @param {Buffer} body
 * @param {Record<string, object> | undefined} fields the endpoint's; undefined if it has no body
 * @param {{ privateKey?: import('node:crypto').KeyObject, note: (problem: Error) => void }} context
 *   `privateKey`: WeChat Pay's, for encrypted fields
 * @returns {Record<string, unknown>} the fields; encrypted ones are decrypted
 */
export function parseBody(body, fields, context) {
  if (fields === undefined) {
    if (body.length > 0) context.note(unknownField({ field: '', location: 'body' }));
    return {};
  }
  // Where no field is required, the whole body may be left out.
  const none = body.length === 0 && Object.values(fields).every(({ optional }) => optional);
  return object(fields).parse(none ? {} : parseObject(body), { ...context, pointer: '' });
}

/** Parses a body that is a JSON object in UTF-8. */
export function parseObject(body) {
  const value = parseJson(decode(body));
  if (value === null) refuseBody('is JSON null, which APIv3 does not accept');
  if (typeof value !== 'object' || Array.isArray(value)) refuseBody('is not a JSON object');
  return value;
}

function decode(body) {
  if (body.length === 0) refuseBody('is empty');
  try {
    // A byte order mark stays in the text, so that JSON.parse rejects it (RFC 8259, section 8.1).
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return refuseBody('is not UTF-8');
  }
}

function parseJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return refuseBody('is not JSON');
  }
}

function refuseBody(issue) {
  // The JSON Pointer of a whole document is the empty string (RFC 6901).
  throw paramError({ field: '', issue, location: 'body' });
}
