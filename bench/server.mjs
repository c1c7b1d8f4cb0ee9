// The server of the end-to-end run, in a separate process. It prints its port, and responds to
// every POST with the same response, which was signed in advance. It verifies the first request of
// each connection, so that no contestant is fast with a wrong signature.

import { createPublicKey, verify } from 'node:crypto';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { publicKeys, result, signed } from './connection.mjs';

// Milliseconds. Clients accept a response for 300 seconds.
const SIGN_INTERVAL = 60_000;

const body = JSON.stringify(result);
let { headers } = signed(body);
setInterval(() => {
  headers = signed(body).headers;
}, SIGN_INTERVAL).unref();

const merchant = createPublicKey(publicKeys.merchant);
const verifiedSockets = new WeakSet();

const server = createServer(async (request, response) => {
  if (verifiedSockets.has(request.socket)) {
    request.resume();
    request.on('end', () => response.writeHead(200, headers).end(body));
    return;
  }
  verifiedSockets.add(request.socket);
  const isRight = isSigned(request, await text(request));
  response.writeHead(isRight ? 200 : 401, headers).end(isRight ? body : '{"code":"SIGN_ERROR"}');
});

function isSigned({ method, url, headers: { authorization = '' } }, sent) {
  const field = (name) => authorization.match(new RegExp(`\\b${name}="([^"]*)"`))?.[1] ?? '';
  const message = `${[method, url, field('timestamp'), field('nonce_str'), sent].join('\n')}\n`;
  return verify(
    'sha256',
    Buffer.from(message),
    merchant,
    Buffer.from(field('signature'), 'base64'),
  );
}

// The other contestants' connections stay open during one contestant's turn.
server.keepAliveTimeout = 0;
server.listen(0, '127.0.0.1', () => console.log(JSON.stringify(server.address().port)));

// The process that started the server has ended.
process.stdin.resume().on('end', () => process.exit());
