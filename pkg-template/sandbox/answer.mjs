import { randomBytes } from 'node:crypto';
import { signAnswer } from './signature.mjs';

/**
 * Makes an answer: the bytes of its body and its headers, signature among them. Every answer is
 * signed, errors included, so that a client's check of both can be seen to work. (The documents say
 * that all answers are signed; developers have seen WeChat Pay refuse an Authorization unsigned.)
 *
 * @param {{ status: number, body: object, headers: Record<string, string> }} outcome
 * @param {{ wechatpayKeyId: string, wechatpayPrivateKey: import('node:crypto').KeyObject }}
 *   merchant
 * @param {number} now seconds
 */
export function makeAnswer({ status, body: content, headers }, merchant, now) {
  const body = Buffer.from(JSON.stringify(content));
  const timestamp = String(now);
  const nonce = randomBytes(16).toString('hex');
  return {
    status,
    body,
    headers: {
      ...headers,
      // The sandbox's clock and not the machine's: the two may differ.
      Date: new Date(now * 1000).toUTCString(),
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Length': String(body.length),
      'Request-ID': `${randomBytes(20).toString('hex').toUpperCase()}-0`,
      'Wechatpay-Nonce': nonce,
      'Wechatpay-Timestamp': timestamp,
      'Wechatpay-Serial': merchant.wechatpayKeyId,
      'Wechatpay-Signature-Type': 'WECHATPAY2-SHA256-RSA2048',
      'Wechatpay-Signature': signAnswer({ timestamp, nonce, body }, merchant.wechatpayPrivateKey),
    },
  };
}
