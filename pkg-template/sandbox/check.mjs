import { faultOfFields, parseAuthorization } from './authorization.mjs';
import { findEndpoint } from './endpoints/index.mjs';
import { invalidRequest, Refusal, signError } from './refusal.mjs';
import { parseBody, requireBodyWithinLimit } from './request-body.mjs';
import { requireHeaders, requireKnownKey } from './request-headers.mjs';
import { parseQuery, parseSegments } from './request-url.mjs';
import { holds, requestMessage, signInformation } from './signature.mjs';
import { openerOf } from './signer.mjs';
import { parseUpload, takeApart } from './upload-form.mjs';

/**
 * Checks a call in the order of WeChat Pay's gateway, as far as it can be seen from outside: path
 * and method, headers, Authorization with its timestamp before its signature, then the parameters.
 *
 * @param {object} call
 * @param {string} call.method
 * @param {string} call.url path and query, byte for byte
 * @param {Record<string, string>} call.headers
 * @param {string[]} call.authorization every Authorization header
 * @param {Buffer} call.body
 * @param {boolean} call.tooLarge whether the body went over the limit, and so is cut off
 * @param {{ merchant: object, contracts: object, nonces: object, now: number, refusal?: Refusal }}
 *   sandbox `now` in seconds; `refusal` of a call that is refused whatever it is
 * @returns {{ message: Buffer | undefined, status: number, code: string | undefined, body: object,
 *   file?: Buffer, reason: string, headers: Record<string, string> }} `file` in place of `body` where
 *   the response is one
 */
export function check(call, sandbox) {
  const authorization = parseAuthorization(call.authorization);
  const form = takeApart(call);
  // Of an upload, its meta is signed and not its body (partner doc 4012760509).
  const signed = { ...call, body: form?.get('meta')?.content ?? call.body };
  const message =
    authorization.fields && !call.tooLarge
      ? requestMessage(signed, authorization.fields)
      : undefined;
  try {
    return { message, ...accept(call, { ...sandbox, authorization, message, form, signed }) };
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    const { status, code, body, headers } = refusal;
    return { message, status, code, body, headers, reason: refusal.message };
  }
}

function accept(call, sandbox) {
  if (sandbox.refusal) throw sandbox.refusal;
  const [path, query] = splitAtQuery(call.url);
  requireBodyWithinLimit(call);
  const { endpoint, segments } = findEndpoint({ method: call.method, path });
  requireHeaders(call, endpoint);
  if (endpoint.upload) requireForm(sandbox.form);
  authenticate(sandbox.signed, sandbox);
  requireKnownKey(call, sandbox.merchant, endpoint);
  const parameters = {
    ...parseSegments(segments, endpoint.segments),
    ...parseQuery(query, endpoint.query),
    ...(endpoint.upload
      ? parseUpload(sandbox.form, endpoint.upload)
      : parseBody(call.body, endpoint.body, openerOf(call, sandbox.merchant))),
  };
  const context = { ...sandbox, headers: call.headers };
  return {
    status: 200,
    code: undefined,
    body: endpoint.response?.(parameters, context),
    file: endpoint.file?.(parameters, context),
    headers: {},
    reason: 'signature, headers and every field hold',
  };
}

/** Refuses what is no form, since there is nothing in it that could be signed. The words are ours. */
function requireForm(form) {
  if (form?.has('meta')) return;
  throw invalidRequest(
    '上传表单格式不正确',
    'the body is not multipart/form-data with a part named meta',
  );
}

function authenticate(call, { authorization, message, merchant, nonces, now }) {
  const fault = authorization.fault ?? faultOfFields(authorization.fields, merchant, now);
  if (fault !== undefined) throw signError(fault);
  const { signature, nonce_str: nonce, timestamp } = authorization.fields;
  if (!holds(message, signature, merchant.publicKey)) {
    throw signError({
      message: '错误的签名，验签失败',
      // The form of the documents (doc 4012072670). Responses that developers have published have the
      // issue one level deeper, in detail.detail; sign_information is in the same place in both.
      detail: {
        field: 'signature',
        issue: 'sign not match',
        location: 'authorization',
        sign_information: signInformation(call, message),
      },
      reason: "the signature does not hold over the string in `message` with the merchant's key",
    });
  }
  // After the signature, so that nobody uses up a nonce that is not theirs. The documents name no
  // response to a second use of a nonce; the words are ours.
  if (!nonces.use(nonce, Number(timestamp), now)) {
    throw signError({ message: '随机串nonce_str重复', reason: 'nonce_str was used before' });
  }
}

function splitAtQuery(url) {
  const mark = url.indexOf('?');
  return mark < 0 ? [url, ''] : [url.slice(0, mark), url.slice(mark + 1)];
}
