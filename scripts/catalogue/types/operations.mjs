// An operation → the method of its link: what it takes, and what its response holds.

import { documentUrl } from '../read.mjs';
import { comment, literal, property } from './literals.mjs';

/** The method of `operation`, as lines of an interface. */
export function methodOf(operation, shapes) {
  const name = operation.method.toLowerCase();
  const words = wordsOf(operation.path);
  const { type, needed } = optionsOf(operation, shapes, words);
  const data = dataOf(operation, shapes, words);
  return `${documentation(operation)}  ${name}<Data = ${data}>(options${needed ? '' : '?'}: ${type}): Promise<ChainResponse<Data>>;`;
}

/** The type of an upload's response. */
export function uploadedOf(operation, shapes) {
  return newDataOf(operation, shapes, wordsOf(operation.path));
}

/** Whether `wxpay.upload` sends it: the form is the file, its name and its SHA-256. */
export function isUpload({ form }) {
  const meta = form?.find(({ name }) => name === 'meta')?.schema.json?.fields ?? [];
  const names = meta.map(({ name }) => name).sort();
  return form?.some(({ name }) => name === 'file') === true && names.join() === 'filename,sha256';
}

function isDownload({ responses }) {
  return [...responses.values()].some(({ type }) => type === 'file');
}

/** The title of an operation or event, and the address of its document, if the number is known. */
export function documentation({ title, documents: [number], deprecated }) {
  return comment([title, number && documentUrl(number), deprecated && '@deprecated']);
}

// What the path says besides its version and its variables.
function wordsOf(path) {
  return path
    .split('/')
    .filter((segment) => segment !== '' && segment !== 'v3' && !segment.startsWith('{'));
}

/** The type of an operation's options, and whether they must be given. */
export function optionsOf(operation, shapes, words = wordsOf(operation.path)) {
  if (isUpload(operation)) return { type: 'UseUpload', needed: true };
  if (operation.form) return { type: 'OtherForm', needed: true };
  if (isDownload(operation)) return { type: 'UseDownload', needed: true };
  const { variables, query, headers, bodyRequired } = operation;
  const body = bodyOf(operation, shapes, words);
  if (body && bodyRequired && variables.length + query.length + headers.length === 0) {
    return { type: `Json<${body}>`, needed: true };
  }
  const members = variables.map(({ name, schema }) => member(name, 'Value', true, schema));
  const [queryNeeded, headersNeeded] = [query, headers].map(isNeeded);
  if (query.length > 0) members.push(member('query', queryOf(query, shapes, words), queryNeeded));
  if (headers.length > 0) members.push(member('headers', headersOf(headers), headersNeeded));
  if (body && !bodyRequired) {
    members.push(member('json', body, false), 'encrypt?: readonly string[] | undefined');
  }
  if (members.length === 0) return { type: 'Options', needed: false };
  return {
    type: `${body && bodyRequired ? `Json<${body}>` : 'Options'} & { ${members.join('; ')} }`,
    needed: variables.length > 0 || queryNeeded || headersNeeded || bodyRequired,
  };
}

function bodyOf({ method, body }, shapes, words) {
  if (body === undefined) return undefined;
  const side = method === 'PATCH' ? 'patch' : 'request';
  return shapes.typeOf(body, { side, before: words.slice(0, -1), last: `${words.at(-1)} request` });
}

const isNeeded = (fields) => fields.some(({ required }) => required);

function queryOf(query, shapes, words) {
  const members = query.map(({ name, required, schema }) =>
    member(name, parameterOf(schema, shapes, words, name), required, schema),
  );
  return `{ ${members.join('; ')} }`;
}

// Besides `Wechatpay-Serial`, which the catalogue names where no field says that it is encrypted.
function headersOf(headers) {
  const members = headers.map(({ name, required }) => member(name, 'string', required));
  return `{ ${members.join('; ')} }`;
}

// A query is text. So a number may be written as one, and a text that is a number may be a number.
function parameterOf(schema, shapes, words, name) {
  if (schema.type === 'array')
    return `readonly (${parameterOf(schema.items, shapes, words, name)})[]`;
  if (schema.type === 'boolean') return 'boolean';
  if (schema.enum) return [...schema.enum.map(literal), '(string & {})', 'number'].join(' | ');
  return 'Value';
}

function member(name, type, required, { encrypted } = {}) {
  const facts = encrypted ? '/** Sent encrypted. */ ' : '';
  return `${facts}${property(name)}${required ? '' : '?'}: ${type}${required ? '' : ' | undefined'}`;
}

/** The type of an operation's response. */
export function dataOf(operation, shapes, words = wordsOf(operation.path)) {
  // Once: to ask again would count as another place.
  const known = datas.get(operation);
  if (known?.shapes === shapes) return known.type;
  const type = newDataOf(operation, shapes, words);
  datas.set(operation, { shapes, type });
  return type;
}

const datas = new WeakMap();

function newDataOf({ responses, checked }, shapes, words) {
  const types = [...responses.values()].map((schema) => {
    if (schema.type === 'nothing') return 'undefined';
    if (schema.type === 'file') return 'never';
    const place = {
      side: 'response',
      before: words.slice(0, -1),
      last: `${words.at(-1)} response`,
    };
    return shapes.typeOf(schema, { ...place, trusted: checked.length > 0 });
  });
  return [...new Set(types)].join(' | ');
}
