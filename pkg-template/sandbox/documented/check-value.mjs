import { issueOfText, parseEncryptedField } from '../fields.mjs';
import { paramError, unknownField, unknownValue } from '../refusal.mjs';

/** How many characters of a wrong value or name `detail` contains: enough to recognize it. */
const SHOWN_LENGTH = 256;

const NULL = 'is JSON null, which APIv3 does not accept';
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;

// The documents are not exact enough to refuse what only looks wrong.
const FORMATS = {
  rfc3339: { pattern: TIME, issue: 'is not a time of RFC 3339, such as 2018-06-08T10:34:56+08:00' },
  date: { pattern: /^\d{4}-?\d\d-?\d\d$/, issue: 'is not a date, such as 2018-06-08' },
  url: { pattern: /^[a-z][\w+.-]*:\/\/./i, issue: 'is not a URL' },
};

/**
 * Checks a value against its documented schema. What is missing, of a wrong type or over a limit is
 * refused. A name or a value that nobody documents is noted: the documents lack some of them.
 *
 * @param {object} schema
 * @param {unknown} value
 * @param {string} pointer where the value is: a JSON Pointer in a body, a name elsewhere
 * @param {{ location: string, privateKey?: import('node:crypto').KeyObject,
 *   note: (refusal: Error) => void }} context
 * @returns the value; what was encrypted is decrypted
 */
export function checkValue(schema, value, pointer, context) {
  if (schema.type === 'unknown' || (value === null && schema.nullable)) return value;
  const refuse = refuserAt(pointer, value, context);
  if (value === null) refuse(NULL);
  if (schema.type === 'object') return checkObject(schema, value, pointer, context);
  if (schema.type === 'array') return checkArray(schema, value, pointer, context);
  if (schema.encrypted) {
    // Without the value, since it may be the plain text of a sensitive field.
    const { issue, value: plain } = parseEncryptedField(schema, value, context.privateKey);
    return issue === undefined ? plain : refuserAt(pointer, undefined, context)(issue);
  }
  const issue = issueOfScalar(schema, value);
  if (issue !== undefined) refuse(issue);
  noteScalar(schema, value, pointer, context);
  return schema.json === undefined ? value : checkJson(schema.json, value, pointer, context);
}

/** Whether a value may stand in a field of this schema: a text, a number or a boolean. */
export function fits(schema, value) {
  const known = schema.enum === undefined || schema.enum.includes(value);
  return known && issueOfScalar(schema, value) === undefined;
}

/** Refuses a parameter that is required and missing. */
export function refuseMissing(pointer, context) {
  // In WeChat Pay's responses that developers published, the value of a missing field is "".
  throw problemAt(pointer, '', 'is required', context);
}

/** Refuses a parameter of a query that is given more than once. */
export function refuseTwice(pointer, value, context) {
  throw problemAt(pointer, value, 'is there twice', context);
}

/** Notes a parameter that nobody documents. */
export function noteUnknown(pointer, value, context) {
  const { location } = context;
  context.note(unknownField({ field: pointer, value: shown(value), location }));
}

function checkObject({ fields }, value, pointer, context) {
  if (typeof value !== 'object' || Array.isArray(value)) {
    refuserAt(pointer, value, context)('is not an object');
  }
  // An object without fields is one that nobody documents further.
  if (fields.length === 0) return value;
  const names = new Set(fields.map(({ name }) => name));
  const parsed = {};
  for (const [name, member] of Object.entries(value)) {
    if (!names.has(name)) noteUnknown(below(pointer, name), member, context);
  }
  for (const { name, required, schema } of fields) {
    const at = below(pointer, name);
    const member = Object.hasOwn(value, name) ? value[name] : undefined;
    if (member === undefined && required) refuseMissing(at, context);
    if (member === '' && required) refuserAt(at, member, context)('is empty');
    if (member !== undefined) parsed[name] = checkValue(schema, member, at, context);
  }
  return parsed;
}

function checkArray({ items, min, max }, value, pointer, context) {
  const refuse = refuserAt(pointer, value, context);
  if (!Array.isArray(value)) refuse('is not an array');
  if (value.length < min) refuse(`has fewer than ${min} items`);
  if (value.length > max) refuse(`has more than ${max} items`);
  return value.map((item, at) => checkValue(items, item, below(pointer, String(at)), context));
}

function checkJson(schema, text, pointer, context) {
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    return refuserAt(pointer, text, context)('is not JSON');
  }
  return checkValue(schema, value, pointer, context);
}

function issueOfScalar({ type, min, max, pattern }, value) {
  if (type === 'boolean') return typeof value === 'boolean' ? undefined : 'is not a boolean';
  if (type === 'string') {
    const issue = issueOfText(value);
    if (issue !== undefined) return issue;
    if (value.length < min) return `is shorter than ${min} characters`;
    if (value.length > max) return `is longer than ${max} characters`;
    return pattern === undefined || pattern.test(value)
      ? undefined
      : `does not match ${pattern.source}`;
  }
  // JSON may have numbers that are not those that arrive here: 1e400, or 9007199254740993.
  if (!Number.isFinite(value)) return `is not ${type === 'integer' ? 'an integer' : 'a number'}`;
  if (type === 'integer' && !Number.isSafeInteger(value)) return 'is not an integer';
  if (value < min) return `is less than ${min}`;
  if (value > max) return `is more than ${max}`;
  return undefined;
}

function noteScalar({ enum: values, format }, value, field, context) {
  if (values !== undefined && !values.includes(value)) {
    const { location } = context;
    context.note(unknownValue({ field, value: shown(value), values, location }));
  }
  const form = Object.hasOwn(FORMATS, format ?? '') ? FORMATS[format] : undefined;
  if (form !== undefined && value !== '' && !form.pattern.test(value)) {
    context.note(problemAt(field, value, form.issue, context));
  }
}

function refuserAt(pointer, value, context) {
  return (issue) => {
    throw problemAt(pointer, value, issue, context);
  };
}

function problemAt(field, value, issue, { location }) {
  return paramError({ field, value: shown(value), issue, location });
}

function below(pointer, name) {
  const escaped = name.slice(0, SHOWN_LENGTH).replaceAll('~', '~0').replaceAll('/', '~1');
  return `${pointer}/${escaped}`;
}

function shown(value) {
  if (typeof value === 'string') return value.slice(0, SHOWN_LENGTH);
  if (Array.isArray(value)) return '[array]';
  // Objects are not serialized: a deeply nested one overflows the stack of JSON.stringify.
  return typeof value === 'object' && value !== null ? '[object]' : value;
}
