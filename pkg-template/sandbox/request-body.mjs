import { faultOfField, openField } from './fields.mjs';
import { paramError, Refusal } from './refusal.mjs';

/** The longest body that is read. APIv3's JSON calls are far below it. */
const BODY_LIMIT = 1024 * 1024;

/** The longest form: the largest file that WeChat Pay takes, 5 MiB, is far below it. */
const FORM_LIMIT = 8 * 1024 * 1024;

/** How much of a request's body is read, in bytes, as its content type has it. */
export function bodyLimitOf(headers) {
  return /^multipart\//i.test(headers['content-type'] ?? '') ? FORM_LIMIT : BODY_LIMIT;
}

/** How much of a wrong value or name goes back in `detail`: enough to know it by. */
const SHOWN_LENGTH = 256;

/** Refuses a body over the limit. The documents name no code for it; 413 is RFC 9110's. */
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
 * Parses a request body: a JSON object in UTF-8 that has the endpoint's fields, each within its
 * limits, and no others. WeChat Pay may let an unknown field pass; here it is refused, because it
 * is most often a known one misspelt.
 *
 * @param {Buffer} body
 * @param {Record<string, object> | undefined} fields the endpoint's; undefined where it has no body
 * @param {import('node:crypto').KeyObject | undefined} privateKey WeChat Pay's, which opens encrypted fields
 * @returns {Record<string, unknown>} the fields, those that were encrypted opened
 */
export function parseBody(body, fields, privateKey) {
  if (fields === undefined) {
    if (body.length > 0) refuseBody('is not empty, and this request has none');
    return {};
  }
  const values = parseObject(body);
  for (const name of Object.keys(values)) {
    if (!Object.hasOwn(fields, name)) {
      refuseField(name, values[name], 'is not a field of this request');
    }
  }
  const parsed = Object.entries(fields).map(([name, rule]) => {
    if (!Object.hasOwn(values, name)) {
      if (rule.optional) return [];
      // In responses of WeChat Pay that developers have published, the value of a missing field is "".
      refuseField(name, '', 'is required');
    }
    return [[name, parseField(name, rule, values[name], privateKey)]];
  });
  return Object.fromEntries(parsed.flat());
}

function parseField(name, rule, value, privateKey) {
  if (rule.encrypted) {
    const { issue, value: opened } = openField(rule, value, privateKey);
    // Without the value: it is not encrypted, or should be.
    if (issue !== undefined) refuseField(name, undefined, issue);
    return opened;
  }
  const issue = faultOfField(rule, value);
  if (issue !== undefined) refuseField(name, value, issue);
  return value;
}

function parseObject(body) {
  const value = parseJson(decode(body));
  if (value === null) refuseBody('is JSON null, which APIv3 does not take');
  if (typeof value !== 'object' || Array.isArray(value)) refuseBody('is not a JSON object');
  return value;
}

function decode(body) {
  if (body.length === 0) refuseBody('is empty');
  try {
    // A byte order mark stays, for JSON to refuse it (RFC 8259, section 8.1).
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
  // Not written out: JSON nested deeply enough parses, and then overflows the stack of its writer.
  return typeof value === 'object' && value !== null ? '[object]' : value;
}
