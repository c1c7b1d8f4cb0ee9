// A call of an operation as somebody writes it: by the chain, with the values that WeChat Pay's documents
// have as examples, and with what is required alone.

import { property } from '../../catalogue/types/literals.mjs';
import { isUpload } from '../../catalogue/types/operations.mjs';
import { nameOf } from '../../catalogue/types/tree.mjs';

const WIDTH = 90;

// Files that nobody signs and nobody hashes (pkg-template/types/download.d.ts).
const UNVERIFIED = /^\/v3\/(global\/)?merchant-service\/images\//;

/** The lines of the call, or undefined where the package has none. */
export function callOf(operation) {
  const { method, path, responses } = operation;
  if (isUpload(operation)) {
    const [{ fields }] = responses.values();
    return [
      `const { ${fields[0].name} } = await wxpay.upload('${path}', {`,
      "  filename: 'picture.jpg',",
      "  file: await readFile('picture.jpg'),",
      '});',
    ];
  }
  if (operation.form) return undefined;
  const response = [...responses.values()];
  if (response.some(({ type }) => type === 'file')) {
    // The address is that of a signed response before.
    if (!UNVERIFIED.test(path))
      return ['const bytes = await wxpay.downloadBytes(download_url, { hashType, hashValue });'];
    return ['const { bytes } = await wxpay.downloadBytes(url, { acceptUnverifiedFile: true });'];
  }
  const gives = response.every(({ type }) => type === 'nothing') ? '' : 'const { data } = ';
  const options = optionsOf(operation);
  const call = `${gives}await ${linkOf(path)}.${method.toLowerCase()}`;
  const given = Object.keys(options).length === 0 ? '' : written(options, '', call.length);
  return `${call}(${given});`.split('\n');
}

function linkOf(path) {
  if (!path.startsWith('/v3/')) return `wxpay.chain('${path.slice(1)}')`;
  const names = path.slice(1).split('/').map(nameOf);
  const isName = (name) => /^[A-Za-z_$][\w$]*$/.test(name);
  return `wxpay${names.map((name) => (isName(name) ? `.${name}` : `['${name}']`)).join('')}`;
}

function optionsOf({ variables, query, headers, body, bodyRequired }) {
  const needed = (fields) => fields.filter(({ required }) => required);
  const sampled = (fields) =>
    Object.fromEntries(fields.map(({ name, schema }) => [name, sample(schema)]));
  const encrypted = body === undefined ? [] : encryptedIn(body);
  return {
    ...sampled(variables),
    ...(needed(query).length > 0 && { query: sampled(needed(query)) }),
    ...(needed(headers).length > 0 && { headers: sampled(needed(headers)) }),
    ...(body && (bodyRequired || encrypted.length > 0) && { json: sample(body) }),
    ...(encrypted.length > 0 && { encrypt: encrypted }),
  };
}

/** The paths of those that the sample has. */
function encryptedIn(schema, path = '') {
  if (schema.encrypted) return [path];
  const under = (name) => (path === '' ? name : `${path}.${name}`);
  if (schema.type === 'array') return encryptedIn(schema.items, under('*'));
  return fieldsOf(schema).flatMap(({ name, schema: of }) => encryptedIn(of, under(name)));
}

// The fields that a sample has: those that are required.
const fieldsOf = ({ type, fields }) =>
  type === 'object' ? fields.filter(({ required }) => required) : [];

function sample(schema) {
  if (schema.json) return schema.example ?? '{}';
  if (schema.enum) return schema.enum[0];
  if (schema.example !== undefined) return schema.example;
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(fieldsOf(schema).map(({ name, schema: of }) => [name, sample(of)]));
    case 'array':
      return [sample(schema.items)];
    case 'integer':
    case 'number':
      return schema.min ?? 1;
    case 'boolean':
      return true;
    default:
      return '…';
  }
}

// On one line where it fits behind what stands `before` it there, else a member a line.
function written(value, indent, before) {
  const line = inline(value);
  if (before + line.length < WIDTH || typeof value !== 'object') return line;
  const deeper = `${indent}  `;
  const member = (of, name = '') => `${name}${written(of, deeper, deeper.length + name.length)}`;
  const [open, close, members] = Array.isArray(value)
    ? ['[', ']', value.map((of) => member(of))]
    : ['{', '}', Object.entries(value).map(([name, of]) => member(of, `${property(name)}: `))];
  return `${open}\n${members.map((each) => `${deeper}${each},\n`).join('')}${indent}${close}`;
}

function inline(value) {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (typeof value === 'string') return quoted(value);
  if (typeof value !== 'object') return JSON.stringify(value);
  const members = Object.entries(value).map(([name, of]) => `${property(name)}: ${inline(of)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

function quoted(text) {
  const json = JSON.stringify(text);
  return json.includes("'") ? json : `'${json.slice(1, -1).replaceAll('\\"', '"')}'`;
}
