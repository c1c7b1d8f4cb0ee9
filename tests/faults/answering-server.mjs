// A server on loopback that answers as a test tells it to, and signs with the committed key of
// WeChat Pay's side. The sandbox answers rightly; this one answers wrongly in one respect at a time.
import { sign } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const key = (name) => readFileSync(new URL(`../keys/${name}`, import.meta.url), 'utf8');

export const publicKeyId = 'PUB_KEY_ID_0119000072912024101100397200000006';

/** The signature headers of an answer, made now. */
export function signedHeaders(body, { timestamp = Math.floor(Date.now() / 1000) } = {}) {
  const nonce = 'd824f2e086d3c1df967785d13fcd22ef';
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

/** The answer that every test spoils. */
export const result = '{"pre_entrustweb_id":"1d4b5b8a9c0e4f6f8a7b6c5d4e3f2a1b"}';

/**
 * Starts a server. `answer(request, response)` answers each request, which has its raw `body`.
 * Gives `options` for a client, the `requests` that came, and `close()`.
 */
export async function answeringServer(answer) {
  const requests = [];
  const server = createServer(async (request, response) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    request.body = Buffer.concat(parts);
    requests.push(request);
    answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    requests,
    options: {
      mchid: '1900007291',
      serial: '408B07E79B8269FEC3D5D3E6AB8ED163A6A380DB',
      privateKey: key('merchant.pkcs8.pem'),
      certs: { [publicKeyId]: key('wechatpay.spki.pem') },
      // Each answer is looked at by itself.
      maxRetries: 0,
      baseUrl: `http://127.0.0.1:${server.address().port}`,
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Runs `test` against a server that answers so, and stops it. */
export async function withServer(answer, test) {
  const server = await answeringServer(answer);
  try {
    return await test(server);
  } finally {
    await server.close();
  }
}
