// A server on loopback. It responds as a test specifies, and signs with the committed key of WeChat
// Pay's side. The sandbox's responses are correct; this server's responses have one fault at a
// time.
import { randomBytes, sign } from 'node:crypto';
import { createServer } from 'node:http';

import { onLoopback } from '../loopback.mjs';
import { key, merchant, publicKeyId } from '../merchant.mjs';

/** The signature headers of a response or a notification that is made now. */
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

/** The response body that every test spoils. */
export const result = '{"pre_entrustweb_id":"1d4b5b8a9c0e4f6f8a7b6c5d4e3f2a1b"}';

/**
 * Starts a server. `respond(request, response)` responds to each request, whose raw body is in
 * `request.body`.
 * Returns `options` for a client, the received `requests`, and `close()`.
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
  // No retries: each test checks a single response.
  return { requests, options: { ...merchant, maxRetries: 0, baseUrl }, close };
}

/** Starts a server that responds with `respond`, runs `test` against it, and stops it. */
export async function withServer(respond, test) {
  const server = await respondingServer(respond);
  try {
    return await test(server);
  } finally {
    await server.close();
  }
}
