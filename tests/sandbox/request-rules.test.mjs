import assert from 'node:assert/strict';
import net from 'node:net';
import { after, before, describe, test } from 'node:test';
import { createSandbox } from 'wechatpay-wasm/sandbox';
import { assertRefused, authorize, CONTRACT, PATH, send } from './signed-request.mjs';

describe('how the sandbox checks path, method, headers and size', () => {
  const BODY_LIMIT = 1024 * 1024;

  let sandbox;
  before(async () => {
    sandbox = await createSandbox();
  });
  after(() => sandbox.close());

  const ENCRYPTED = PATH.replace('pre-entrust-sign/', 'pre-entrust-sign-with-real-name-identity/');

  const refused = async (request, expected) => {
    const response = await send(sandbox, request);
    assertRefused(response, sandbox, expected);
    return response;
  };

  const invalidRequest = (message) => ({ status: 400, code: 'INVALID_REQUEST', message });
  const NO_ACCEPT_OR_AGENT = invalidRequest('Http头缺少Accept或User-Agent');
  const WRONG_ACCEPT = invalidRequest('Http头Accept须接受application/json');
  const WRONG_TYPE = invalidRequest('Http头Content-Type须为application/json');
  const unknown = (path, hint = '') => ({
    status: 404,
    code: 'RESOURCE_NOT_EXISTS',
    message: `the sandbox knows no such path: ${path}${hint}`,
  });
  const WRONG_METHOD = { status: 405, code: 'INVALID_REQUEST', message: '请求方法不正确' };
  const TOO_LARGE = { status: 413, code: 'INVALID_REQUEST', message: '请求报文过大' };
  const WRONG_SERIAL = {
    status: 400,
    code: 'PARAM_ERROR',
    message: '平台证书序列号Wechatpay-Serial错误',
  };

  for (const path of [
    `${PATH}/`,
    `/${PATH}`,
    PATH.slice(0, -1),
    PATH.slice(3),
    PATH.replace('app', '%61pp'),
    `${PATH}%3Fa=1`,
  ]) {
    test(`responds 404 to ${path}, and says which path may be meant`, () =>
      refused({ path }, unknown(`POST ${path}`, `; did you mean POST ${PATH}?`)));
  }

  for (const path of ['/', PATH.toUpperCase(), '/v2/pay/unifiedorder', `/${'x'.repeat(5_000)}`]) {
    test(`responds 404 to ${path.slice(0, 100)}`, () =>
      refused({ path }, unknown(`POST ${path.slice(0, 200)}`)));
  }

  test('responds 404 to a documented path with a mistake in it', () =>
    refused(
      { method: 'GET', path: '/v3/pay/transactions/outtradeno/A_1?mchid=1' },
      unknown(
        'GET /v3/pay/transactions/outtradeno/A_1',
        '; did you mean GET /v3/pay/transactions/out-trade-no/{out_trade_no}?',
      ),
    ));

  test('responds 404 without checking the signature', () =>
    refused(
      { path: '/v3/transactions', authorization: () => undefined },
      unknown('POST /v3/transactions'),
    ));

  for (const method of ['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
    test(`responds 405 to ${method}, and names POST`, async () => {
      const { headers } = await refused({ method }, WRONG_METHOD);
      assert.equal(headers.allow, 'POST');
    });
  }

  for (const name of ['Accept', 'User-Agent']) {
    test(`refuses a request without ${name}`, () =>
      refused({ headers: { [name]: undefined } }, NO_ACCEPT_OR_AGENT));

    test(`refuses an empty ${name}`, () =>
      refused({ headers: { [name]: '' } }, NO_ACCEPT_OR_AGENT));

    test(`checks ${name} before Authorization`, () =>
      refused(
        { headers: { [name]: undefined }, authorization: () => undefined },
        NO_ACCEPT_OR_AGENT,
      ));
  }

  for (const accept of [
    'text/html',
    'application/xml, text/*',
    'application/json;q=0, */*',
    'application/jsonp',
  ]) {
    test(`refuses Accept: ${accept}`, () => refused({ headers: { Accept: accept } }, WRONG_ACCEPT));
  }

  for (const type of [
    undefined,
    '',
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/json-patch+json',
    'application/json; charset=gbk',
  ]) {
    test(`refuses a body with Content-Type: ${type}`, () =>
      refused({ headers: { 'Content-Type': type } }, WRONG_TYPE));
  }

  test('refuses a body with two Content-Type headers', () =>
    refused({ headers: { 'Content-Type': ['application/json', 'application/json'] } }, WRONG_TYPE));

  for (const serial of [
    undefined,
    '',
    'PUB_KEY_ID_0000000000000024101100397200000006',
    '5157F09EFDC096DE15EB',
  ]) {
    test(`refuses Wechatpay-Serial: ${serial}, where fields are encrypted`, () =>
      refused({ path: ENCRYPTED, headers: { 'Wechatpay-Serial': serial } }, WRONG_SERIAL));
  }

  test("refuses the merchant's own serial number there", () =>
    refused(
      { path: ENCRYPTED, headers: { 'Wechatpay-Serial': sandbox.options.serial } },
      WRONG_SERIAL,
    ));

  test('checks Wechatpay-Serial after the signature', async () => {
    const headers = { 'Wechatpay-Serial': 'PUB_KEY_ID_0' };
    assert.equal((await send(sandbox, { headers, fields: { signature: 'bm8=' } })).status, 401);
  });

  test('reads a body of 1 MiB', async () => {
    const padding = ' '.repeat(BODY_LIMIT - JSON.stringify(CONTRACT).length);
    const { status } = await send(sandbox, { body: JSON.stringify(CONTRACT) + padding });
    assert.equal(status, 200);
    assert.equal(sandbox.requests.at(-1).body.length, BODY_LIMIT);
  });

  for (const excess of [1, 8 * BODY_LIMIT]) {
    test(`responds 413 to a body ${excess} bytes over 1 MiB, and records 1 MiB`, async () => {
      await refused({ body: Buffer.alloc(BODY_LIMIT + excess, ' ') }, TOO_LARGE);
      const { body, message } = sandbox.requests.at(-1);
      assert.equal(body.length, BODY_LIMIT);
      assert.equal(message, undefined);
    });
  }

  test('verifies and measures the bytes of a body that arrives in parts', async () => {
    const body = Buffer.from(JSON.stringify({ ...CONTRACT, appid: '\u4e2d\u6587' }));
    const split = body.indexOf('\u4e2d') + 1;
    const header = authorize(sandbox, { method: 'POST', path: PATH, body });
    const socket = net.connect(Number(new URL(sandbox.url).port), '127.0.0.1');
    socket.write(
      [
        `POST ${PATH} HTTP/1.1`,
        `Host: ${new URL(sandbox.url).host}`,
        'Connection: close',
        'Accept: */*',
        'User-Agent: sandbox-test/1.0',
        'Content-Type: application/json',
        'Transfer-Encoding: chunked',
        `Authorization: ${header}`,
        '\r\n',
      ].join('\r\n'),
    );
    for (const piece of [body.subarray(0, split), body.subarray(split)]) {
      socket.write(`${piece.length.toString(16)}\r\n`);
      socket.write(piece);
      socket.write('\r\n');
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    socket.write('0\r\n\r\n');
    const chunks = await socket.toArray();
    assert.match(Buffer.concat(chunks).toString(), /^HTTP\/1\.1 200 /);
  });

  test('a caller that disconnects before the end of its body leaves no record', async () => {
    const from = sandbox.requests.length;
    const socket = net.connect(Number(new URL(sandbox.url).port), '127.0.0.1');
    const { host } = new URL(sandbox.url);
    socket.write(`POST ${PATH} HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 10\r\n\r\n{`);
    await new Promise((resolve) => setTimeout(resolve, 20));
    socket.destroy();
    assert.equal((await send(sandbox)).status, 200);
    assert.equal(sandbox.requests.length, from + 1);
  });
});
