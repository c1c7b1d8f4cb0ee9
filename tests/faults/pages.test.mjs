// Pages of proxies and gateways that arrive in place of a response of WeChat Pay's.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Wechatpay } from 'wechatpay-wasm';

import { withServer } from './responding-server.mjs';

const PAGE =
  '<!DOCTYPE html>\n<html><head><title>403 Forbidden</title></head><body>\u001b[31mBlocked by policy</body></html>';

/** The error of a call that gets this response. */
async function errorOf(status, headers, body) {
  const respond = (request, response) =>
    response.writeHead(status, headers).end(typeof body === 'function' ? body(request) : body);
  return withServer(respond, async ({ options }) => {
    const call = new Wechatpay(options).v3.pay.transactions.id._id_.get({ id: '1' });
    return await call.catch((reason) => reason);
  });
}

test('an error page: its type and its first words, and that it is not of WeChat Pay', async () => {
  for (const [status, type] of [
    [403, 'text/html; charset=utf-8'],
    [502, 'text/html'],
    [451, 'text/plain'],
  ]) {
    const error = await errorOf(status, { 'Content-Type': type }, PAGE);
    assert.equal(error.name, 'ApiError');
    assert.equal(error.code, `HTTP_${status}`);
    assert.equal(error.verified, false);
    assert.match(error.message, /does not come from WeChat Pay/);
    assert.ok(error.message.includes(`${type}, "403 Forbidden [31mBlocked by policy"`));
    assert.equal(error.toJSON().message, error.message);
  }
});

test('a page with 200, as of a Wi-Fi that wants a login', async () => {
  const error = await errorOf(200, { 'Content-Type': 'text/html' }, '<h1>Please log in</h1>');
  assert.equal(error.code, 'ERR_SIGNATURE_MISSING');
  assert.match(error.message, /does not come from WeChat Pay.*text\/html, "Please log in"/);
});

test('a page in another encoding, a long one, and one without a type', async () => {
  const gbk = Buffer.from([0x34, 0x30, 0x33, 0x20, 0xb7, 0xc3, 0xce, 0xca, 0xbe, 0xdc, 0xbe, 0xf8]);
  assert.match((await errorOf(403, {}, gbk)).message, /no Content-Type, "403"$/);
  const long = await errorOf(403, { 'Content-Type': 'text/plain' }, 'word '.repeat(100_000));
  assert.ok(long.message.length < 400);
});

test('a page that shows what was sent shows no signature', async () => {
  for (const page of [
    ({ headers }) => `<pre>Authorization: ${headers.authorization}</pre>`,
    ({ headers }) => JSON.stringify(headers).slice(1),
    ({ headers }) => /signature="([^"]+)"/.exec(headers.authorization)[1].slice(0, 150),
  ]) {
    let sent = '';
    const error = await errorOf(403, { 'Content-Type': 'text/html' }, (request) => {
      sent = /signature="([^"]+)"/.exec(request.headers.authorization)[1];
      return page(request);
    });
    for (let at = 0; at + 8 <= sent.length; at += 1) {
      assert.ok(!error.message.includes(sent.slice(at, at + 8)));
    }
    assert.match(error.message, /does not come from WeChat Pay/);
  }
});

test("a gateway's JSON is named as one; long, it is still shown", async () => {
  const long = JSON.stringify({
    error: 'blocked by corp proxy',
    at: 'x'.repeat(40),
    by: 'y'.repeat(40),
  });
  for (const [body, words] of [
    [long, '{"error":"blocked by corp proxy"'],
    ['"denied by proxy"', '"denied by proxy"'],
    ['[1]', '[1]'],
  ]) {
    const { code, message } = await errorOf(403, { 'Content-Type': 'application/json' }, body);
    assert.equal(code, 'HTTP_403');
    assert.match(message, /does not come from WeChat Pay/);
    assert.ok(message.includes(`application/json, "${words}`), message);
  }
});

test('of a page without words, it is said that there are none', async () => {
  const style = '<style>p { color: red }</style><script>alert(1)</script>';
  const { message } = await errorOf(403, { 'Content-Type': 'text/html' }, style);
  assert.match(message, /text\/html, no words that can be shown$/);
});

test("an error with WeChat Pay's code, and an empty body, are no pages", async () => {
  for (const body of ['{"code":"NO_AUTH","message":"m"}', '']) {
    const { message } = await errorOf(403, { 'Content-Type': 'application/json' }, body);
    assert.doesNotMatch(message, /does not come from/);
  }
});
