import { issueEncryptedBill } from '../encrypted-bill.mjs';
import { encryptField } from '../encrypted-field.mjs';
import { parseObject } from '../request-body.mjs';
import { decodeSegment } from '../request-url.mjs';
import { checkValue, noteUnknown, refuseMissing, refuseTwice } from './check-value.mjs';
import { parseDocumentedForm } from './form.mjs';
import { sample } from './sample.mjs';
import { fileOf } from './sample-file.mjs';
import { textValue } from './text-value.mjs';

/** RSAES-OAEP with SHA-1 and a key of 2048 bits encrypts no more bytes. */
const LONGEST_PLAINTEXT = 214;

/**
 * Makes the endpoint of a documented operation. It checks a call against the documented shapes, and
 * responds with a sample of the documented one. It remembers nothing.
 *
 * @param {object} operation
 */
export function documentedEndpoint(operation) {
  const { method, path, status, form, response } = operation;
  const isFile = response.type === 'file';
  return Object.freeze({
    method,
    path,
    status,
    upload: form && Object.freeze({}),
    parse: (request, context) => parseRequest(operation, request, context),
    response: (parameters, context) =>
      isFile || response.type === 'nothing' ? undefined : respond(response, parameters, context),
    ...(isFile && { file: () => fileOf(response).content, mediaType: fileOf(response).mediaType }),
  });
}

/**
 * Checks a request: path, query, headers, then the body.
 *
 * @param {object} operation
 * @param {{ segments: Record<string, string>, query: string, headers: Record<string, string>,
 *   body: Buffer, form: Map<string, object> | undefined }} request
 * @param {{ readonly privateKey: object, note: (refusal: Error) => void }} context
 * @returns {Record<string, unknown>} every parameter by its name
 */
function parseRequest(operation, request, context) {
  const at = (location) => ({
    location,
    note: context.note,
    // Read for an encrypted value alone: only then the call must name a key.
    get privateKey() {
      return context.privateKey;
    },
  });
  const segments = Object.entries(request.segments).map(([name, value]) => [
    name,
    [decodeSegment(name, value)],
  ]);
  const query = new URLSearchParams(request.query);
  const queried = [...new Set(query.keys())].map((name) => [name, query.getAll(name)]);
  return {
    ...parseTexts(operation.variables, segments, at('path')),
    ...parseTexts(operation.query, queried, at('query')),
    ...parseHeaders(operation.headers, request.headers, at('header')),
    ...(operation.form
      ? parseDocumentedForm(operation.form, request.form, at('body'))
      : parseBody(operation, request.body, at('body'))),
  };
}

function parseTexts(fields, given, context) {
  const values = new Map(given);
  for (const [name, [value]] of given) {
    if (!fields.some((field) => field.name === name)) noteUnknown(name, value, context);
  }
  const parsed = fields.flatMap(({ name, required, schema }) => {
    const texts = values.get(name);
    if (texts === undefined) return required ? refuseMissing(name, context) : [];
    if (texts.length > 1 && schema.type !== 'array') refuseTwice(name, texts[1], context);
    return [[name, checkValue(schema, textValue(schema, texts), name, context)]];
  });
  return Object.fromEntries(parsed);
}

function parseHeaders(fields, headers, context) {
  for (const { name, required, schema } of fields) {
    const value = headers[name.toLowerCase()];
    // `Wechatpay-Serial` is checked for every call alike.
    if (/^wechatpay-serial$/i.test(name)) continue;
    if (value === undefined && required) refuseMissing(name, context);
    if (value !== undefined) checkValue(schema, value, name, context);
  }
  return {};
}

function parseBody({ body: schema, bodyRequired }, body, context) {
  if (schema === undefined) {
    if (body.length > 0) noteUnknown('', '', context);
    return {};
  }
  if (body.length === 0 && !bodyRequired) return {};
  return checkValue(schema, parseObject(body), '', context);
}

function respond(schema, parameters, context) {
  const { merchant, headers, now } = context;
  const { mchid, publicKey } = merchant;
  const response = sample(schema, {
    given: [parameters, { mchid, sp_mchid: mchid, combine_mchid: mchid }],
    now,
    host: headers.host,
    encrypt: (text) => encryptField(shortened(text), publicKey),
  });
  const { algorithm, encryption_algorithm: ofPayScore, tar_type: tarType } = parameters;
  if ((algorithm ?? ofPayScore) === 'AEAD_AES_256_GCM') {
    for (const bill of response.download_bill_list ?? []) {
      Object.assign(bill, issueEncryptedBill({ gzip: tarType === 'GZIP' }, context));
    }
  }
  return response;
}

function shortened(text) {
  return Buffer.byteLength(text) <= LONGEST_PLAINTEXT ? text : text.slice(0, LONGEST_PLAINTEXT / 3);
}
