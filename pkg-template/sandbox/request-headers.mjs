import { invalidRequest, Refusal } from './refusal.mjs';
import { decryptionKeyOf } from './signer.mjs';
import { isForm } from './upload-form.mjs';

const JSON_TYPE = 'application/json';

/**
 * Refuses a request without the headers that every call needs.
 *
 * The documents require Accept, Content-Type and User-Agent, and name INVALID_REQUEST for a request
 * that breaks the rules (doc 4012081726). They do not mention 406 and 415. According to developers,
 * WeChat Pay responds to a request without Accept or User-Agent with this 400 and this message,
 * before it checks Authorization, and accepts any media range that includes JSON. The other
 * messages are our own.
 *
 * @param {{ headers: Record<string, string>, body: Buffer }} call
 * @param {{ upload?: object }} endpoint
 */
export function requireHeaders({ headers, body }, { upload }) {
  if (!headers.accept || !headers['user-agent']) {
    const missing = headers.accept ? 'User-Agent' : 'Accept';
    throw invalidRequest(
      'Http头缺少Accept或User-Agent',
      `the ${missing} header is missing or empty`,
    );
  }
  if (!acceptsJson(headers.accept)) {
    throw invalidRequest(
      'Http头Accept须接受application/json',
      `Accept does not include ${JSON_TYPE}`,
    );
  }
  if (upload) {
    if (isForm(headers)) return;
    throw invalidRequest(
      'Http头Content-Type须为multipart/form-data',
      'Content-Type is not multipart/form-data with a boundary',
    );
  }
  if (body.length > 0 && !isJson(headers['content-type'] ?? '')) {
    throw invalidRequest(
      'Http头Content-Type须为application/json',
      `Content-Type is not ${JSON_TYPE} (UTF-8) though there is a body`,
    );
  }
}

/**
 * Requires the `Wechatpay-Serial` of a call to an endpoint that requires encrypted fields. Without
 * encrypted fields, WeChat Pay accepts an unknown one, too: developers report that it then signs with
 * the key that it would choose without the header.
 *
 * @param {{ headers: Record<string, string> }} call
 * @param {object} merchant
 * @param {{ body?: Record<string, { encrypted?: boolean, optional?: boolean }> }} endpoint
 */
export function requireKnownKey(call, merchant, { body = {} }) {
  const needed = Object.values(body).some(({ encrypted, optional }) => encrypted && !optional);
  if (needed) requiredKeyOf(call, merchant);
}

/**
 * The private key that decrypts the fields of a call. `Wechatpay-Serial` has to name it. The code and
 * the message of the refusal are the documented ones (doc 4013053279).
 *
 * @param {{ headers: Record<string, string> }} call
 * @param {object} merchant
 * @returns {import('node:crypto').KeyObject}
 */
export function requiredKeyOf(call, merchant) {
  const key = decryptionKeyOf(call, merchant);
  if (key !== undefined) return key;
  throw new Refusal({
    status: 400,
    code: 'PARAM_ERROR',
    message: '平台证书序列号Wechatpay-Serial错误',
    reason:
      call.headers['wechatpay-serial'] === undefined
        ? 'Wechatpay-Serial is missing; it must name the key of the encrypted fields'
        : 'Wechatpay-Serial names no key of this merchant, but must name that of the encrypted fields',
  });
}

// RFC 9110, section 12.5.1: the most specific matching range decides, and q=0 means "not
// acceptable".
function acceptsJson(accept) {
  const weights = new Map(accept.split(',').map(mediaRange));
  for (const range of [JSON_TYPE, 'application/*', '*/*']) {
    if (weights.has(range)) return weights.get(range) > 0;
  }
  return false;
}

function mediaRange(text) {
  const [type, ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const weight = parameters.find((parameter) => parameter.startsWith('q='));
  return [type, weight === undefined ? 1 : Number(weight.slice(2))];
}

function isJson(contentType) {
  const [type, ...parameters] = contentType.split(';').map((part) => part.trim().toLowerCase());
  const charset = parameters.find((parameter) => parameter.startsWith('charset='));
  return type === JSON_TYPE && (charset === undefined || /^charset="?utf-8"?$/.test(charset));
}
