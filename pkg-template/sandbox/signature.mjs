import { constants, sign, verify } from 'node:crypto';

const DIGEST = 'RSA-SHA256';
const LINE_FEED = Buffer.from('\n');

/**
 * How many bytes of the body `truncated_sign_message` contains. The documents say only that the
 * body is truncated (doc 4012072670). In WeChat Pay's responses that developers published, such as
 * `{"amount\n` and `{"transa\n`, it is the first 8 bytes, followed by the last line feed.
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
  // node:http decodes the request line and headers as latin1, one character per byte. Encoding them
  // as latin1 restores the received bytes.
  const head = Buffer.from(`${method}\n${url}\n${timestamp}\n${nonce}\n`, 'latin1');
  return Buffer.concat([head, body, LINE_FEED]);
}

/**
 * Makes `sign_information` of a SIGN_ERROR: the message that WeChat Pay expected.
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
 * Verifies the signature of a request.
 *
 * @param {import('node:crypto').KeyObject} publicKey the merchant's
 * @param {Buffer} message
 * @param {string} signature base64
 */
export function isSignedBy(publicKey, message, signature) {
  const bytes = Buffer.from(signature, 'base64');
  // Buffer.from ignores characters that are not base64. WeChat Pay's own verifiers reject them.
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
