import { parseAuthorization, problemOfFields } from './authorization.mjs';
import { findEndpoint } from './endpoints/index.mjs';
import { invalidRequest, Refusal, signError } from './refusal.mjs';
import { parseBody, requireBodyWithinLimit } from './request-body.mjs';
import { requiredKeyOf, requireHeaders, requireKnownKey } from './request-headers.mjs';
import { parseQuery, parseSegments } from './request-url.mjs';
import { isSignedBy, requestMessage, signInformation } from './signature.mjs';
import { findMistake } from './signature-mistake.mjs';
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
 * @param {{ merchant: object, contracts: object, nonces: object, now: number, strict: boolean,
 *   responses: object, refusal?: Refusal }} sandbox `now` in seconds; with `refusal` the call is refused without any check
 * @returns {{ message: Buffer | undefined, signature: { state: string, signedMessage?: Buffer,
 *   mistake?: string }, notes: string[], status: number, code: string | undefined, body: object,
 *   file?: Buffer, reason: string, headers: Record<string, string> }} a file response has `file`
 *   instead of `body`
 */
export function check(call, sandbox) {
  const authorization = parseAuthorization(call.authorization);
  const form = parseForm(call);
  // The signature of an upload covers its meta, not its body (partner doc 4012760509).
  const signed = { ...call, body: signedBytes(form) ?? call.body };
  const message =
    authorization.fields && !call.tooLarge
      ? requestMessage(signed, authorization.fields)
      : undefined;
  const notes = [];
  const signature = { state: 'unchecked' };
  const told = { message, notes, signature, authorization: authorization.fields };
  try {
    // What the documents do not have is noted, and refused if `strict`.
    const note = (problem) => {
      if (sandbox.strict) throw problem;
      notes.push(problem.message);
    };
    const checked = { ...sandbox, authorization, message, form, signed, note, signature };
    return { ...told, ...accept(call, checked) };
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    const { status, code, body, headers } = refusal;
    return { ...told, status, code, body, headers, reason: refusal.message };
  }
}

// A meta with a filename counts as a file, and WeChat Pay finds no text to verify.
function signedBytes(form) {
  const meta = form?.get('meta');
  return meta?.filename === undefined ? meta?.content : Buffer.alloc(0);
}

function accept(call, sandbox) {
  if (sandbox.refusal) throw sandbox.refusal;
  const [path, query] = splitAtQuery(call.url);
  requireBodyWithinLimit(call);
  const { endpoint, segments } = endpointOf({ method: call.method, path, query }, sandbox);
  requireHeaders(call, endpoint);
  if (endpoint.upload) requireForm(sandbox.form);
  authenticate(sandbox.signed, call.body, sandbox);
  requireKnownKey(call, sandbox.merchant, endpoint);
  const parameters = endpoint.parse
    ? parseDocumented(call, { segments, query }, endpoint, sandbox)
    : {
        ...parseSegments(segments, endpoint.segments),
        ...parseQuery(query, endpoint.query, sandbox.note),
        ...(endpoint.upload
          ? parseUpload(sandbox.form, endpoint.upload, sandbox.note)
          : parseBody(call.body, endpoint.body, {
              privateKey: decryptionKeyOf(call, sandbox.merchant),
              note: sandbox.note,
            })),
      };
  const chosen = sandbox.responses.take(call.method, path);
  if (chosen !== undefined) return chosen;
  const context = { ...sandbox, headers: call.headers };
  return {
    status: endpoint.status ?? 200,
    code: undefined,
    body: endpoint.response?.(parameters, context),
    file: endpoint.file?.(parameters, context),
    mediaType: endpoint.mediaType,
    headers: {},
    reason: 'signature, headers and every field are valid',
  };
}

/** A path that nobody knows has an endpoint where the user chose a response to it. It takes anything. */
function endpointOf(call, { responses }) {
  try {
    return findEndpoint(call);
  } catch (refusal) {
    if (!responses.has(call.method, call.path)) throw refusal;
    return { endpoint: { parse: () => ({}) }, segments: {} };
  }
}

/** Parses a call as the documents have it. */
function parseDocumented(call, url, endpoint, { merchant, form, note }) {
  return endpoint.parse(
    { ...url, headers: call.headers, body: call.body, form },
    {
      get privateKey() {
        return requiredKeyOf(call, merchant);
      },
      note,
    },
  );
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

function authenticate(call, received, sandbox) {
  const { authorization, message, form, merchant, nonces, now } = sandbox;
  const problem = authorization.problem ?? problemOfFields(authorization.fields, merchant, now);
  if (problem !== undefined) throw signError(problem);
  const { signature, nonce_str: nonce, timestamp } = authorization.fields;
  const isFile = form?.get('meta')?.filename !== undefined;
  const isValid = !isFile && isSignedBy(merchant.publicKey, message, signature);
  sandbox.signature.state = isValid ? 'valid' : 'wrong';
  if (!isValid) {
    const expected = { message, publicKey: merchant.publicKey };
    const { signedMessage, mistake } = isFile
      ? {}
      : findMistake(call, received, authorization.fields, expected);
    Object.assign(sandbox.signature, { signedMessage, mistake });
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
      reason: isFile
        ? 'the part meta has a filename, so that it is no text that could be signed'
        : `the signature is not valid for the string in \`message\`: ${mistake}`,
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
