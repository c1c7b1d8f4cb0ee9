// Connections that are never made: nothing was sent, and the error says why and where.
import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { test } from 'node:test';

import { TransportError, Wechatpay } from 'wechatpay-wasm';

import { onLoopback } from '../loopback.mjs';
import { merchant } from '../merchant.mjs';
import { signedHeaders } from './responding-server.mjs';

const refund = (options) =>
  new Wechatpay({ ...merchant, ...options }).v3.refund.domestic.refunds.post({ json: {} });

const failure = (options) => refund(options).catch((reason) => reason);

function assertUnsent(error, host, reason) {
  assert.ok(error instanceof TransportError, String(error));
  assert.equal(error.code, 'ERR_NETWORK');
  assert.match(error.message, /Nothing was sent/);
  assert.doesNotMatch(error.message, /carried out/);
  const shown = JSON.parse(JSON.stringify(error));
  assert.equal(shown.sent, false);
  assert.equal(shown.host, host);
  assert.match(shown.reason, reason);
  assert.ok(error.message.includes(host) && error.message.includes(shown.reason));
}

function assertUncertain(error, reason) {
  assert.equal(error.code, 'ERR_NETWORK');
  assert.match(error.message, /may have been carried out/);
  assert.equal(error.sent, true);
  assert.equal(error.reason, reason);
}

/** What Node's fetch rejects with. */
const rejecting = (code, message = code, more = {}) =>
  new TypeError('fetch failed', { cause: Object.assign(new Error(message), { code }, more) });

test('a port where nobody listens, and a name that nobody has', async () => {
  const { url, close } = await onLoopback(createServer());
  await close();
  assertUnsent(await failure({ baseUrl: url, maxRetries: 0 }), url, /^ECONNREFUSED$/);
  const nowhere = 'https://no-such-host.invalid';
  assertUnsent(
    await failure({ baseUrl: nowhere, maxRetries: 0 }),
    nowhere,
    /^(?:ENOTFOUND|EAI_AGAIN)$/,
  );
});

test('a server that ends the connection in the handshake, or after the request', async () => {
  const ending = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => socket.destroy());
  });
  const { url, close } = await onLoopback(ending);
  try {
    const secure = url.replace('http:', 'https:');
    assertUnsent(await failure({ baseUrl: secure, maxRetries: 0 }), secure, /^ECONNRESET$/);
    assertUncertain(await failure({ baseUrl: url, maxRetries: 0 }), 'UND_ERR_SOCKET');
  } finally {
    await close();
  }
});

/** What node-fetch rejects with. */
const nodeFetchs = (code, reason) =>
  Object.assign(new Error(`request to https://x.example/v3/y failed, reason: ${reason}`), {
    type: 'system',
    code,
    errno: code,
  });

