// Makes the request of an operation from its shape in the catalogue: with every field, and without each
// one that is required. It shares no code with the sandbox.
import { constants, createHash, publicEncrypt } from 'node:crypto';

const FORMATS = {
  rfc3339: '2026-11-27T10:34:56+08:00',
  date: '2026-11-27',
  url: 'https://merchant.example/notify',
  'mm/yy': '11/26',
  yyyyMMddHHmmss: '20261127103456',
};

/** A file of a form. */
export const FILE = Buffer.from('%PDF-1.4\n');
export const FILE_NAME = 'a.png';

const HASHES = { sha256: 'sha256', file_digest: 'sha256', digest: 'sm3' };

/**
 * A value of a schema, with every field.
 *
 * @param {object} schema
 * @param {(text: string) => string} encrypt
 */
export function valueOfSchema(schema, encrypt, name = '') {
  if (schema.type === 'object') {
    return Object.fromEntries(
      schema.fields.map((field) => [field.name, valueOfSchema(field.schema, encrypt, field.name)]),
    );
  }
  if (schema.type === 'array') {
    const item = valueOfSchema(schema.items, encrypt, name);
    return Array.from({ length: Math.max(schema.min ?? 1, 1) }, () => item);
  }
  if (schema.type === 'unknown') return 'anything';
  if (schema.json) return JSON.stringify(valueOfSchema(schema.json, encrypt, name));
  const value = scalarOf(schema, name);
  return schema.encrypted ? encrypt(value) : value;
}

function scalarOf({ type, enum: values, format, example, pattern, min, max }, name) {
  if (values) return values[0];
  if (type === 'boolean') return true;
  if (type !== 'string') return Math.min(Math.max(example ?? 1, min ?? 1), max ?? Infinity);
  if (name === 'filename' || name === 'file_name') return FILE_NAME;
  if (HASHES[name]) {
    return createHash(HASHES[name]).update(FILE).digest('hex');
  }
  // The catalogue says of some of them only that they are texts.
  if (/^time_(?:start|expire)$/.test(name)) return FORMATS.rfc3339;
  const text = pattern ? '11111111' : (FORMATS[format] ?? example ?? '1');
  const digits = pattern?.includes('{6}') ? 6 : max;
  return text.padEnd(min ?? 1, '1').slice(0, digits);
}

/** Encrypts as a merchant does. */
export function encryptFor(publicKey) {
  const key = { key: publicKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' };
  const known = new Map();
  return (text) => {
    if (!known.has(text)) {
      known.set(text, publicEncrypt(key, Buffer.from(text)).toString('base64'));
    }
    return known.get(text);
  };
}

/**
 * Every required field of a schema: the JSON Pointer of it, and the value without it.
 *
 * @returns {Generator<{ pointer: string, without: unknown }>}
 */
export function* withoutEach(schema, value, pointer = '') {
  if (schema.json) {
    const inner = JSON.parse(value);
    for (const { without, ...rest } of withoutEach(schema.json, inner, pointer)) {
      yield { ...rest, without: JSON.stringify(without) };
    }
  } else if (schema.type === 'array') {
    const [first, ...others] = value;
    for (const { without, ...rest } of withoutEach(schema.items, first, `${pointer}/0`)) {
      yield { ...rest, without: [without, ...others] };
    }
  } else if (schema.type === 'object') {
    for (const field of schema.fields) {
      const at = `${pointer}/${field.name}`;
      const { [field.name]: member, ...others } = value;
      if (field.required) yield { pointer: at, without: others };
      for (const { without, ...rest } of withoutEach(field.schema, member, at)) {
        yield { ...rest, without: { ...others, [field.name]: without } };
      }
    }
  }
}

/** Values that no enumeration has, by the type. */
export const UNKNOWN = { string: 'NOBODY_KNOWS', integer: 987_654, number: 987_654 };

/**
 * Every enumeration of a body: the JSON Pointer of it, and the body with a value that it does not have.
 *
 * @returns {Generator<{ pointer: string, changed: unknown }>}
 */
export function* withEachEnum(schema, value, pointer = '') {
  if (schema?.enum) yield { pointer, changed: UNKNOWN[schema.type] };
  if (schema?.type === 'array') {
    const [first, ...others] = value;
    for (const { changed, ...rest } of withEachEnum(schema.items, first, `${pointer}/0`)) {
      yield { ...rest, changed: [changed, ...others] };
    }
  }
  if (schema?.type !== 'object') return;
  for (const { name, schema: inner } of schema.fields) {
    for (const { changed, ...rest } of withEachEnum(inner, value[name], `${pointer}/${name}`)) {
      yield { ...rest, changed: { ...value, [name]: changed } };
    }
  }
}
