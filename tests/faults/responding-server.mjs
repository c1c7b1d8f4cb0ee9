// A server on loopback that responds as a test tells it to, and signs with the committed key of
// WeChat Pay's side. The sandbox responds rightly; this one responds wrongly in one respect at a time.
import { randomBytes, sign } from 'node:crypto';
import { createServer } from 'node:http';

import { onLoopback } from '../loopback.mjs';
import { key, merchant, publicKeyId } from '../merchant.mjs';

/** The signature headers of a response, or of a notification, made now. */
export function signedHeaders(body, { timestamp = Math.floor(Date.now() / 1000) } = {}) {
  const nonce = randomBytes(16).toString('hex');
  const message = Buffer.concat([
    Buffer.from(`${timestamp}\n${nonce}\n`),
    Buffer.from(body),
    Buffer.from('\n'),
  ]);
  return {
    'Content-Type': 'application/json',
    'Request-ID': '08F78BB5AF0610D302',
    'Wechatpay-Timestamp': String(timestamp),
    'Wechatpay-Nonce': nonce,
    'Wechatpay-Serial': publicKeyId,
    'Wechatpay-Signature': sign('sha256', message, key('wechatpay.pkcs8.pem')).toString('base64'),
  };
}

/** The response that every test spoils. */
export const result = '{"pre_entrustweb_id":"1d4b5b8a9c0e4f6f8a7b6c5d4e3f2a1b"}';

/**
 * Starts a server. `respond(request, response)` responds to each request, which has its raw `body`.
 * Gives `options` for a client, the `requests` that came, and `close()`.
 */
export async function respondingServer(respond) {
  const requests = [];
  const server = createServer(async (request, response) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    request.body = Buffer.concat(parts);
    requests.push(request);
    respond(request, response);
  });
  const { url: baseUrl, close } = await onLoopback(server);
  // Each response is looked at by itself.
  return { requests, options: { ...merchant, maxRetries: 0, baseUrl }, close };
}

/** Runs `test` against a server that responds so, and stops it. */
export async function withServer(respond, test) {
  const server = await respondingServer(respond);
  try {
    return await test(server);
  } finally {
    await server.close();
  }
}
