import { issueOfField, parseEncryptedField } from './fields.mjs';
import { paramError, Refusal } from './refusal.mjs';

/** The largest body in bytes. JSON bodies of APIv3 are much smaller. */
const BODY_LIMIT = 1024 * 1024;

/** The largest form in bytes. The largest file that WeChat Pay accepts has 5 MiB. */
const FORM_LIMIT = 8 * 1024 * 1024;

/** The largest body of a request, in bytes. It depends on the content type. */
export function bodyLimitOf(headers) {
  return /^multipart\//i.test(headers['content-type'] ?? '') ? FORM_LIMIT : BODY_LIMIT;
}

/** How many characters of a wrong value or name `detail` contains: enough to recognize it. */
const SHOWN_LENGTH = 256;

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
 * limits, and no others. WeChat Pay may ignore an unknown field. The sandbox refuses it, because it
 * is most often a typing error.
 *
 * @param {Buffer} body
 * @param {Record<string, object> | undefined} fields the endpoint's; undefined if it has no body
 * @param {import('node:crypto').KeyObject | undefined} privateKey WeChat Pay's, for
 *   encrypted fields
 * @returns {Record<string, unknown>} the fields; encrypted ones are decrypted
 */
export function parseBody(body, fields, privateKey) {
  if (fields === undefined) {
    if (body.length > 0) refuseBody('is not empty, and this request has none');
    return {};
  }
  // Where no field is required, the whole body may be left out.
  const none = body.length === 0 && Object.values(fields).every(({ optional }) => optional);
  const values = none ? {} : parseObject(body);
  for (const name of Object.keys(values)) {
    if (!Object.hasOwn(fields, name)) {
      refuseField(name, values[name], 'is not a field of this request');
    }
  }
  const parsed = Object.entries(fields).map(([name, rule]) => {
    if (!Object.hasOwn(values, name)) {
      if (rule.optional) return [];
      // In WeChat Pay's responses that developers published, the value of a missing field is "".
      refuseField(name, '', 'is required');
    }
    return [[name, parseField(name, rule, values[name], privateKey)]];
  });
  return Object.fromEntries(parsed.flat());
}

function parseField(name, rule, value, privateKey) {
  if (rule.parse) return rule.parse(value, { pointer: `/${name}`, privateKey });
  if (rule.encrypted) {
    const { issue, value: text } = parseEncryptedField(rule, value, privateKey);
    // Without the value, since it may be the plain text of a sensitive field.
    if (issue !== undefined) refuseField(name, undefined, issue);
    return text;
  }
  const issue = issueOfField(rule, value);
  if (issue !== undefined) refuseField(name, value, issue);
  return value;
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

function refuseField(name, value, issue) {
  const pointer = name.slice(0, SHOWN_LENGTH).replaceAll('~', '~0').replaceAll('/', '~1');
  throw paramError({ field: `/${pointer}`, value: shown(value), issue, location: 'body' });
}

function shown(value) {
  if (typeof value === 'string') return value.slice(0, SHOWN_LENGTH);
  if (Array.isArray(value)) return '[array]';
  // Objects are not serialized: a deeply nested one can be parsed, but overflows the stack of
  // JSON.stringify.
  return typeof value === 'object' && value !== null ? '[object]' : value;
}
