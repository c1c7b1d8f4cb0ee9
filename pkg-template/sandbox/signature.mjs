import { constants, sign, verify } from 'node:crypto';

const DIGEST = 'RSA-SHA256';
const LINE_FEED = Buffer.from('\n');

/**
 * How much of the body `truncated_sign_message` shows. The documents say only that the body is cut
 * (doc 4012072670); in the responses of WeChat Pay that developers have published, `{"amount\n` and
 * `{"transa\n` among them, it is the first 8 bytes, the last line feed staying.
 */
const SHOWN_BODY_BYTES = 8;

/**
 * The message that the merchant signs: `METHOD\npath-and-query\ntimestamp\nnonce\nbody\n`.
 *
 * @param {{ method: string, url: string, body: Buffer }} call
 * @param {{ timestamp: string, nonce_str: string }} fields
 * @returns {Buffer}
 */
export function requestMessage({ method, url, body }, { timestamp, nonce_str: nonce }) {
  // node:http gives request line and headers with one character for each byte: latin1 gives the
  // bytes back as they came.
  const head = Buffer.from(`${method}\n${url}\n${timestamp}\n${nonce}\n`, 'latin1');
  return Buffer.concat([head, body, LINE_FEED]);
}

/**
 * `sign_information` of a SIGN_ERROR: what WeChat Pay expected to have been signed.
 *
 * @param {{ method: string, url: string, body: Buffer }} call
 * @param {Buffer} message
 */
export function signInformation({ method, url, body }, message) {
  const bodyStart = message.length - body.length - LINE_FEED.length;
  const shown = message.subarray(0, bodyStart + Math.min(body.length, SHOWN_BODY_BYTES));
  return {
    method,
    url,
    truncated_sign_message: `${shown.toString()}\n`,
    sign_message_length: message.length,
  };
}

/**
 * Tells whether a request's signature holds.
 *
 * @param {Buffer} message
 * @param {string} signature base64
 * @param {import('node:crypto').KeyObject} publicKey the merchant's
 */
export function holds(message, signature, publicKey) {
  const bytes = Buffer.from(signature, 'base64');
  // Buffer.from skips what is not base64; WeChat Pay's own verifiers do not.
  if (bytes.toString('base64') !== signature) return false;
  return verify(DIGEST, message, { key: publicKey, padding: constants.RSA_PKCS1_PADDING }, bytes);
}

/**
 * Signs a response: `timestamp\nnonce\nbody\n`.
 *
 * @param {{ timestamp: string, nonce: string, body: Buffer }} response
 * @param {import('node:crypto').KeyObject} privateKey WeChat Pay's
 * @returns {string} base64
 */
export function signResponse({ timestamp, nonce, body }, privateKey) {
  const message = Buffer.concat([Buffer.from(`${timestamp}\n${nonce}\n`), body, LINE_FEED]);
  const key = { key: privateKey, padding: constants.RSA_PKCS1_PADDING };
  return sign(DIGEST, message, key).toString('base64');
}
