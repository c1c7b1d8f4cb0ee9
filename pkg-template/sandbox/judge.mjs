import { faultOfFields, parseAuthorization } from './authorization.mjs';
import { findEndpoint } from './endpoints/index.mjs';
import { Refusal, signError } from './refusal.mjs';
import { parseBody, requireBodyWithinLimit } from './request-body.mjs';
import { requireHeaders, requireKnownKey } from './request-headers.mjs';
import { parseQuery, parseSegments } from './request-url.mjs';
import { holds, requestMessage, signInformation } from './signature.mjs';

/**
 * Judges a call in the order of WeChat Pay's gateway, as far as it can be seen from outside: path
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
 *   reason: string, headers: Record<string, string> }}
 */
export function judge(call, sandbox) {
  const authorization = parseAuthorization(call.authorization);
  const message =
    authorization.fields && !call.tooLarge ? requestMessage(call, authorization.fields) : undefined;
  try {
    return { message, ...accept(call, { ...sandbox, authorization, message }) };
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
  requireHeaders(call);
  authenticate(call, sandbox);
  requireKnownKey(call, sandbox.merchant, endpoint);
  const parameters = {
    ...parseSegments(segments, endpoint.segments),
    ...parseQuery(query, endpoint.query),
    ...parseBody(call.body, endpoint.body, sandbox.merchant.wechatpayPrivateKey),
  };
  return {
    status: 200,
    code: undefined,
    body: endpoint.answer(parameters, sandbox),
    headers: {},
    reason: 'signature, headers and every field hold',
  };
}

function authenticate(call, { authorization, message, merchant, nonces, now }) {
  const fault = authorization.fault ?? faultOfFields(authorization.fields, merchant, now);
  if (fault !== undefined) throw signError(fault);
  const { signature, nonce_str: nonce, timestamp } = authorization.fields;
  if (!holds(message, signature, merchant.publicKey)) {
    throw signError({
      message: '错误的签名，验签失败',
      // The form of the documents (doc 4012072670). Answers that developers have published have the
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
  // answer to a second use of a nonce; the words are ours.
  if (!nonces.use(nonce, Number(timestamp), now)) {
    throw signError({ message: '随机串nonce_str重复', reason: 'nonce_str was used before' });
  }
}

function splitAtQuery(url) {
  const mark = url.indexOf('?');
  return mark < 0 ? [url, ''] : [url.slice(0, mark), url.slice(mark + 1)];
}
