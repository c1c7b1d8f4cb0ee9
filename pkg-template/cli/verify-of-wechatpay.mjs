// The client verifies what WeChat Pay signed: a response, which it is given by a `fetch` that sends nothing. A
// notification is signed as a response is. If the signature is wrong, node:crypto looks for the string that was
// signed, and shares no code with the client.

import { isSignedBy } from '../sandbox/signature.mjs';
import { bodiesOf } from '../sandbox/signed-candidates.mjs';
import { knownKeys, offline } from './client.mjs';
import { apiv3KeyOf, decryptedResource } from './decrypted-resource.mjs';
import { ExactJson } from './exact-json.mjs';
import { publicKeyOf } from './host-keys.mjs';
import { told } from './language.mjs';
import { LINES } from './parting.mjs';
import { ageOf } from './signature-age.mjs';

/**
 * @param {import('./captured.mjs').Captured} captured
 * @param {Record<string, any>} values the flags
 */
export async function verifyOfWechatpay(captured, values) {
  const { kind, headers, body, status = 200 } = captured;
  const signature = headers['wechatpay-signature'];
  const [serial, timestamp, nonce] = ['serial', 'timestamp', 'nonce'].map(
    (name) => headers[`wechatpay-${name}`],
  );
  const seconds = Number(timestamp);
  const { age, note } = ageOf(timestamp);
  const isWhole = timestamp !== undefined && nonce !== undefined;
  const message = isWhole ? messageOf(timestamp, nonce, body) : undefined;
  const result = { kind, serial, timestamp, nonce, age, note, lines: LINES.response, message };
  const fetch = async () => new Response(status === 204 ? null : body, { status, headers });
  // Old ones are looked at, too.
  const clock = () => (Number.isFinite(seconds) ? seconds * 1000 : Date.now());
  return offline(values, async ({ all, options, open }) => {
    const certs = knownKeys(options);
    const wxpay = open({ certs, fetch, clock, maxRetries: 0 });
    try {
      // With the APIv3 key it is decrypted, too.
      if (kind === 'notification' && options.apiv3Key) {
        const notification = await wxpay.notification({ headers, body });
        const { resource } = JSON.parse(body.toString());
        const text = decryptedResource(resource, apiv3KeyOf(values));
        const exact = { ...notification, resource: new ExactJson(text) };
        return { ...result, verified: true, notification: exact };
      }
      await wxpay.chain('v3/verify').get();
      return { ...result, verified: true };
    } catch (error) {
      if (error instanceof all.ApiError) return { ...result, ...ofError(error) };
      // It is verified before it is read.
      if (isAfterwards(error)) return { ...result, verified: true, note: error.message };
      if (!(error instanceof all.VerificationError)) throw error;
      const { code, message: mistake } = error;
      const key = Object.hasOwn(certs, serial ?? '') ? publicKeyOf(certs[serial]) : undefined;
      const signed = code === 'ERR_SIGNATURE_INVALID' && key && find(key, signature, captured);
      return { ...result, verified: false, code, mistake, signed: signed || undefined };
    }
  });
}

const isAfterwards = ({ code, option, field }) =>
  code === 'ERR_RESPONSE_INVALID' || option === 'apiv3Key' || field === 'body';

function ofError({ verified }) {
  return verified ? { verified } : { verified, mistake: told('unsigned') };
}

function messageOf(timestamp, nonce, body) {
  return Buffer.concat([Buffer.from(`${timestamp}\n${nonce}\n`), body, Buffer.from('\n')]);
}

/** The string that was signed, where the body that arrived is the same in other words. */
function find(key, signature, { headers, body }) {
  const [timestamp, nonce] = ['timestamp', 'nonce'].map((name) => headers[`wechatpay-${name}`]);
  for (const [each] of bodiesOf(body, body)) {
    const message = messageOf(timestamp, nonce, each);
    if (isSignedBy(key, message, signature)) return message;
  }
  return undefined;
}

/**
 * The beginning of the string that WeChat Pay expected of a request, as the response to a wrong signature shows it.
 *
 * @param {Buffer} body of the response
 * @returns {Buffer | undefined}
 */
export function expectedIn(body) {
  try {
    const { detail } = JSON.parse(body.toString());
    const { truncated_sign_message: text } = (detail.detail ?? detail).sign_information;
    // The body in it is cut, and a line feed follows.
    return Buffer.from(text.slice(0, -1));
  } catch {
    return undefined;
  }
}
