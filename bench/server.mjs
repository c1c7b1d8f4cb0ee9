// The server of the end-to-end run, a process of its own: it responds to every POST with one response that
// was signed before, and prints its port. Of each connection it proves the first request, so that nobody is
// quick with a signature that is wrong.

import { createPublicKey, verify } from 'node:crypto';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { publicKeys, result, signed } from './connection.mjs';

// Well within the 300 seconds for which a response is believed.
const ANEW = 60_000;

const body = JSON.stringify(result);
let { headers } = signed(body);
setInterval(() => {
  headers = signed(body).headers;
}, ANEW).unref();

const merchant = createPublicKey(publicKeys.merchant);
const seen = new WeakSet();

const server = createServer(async (request, response) => {
  if (seen.has(request.socket)) {
    request.resume();
    request.on('end', () => response.writeHead(200, headers).end(body));
    return;
  }
  seen.add(request.socket);
  const right = isSigned(request, await text(request));
  response.writeHead(right ? 200 : 401, headers).end(right ? body : '{"code":"SIGN_ERROR"}');
});

function isSigned({ method, url, headers: { authorization = '' } }, sent) {
  const said = (name) => authorization.match(new RegExp(`\\b${name}="([^"]*)"`))?.[1] ?? '';
  const message = `${[method, url, said('timestamp'), said('nonce_str'), sent].join('\n')}\n`;
  return verify('sha256', Buffer.from(message), merchant, Buffer.from(said('signature'), 'base64'));
}

// While one contestant has its turn, the others' connections stay open.
server.keepAliveTimeout = 0;
server.listen(0, '127.0.0.1', () => console.log(JSON.stringify(server.address().port)));

// Whoever started it has gone.
process.stdin.resume().on('end', () => process.exit());
