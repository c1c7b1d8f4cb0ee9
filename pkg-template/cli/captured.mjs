import { told } from './language.mjs';
import { UsageError } from './problems.mjs';

const REQUEST = /^(GET|POST|PUT|PATCH|DELETE) (\S+)(?: HTTP\/[\d.]+)?$/;
const RESPONSE = /^HTTP\/[\d.]+ (\d{3})\b/;
const HEADER = /^([\w-]+):[ \t]*(.*?)[ \t]*$/;

/**
 * A message of HTTP as somebody kept it: as text, `POST /v3/… HTTP/1.1` or `HTTP/1.1 200 OK`, headers, an empty
 * line, body; or as JSON, `{ method, url, status, headers, body }`, where `body` is the raw text.
 *
 * @typedef {object} Captured
 * @property {'request' | 'response' | 'notification'} kind a merchant's request, or what WeChat Pay sent
 * @property {string} method
 * @property {string} url the path with its query; one character is one byte
 * @property {number | undefined} status
 * @property {Record<string, string>} headers by their names in lower case
 * @property {Buffer} body
 */

/**
 * @param {Buffer} bytes
 * @returns {Captured | undefined} undefined if it is none
 * @throws {UsageError} if it is one whose body is missing, or was parsed: its bytes are lost
 */
export function readCaptured(bytes) {
  return readJson(bytes.toString()) ?? readText(bytes);
}

function readText(bytes) {
  const [, gap] = bytes.toString('latin1').match(/(\r?\n\r?\n)/) ?? [];
  const end = gap === undefined ? bytes.length : bytes.indexOf(gap, 0, 'latin1');
  const [first, ...rest] = bytes.toString('latin1', 0, end).trimStart().split(/\r?\n/);
  const [, method = 'POST', url = '/'] = first.match(REQUEST) ?? [];
  const [, status] = first.match(RESPONSE) ?? [];
  const hasStart = REQUEST.test(first) || status !== undefined;
  const lines = (hasStart ? rest : [first, ...rest]).filter((line) => line !== '');
  const headers = lines.map((line) => line.match(HEADER)?.slice(1));
  if (headers.includes(undefined)) return undefined;
  const body = gap === undefined ? undefined : bytes.subarray(end + gap.length);
  const number = status === undefined ? undefined : Number(status);
  return classified({ method, url, status: number, headers, body }, hasStart);
}

function readJson(text) {
  let given;
  try {
    given = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { method = 'POST', url = '/', status, headers, body, isBase64Encoded } = given ?? {};
  if (typeof headers !== 'object' || headers === null) return undefined;
  const pairs = Array.isArray(headers) ? headers : Object.entries(headers);
  return classified(
    {
      method: String(method),
      // A whole URL has a host before its path.
      url: String(url).replace(/^https?:\/\/[^/]*/, ''),
      status,
      headers: pairs,
      body: bodyOf(body, isBase64Encoded),
    },
    given.method !== undefined || status !== undefined,
  );
}

function bodyOf(body, isBase64Encoded) {
  if (typeof body === 'string') return Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  // As JSON.stringify writes a Buffer.
  if (body?.type === 'Buffer' && Array.isArray(body.data)) return Buffer.from(body.data);
  if (body === undefined) return undefined;
  if (body === null) return Buffer.alloc(0);
  throw new UsageError(told('parsed-body'));
}

function classified({ headers: pairs, body: given, ...rest }, hasStart) {
  const headers = Object.create(null);
  for (const [name, value] of pairs) headers[String(name).toLowerCase()] = String(value);
  const isSigned = headers['wechatpay-signature'] !== undefined;
  if (!isSigned && !hasStart) return undefined;
  const ofWechatpay = rest.status === undefined ? 'notification' : 'response';
  const kind = isSigned || rest.status !== undefined ? ofWechatpay : 'request';
  const length = headers['content-length'];
  if (given === undefined && length !== '0' && !isBodiless(kind, rest)) {
    throw new UsageError(told('missing-body'));
  }
  return { ...rest, kind, headers, body: withoutEnd(given ?? Buffer.alloc(0), length) };
}

/** Whether such a message has no body, so that nobody keeps one. */
function isBodiless(kind, { method, status }) {
  return kind === 'request' ? ['GET', 'DELETE'].includes(method) : status === 204;
}

/** An editor ends a file with a line feed, which is none of the body. */
function withoutEnd(body, length) {
  const end = Number(length);
  const isLonger = /^\d+$/.test(length ?? '') && end < body.length;
  return isLonger && body.toString('latin1', end).trim() === '' ? body.subarray(0, end) : body;
}
