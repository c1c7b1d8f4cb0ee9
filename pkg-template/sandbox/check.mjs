import { parseAuthorization, problemOfFields } from './authorization.mjs';
import { findEndpoint } from './endpoints/index.mjs';
import { invalidRequest, Refusal, signError } from './refusal.mjs';
import { parseBody, requireBodyWithinLimit } from './request-body.mjs';
import { requireHeaders, requireKnownKey } from './request-headers.mjs';
import { parseQuery, parseSegments } from './request-url.mjs';
import { isSignedBy, requestMessage, signInformation } from './signature.mjs';
import { decryptionKeyOf } from './signer.mjs';
import { parseForm, parseUpload } from './upload-form.mjs';

/**
 * Checks a call in the order of WeChat Pay's gateway, as observed from outside: path and method,
 * headers, Authorization (the timestamp before the signature), then the parameters.
 *
 * @param {object} call
 * @param {string} call.method
 * @param {string} call.url path and query, exactly as received
 * @param {Record<string, string>} call.headers
 * @param {string[]} call.authorization every Authorization header
 * @param {Buffer} call.body
 * @param {boolean} call.tooLarge whether the body exceeded the limit and was cut off
 * @param {{ merchant: object, contracts: object, nonces: object, now: number, refusal?: Refusal }}
 *   sandbox `now` in seconds; with `refusal` the call is refused without any check
 * @returns {{ message: Buffer | undefined, status: number, code: string | undefined, body: object,
 *   file?: Buffer, reason: string, headers: Record<string, string> }} a file response has `file`
 *   instead of `body`
 */
export function check(call, sandbox) {
  const authorization = parseAuthorization(call.authorization);
  const form = parseForm(call);
  // The signature of an upload covers its meta, not its body (partner doc 4012760509).
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
      : parseBody(call.body, endpoint.body, decryptionKeyOf(call, sandbox.merchant))),
  };
  const context = { ...sandbox, headers: call.headers };
  return {
    status: endpoint.status ?? 200,
    code: undefined,
    body: endpoint.response?.(parameters, context),
    file: endpoint.file?.(parameters, context),
    headers: {},
    reason: 'signature, headers and every field are valid',
  };
}

/**
 * Refuses a body that is not a form: it has no meta that could be signed. The message is our own.
 */
function requireForm(form) {
  if (form?.has('meta')) return;
  throw invalidRequest(
    '上传表单格式不正确',
    'the body is not multipart/form-data with a part named meta',
  );
}

function authenticate(call, { authorization, message, merchant, nonces, now }) {
  const problem = authorization.problem ?? problemOfFields(authorization.fields, merchant, now);
  if (problem !== undefined) throw signError(problem);
  const { signature, nonce_str: nonce, timestamp } = authorization.fields;
  if (!isSignedBy(merchant.publicKey, message, signature)) {
    throw signError({
      message: '错误的签名，验签失败',
      // This is the documented form (doc 4012072670). In responses that developers published, the
      // issue is one level deeper, in detail.detail; sign_information is in the same place in both.
      detail: {
        field: 'signature',
        issue: 'sign not match',
        location: 'authorization',
        sign_information: signInformation(call, message),
      },
      reason: "the signature is not valid for the string in `message` and the merchant's key",
    });
  }
  // This check follows the signature, so that only the merchant can use up its nonces. The
  // documents name no response to a reused nonce; the message is our own.
  if (!nonces.use(nonce, Number(timestamp), now)) {
    throw signError({ message: '随机串nonce_str重复', reason: 'nonce_str was used before' });
  }
}

function splitAtQuery(url) {
  const mark = url.indexOf('?');
  return mark < 0 ? [url, ''] : [url.slice(0, mark), url.slice(mark + 1)];
}