test('what each host throws', async () => {
  const deno = (said) =>
    new TypeError(`error sending request for url (https://api.mch.weixin.qq.com/v3/x): ${said}`);
  const bun = (code, said) => Object.assign(new TypeError(`${code}: ${said}`), { code });
  const refused = Object.assign(new Error('connect ETIMEDOUT 1.1.1.1:443'), { code: 'ETIMEDOUT' });
  const reset = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
  const all = new AggregateError([refused, refused], '');
  for (const [thrown, reason] of [
    [rejecting('ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:1'), 'ECONNREFUSED'],
    [rejecting('ENOTFOUND', 'getaddrinfo ENOTFOUND x'), 'ENOTFOUND'],
    [rejecting('EAI_AGAIN', 'getaddrinfo EAI_AGAIN x'), 'EAI_AGAIN'],
    [rejecting('EHOSTUNREACH', 'x', { syscall: 'connect' }), 'EHOSTUNREACH'],
    [nodeFetchs('ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:1'), 'ECONNREFUSED'],
    [nodeFetchs('EHOSTUNREACH', 'connect EHOSTUNREACH 1.1.1.1:443'), 'EHOSTUNREACH'],
    [rejecting('ENETUNREACH', 'connect ENETUNREACH 1.1.1.1:443'), 'ENETUNREACH'],
    [rejecting('ETIMEDOUT', 'connect ETIMEDOUT 1.1.1.1:443'), 'ETIMEDOUT'],
    [rejecting('UND_ERR_CONNECT_TIMEOUT', 'Connect Timeout Error'), 'UND_ERR_CONNECT_TIMEOUT'],
    [rejecting('CERT_HAS_EXPIRED'), 'CERT_HAS_EXPIRED'],
    [rejecting('DEPTH_ZERO_SELF_SIGNED_CERT'), 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    [rejecting('ERR_TLS_CERT_ALTNAME_INVALID'), 'ERR_TLS_CERT_ALTNAME_INVALID'],
    [
      new TypeError('fetch failed', { cause: Object.assign(all, { code: 'ETIMEDOUT' }) }),
      'ETIMEDOUT',
    ],
    [Object.assign(new Error('request failed'), { code: 'ECONNREFUSED' }), 'ECONNREFUSED'],
    [bun('ECONNREFUSED', 'Unable to connect.'), 'ECONNREFUSED'],
    [bun('EPROTO', 'The TLS handshake failed. Does the server speak TLS?'), 'EPROTO'],
    [
      deno('client error (Connect): tcp connect error: Connection refused (os error 111)'),
      'ECONNREFUSED',
    ],
    [deno('client error (Connect): dns error: failed to lookup address'), 'ENOTFOUND'],
    [deno('client error (Connect): invalid peer certificate: UnknownIssuer'), 'ERR_CONNECT'],
  ]) {
    const error = await failure({ fetch: async () => Promise.reject(thrown), maxRetries: 0 });
    assertUnsent(error, 'https://api.mch.weixin.qq.com', new RegExp(`^${reason}$`));
  }
  for (const [thrown, reason] of [
    [rejecting('ECONNRESET', 'read ECONNRESET'), 'ECONNRESET'],
    [rejecting('EHOSTUNREACH', 'read EHOSTUNREACH'), 'EHOSTUNREACH'],
    [rejecting('EHOSTUNREACH'), 'EHOSTUNREACH'],
    [rejecting('ECONNREFUSED', 'x', { syscall: 'read' }), 'ECONNREFUSED'],
    [rejecting('EHOSTUNREACH', 'EHOSTUNREACH: host unreachable, read'), 'EHOSTUNREACH'],
    [nodeFetchs('EHOSTUNREACH', 'read EHOSTUNREACH'), 'EHOSTUNREACH'],
    [nodeFetchs('ENETUNREACH', 'write ENETUNREACH'), 'ENETUNREACH'],
    [nodeFetchs('ECONNREFUSED', 'read ECONNREFUSED'), 'ECONNREFUSED'],
    [
      Object.assign(new AggregateError([refused, reset], ''), { code: 'ECONNREFUSED' }),
      'ECONNREFUSED',
    ],
    [rejecting('ETIMEDOUT', 'read ETIMEDOUT'), 'ETIMEDOUT'],
    [rejecting('EPIPE', 'write EPIPE'), 'EPIPE'],
    [rejecting('UND_ERR_SOCKET', 'other side closed'), 'UND_ERR_SOCKET'],
    [rejecting('UND_ERR_HEADERS_TIMEOUT'), 'UND_ERR_HEADERS_TIMEOUT'],
    // It may come after the handshake, too, from whoever is on the way.
    [rejecting('ERR_SSL_WRONG_VERSION_NUMBER'), 'ERR_SSL_WRONG_VERSION_NUMBER'],
    [bun('ECONNRESET', 'The socket connection was closed unexpectedly.'), 'ECONNRESET'],
    [deno('client error (SendRequest): connection closed before message completed'), undefined],
    [new Error('Network connection lost.'), undefined],
    [rejecting('not a word'), undefined],
    ['a string', undefined],
    [null, undefined],
  ]) {
    const error = await failure({ fetch: async () => Promise.reject(thrown), maxRetries: 0 });
    assertUncertain(error, reason);
  }
});

test('a write that was never sent is tried again, on the spare host; one that may have been is not', async () => {
  const urls = [];
  const scripted =
    (...script) =>
    async (url) => {
      urls.push(new URL(url).host);
      const next = script.shift();
      if (next instanceof Error) throw next;
      return next;
    };
  const unconnected = () => rejecting('ECONNREFUSED', 'connect ECONNREFUSED 1.1.1.1:443');
  const response = () => new Response('{}', { headers: signedHeaders('{}') });
  const { status } = await refund({ fetch: scripted(unconnected(), response()) });
  assert.equal(status, 200);
  assert.deepEqual(urls.splice(0), ['api.mch.weixin.qq.com', 'api2.mch.weixin.qq.com']);

  const reset = rejecting('ECONNRESET', 'read ECONNRESET');
  const error = await failure({ fetch: scripted(unconnected(), reset, response()) });
  assertUncertain(error, 'ECONNRESET');
  assert.equal(error.attempts, 2);
  assert.equal(urls.splice(0).length, 2);

  // As often as the client says.
  const three = [unconnected(), unconnected(), unconnected(), response()];
  assertUnsent(await failure({ fetch: scripted(...three) }), 'https://api2.mch.weixin.qq.com', /E/);
  assert.equal(urls.splice(0).length, 3);
});
