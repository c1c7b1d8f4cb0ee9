import { beijingTime } from '../beijing-time.mjs';
import { fits } from './check-value.mjs';
import { sampleFile } from './sample-file.mjs';

const FORMATS = {
  rfc3339: beijingTime,
  date: (now) => beijingTime(now).slice(0, 10),
  yyyyMMddHHmmss: (now) => beijingTime(now).replace(/\D/g, '').slice(0, 14),
  'mm/yy': (now) => `${beijingTime(now).slice(5, 7)}/${beijingTime(now).slice(2, 4)}`,
  url: () => 'https://pay.weixin.qq.com/',
  'media-url': () => 'https://pay.weixin.qq.com/media/sample',
  'media-id': () => 'H1ihR9JUtVj-J7CJqBUY5ZOrG_Je75H-rKhTG7FUmg9sxNTbRN54dFiUHnhg',
  'data-url': () => 'data:image/png;base64,iVBORw0KGgo=',
  numeric: () => '1',
};

/**
 * Makes a value of a documented schema. A field that the request gave, too, has the request's value.
 * Times are the sandbox's; the rest are the documents' examples.
 *
 * @param {object} schema
 * @param {{ given: object[], now: number, host: string, encrypt: (text: string) => string }} context
 *   `given`: the objects that may have a field, the nearest first
 * @param {string} [name] of the field
 */
export function sample(schema, context, name = '') {
  if (schema.type === 'object') return sampleObject(schema, context, name);
  if (schema.type === 'array') return sampleArray(schema, context, name);
  // An object that nobody documents further.
  if (schema.type === 'unknown') return {};
  const value = givenValue(schema, context, name) ?? exampleOf(schema, context, name);
  return schema.encrypted ? context.encrypt(String(value)) : value;
}

function sampleObject({ fields }, context, name) {
  const inner = { ...context, given: nearest(context.given, name) };
  const value = Object.fromEntries(
    fields.map((field) => [field.name, sample(field.schema, inner, field.name)]),
  );
  // What a program does next is to download the file and to compare its hash.
  if (Object.hasOwn(value, 'download_url')) Object.assign(value, sampleFile(value, context.host));
  return value;
}

function sampleArray({ items, min = 1, max = min }, context, name) {
  const list = context.given.map((object) => object[name]).find(Array.isArray) ?? [];
  const length = Math.max(min, Math.min(list.length, Math.max(max, list.length)), 1);
  return Array.from({ length }, (_, at) =>
    sample(items, { ...context, given: [{ [name]: list[at] }, ...context.given] }, name),
  );
}

/** The request's object of the same name comes first. */
function nearest(given, name) {
  const same = given.map((object) => object[name]).find(isObject);
  return same === undefined ? given : [same, ...given];
}

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

function givenValue(schema, { given }, name) {
  const object = given.find((each) => Object.hasOwn(each, name) && fits(schema, each[name]));
  return object?.[name];
}

function exampleOf(schema, { now }, name) {
  if (schema.enum !== undefined) return schema.enum[0];
  // An example of a time is years old.
  if (schema.type === 'string' && Object.hasOwn(FORMATS, schema.format ?? '')) {
    if (schema.example === undefined || schema.format === 'rfc3339') {
      return FORMATS[schema.format](now);
    }
  }
  if (schema.example !== undefined) return schema.example;
  if (schema.json !== undefined) return schema.json.type === 'array' ? '[]' : '{}';
  if (schema.type === 'boolean') return true;
  if (schema.type === 'string') return textOf(schema, name);
  return Math.min(Math.max(1, schema.min ?? 1), schema.max ?? Number.MAX_SAFE_INTEGER);
}

/** The name of the field, as long as it has to be. */
function textOf({ min = 1, max = Math.max(min, 64), pattern }, name) {
  const text = (name || 'text').padEnd(min, '0').slice(0, max);
  const digits = '1'.repeat(Math.min(Math.max(min, 6), max));
  return pattern === undefined || pattern.test(text) ? text : digits;
}
