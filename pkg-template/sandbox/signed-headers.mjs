import { randomBytes } from 'node:crypto';
import { signResponse } from './signature.mjs';

/**
 * Makes the headers with which a client verifies a response or a notification.
 *
 * @param {Buffer} body
 * @param {{ id: string, privateKey: import('node:crypto').KeyObject }} signer
 * @param {number} now seconds
 * @returns {Record<string, string>}
 */
export function signedHeaders(body, signer, now) {
  const timestamp = String(now);
  const nonce = randomBytes(16).toString('hex');
  return {
    'Request-ID': `${randomBytes(20).toString('hex').toUpperCase()}-0`,
    'Wechatpay-Nonce': nonce,
    'Wechatpay-Timestamp': timestamp,
    'Wechatpay-Serial': signer.id,
    'Wechatpay-Signature-Type': 'WECHATPAY2-SHA256-RSA2048',
    'Wechatpay-Signature': signResponse({ timestamp, nonce, body }, signer.privateKey),
  };
}
