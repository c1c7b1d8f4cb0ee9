// Responses that the client must reject, from a real server through the real fetch.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';

import { ApiError, TransportError, VerificationError, Wechatpay } from 'wechatpay-wasm';

import { site } from '../../scripts/repository.mjs';
import { merchant } from '../merchant.mjs';
import { result, signedHeaders, withServer } from './responding-server.mjs';

const params = { appid: 'wxd678efh567h23787', outContractCode: 'APPLYMENT_00000000001' };

/**
 * Calls a server that responds with `response`, and returns the error that the call rejects with.
 */
async function rejection(response, options = {}) {
  return withServer(response, async (server) => {
    const wxpay = new Wechatpay({ ...server.options, ...options });
    const error = await wxpay.preEntrustSignApp(params).then(
      (value) => assert.fail(`resolved to ${JSON.stringify(value)}`),
      (reason) => reason,
    );
    assert.equal(server.requests.length, 1, 'sent once');
    return error;
  });
}

function responses(status, body, headers = signedHeaders(body)) {
  return (_, response) => response.writeHead(status, headers).end(body);
}

function without(...names) {
  const headers = signedHeaders(result);
  for (const name of names) delete headers[name];
  return headers;
}

async function refused(response, code, options) {
  const error = await rejection(response, options);
  assert.ok(error instanceof VerificationError, String(error));
  assert.equal(error.code, code);
  assert.match(error.message, /may have been carried out/);
  return error;
}

async function unusable(response, code, options) {
  const error = await rejection(response, options);
  assert.ok(error instanceof TransportError, String(error));
  assert.equal(error.code, code);
  assert.equal(error.attempts, 1);
  return error;
}

test('a signed response resolves', () =>
  withServer(responses(200, result), async ({ options }) => {
    const response = await new Wechatpay(options).preEntrustSignApp(params);
    assert.deepEqual(response, { preEntrustwebId: '1d4b5b8a9c0e4f6f8a7b6c5d4e3f2a1b' });
  }));

test('header names in lower case work too', () => {
  const lower = (headers) =>
    Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return withServer(
    (_, response) => {
      response.socket.end(
        [
          'HTTP/1.1 200 OK',
          ...Object.entries(lower(signedHeaders(result))).map(
            ([name, value]) => `${name}: ${value}`,
          ),
          `content-length: ${result.length}`,
          'connection: close',
          '',
          result,
        ].join('\r\n'),
      );
    },
    async ({ options }) => {
      const { preEntrustwebId } = await new Wechatpay(options).preEntrustSignApp(params);
      assert.equal(preEntrustwebId, '1d4b5b8a9c0e4f6f8a7b6c5d4e3f2a1b');
    },
  );
});

test('a signed response that was compressed in transit resolves', () => {
  const headers = { ...signedHeaders(result), 'Content-Encoding': 'gzip' };
  return withServer(responses(200, gzipSync(result), headers), async ({ options }) => {
    const { preEntrustwebId } = await new Wechatpay(options).preEntrustSignApp(params);
    assert.equal(preEntrustwebId, '1d4b5b8a9c0e4f6f8a7b6c5d4e3f2a1b');
  });
});

test('one byte of the body deleted', async () => {
  const error = await refused(
    responses(200, `${result.slice(0, -2)}}`, signedHeaders(result)),
    'ERR_SIGNATURE_INVALID',
  );
  assert.equal(error.status, 200);
  assert.equal(error.requestId, '08F78BB5AF0610D302');
});

test('one byte of the body changed, while the JSON stays valid', () =>
  refused(
    responses(200, result.replace('1d4b', '2d4b'), signedHeaders(result)),
    'ERR_SIGNATURE_INVALID',
  ));

test('a body that was parsed and serialized again', () =>
  refused(
    responses(200, JSON.stringify(JSON.parse(result), null, 1), signedHeaders(result)),
    'ERR_SIGNATURE_INVALID',
  ));

test('an unsigned response', () => refused(responses(200, result, {}), 'ERR_SIGNATURE_MISSING'));

for (const name of ['Signature', 'Timestamp', 'Nonce', 'Serial']) {
  test(`without Wechatpay-${name}`, async () => {
    const headers = without(`Wechatpay-${name}`);
    const error = await refused(responses(200, result, headers), 'ERR_SIGNATURE_MISSING');
    assert.match(error.message, new RegExp(`Wechatpay-${name}`));
  });
}

for (const [name, code] of [
  ['Wechatpay-Signature', 'ERR_SIGNATURE_INVALID'],
  ['Wechatpay-Timestamp', 'ERR_SIGNATURE_INVALID'],
  ['Wechatpay-Nonce', 'ERR_SIGNATURE_INVALID'],
  ['Wechatpay-Serial', 'ERR_SERIAL_UNKNOWN'],
]) {
  test(`${name} twice`, () => {
    const headers = signedHeaders(result);
    headers[name] = [headers[name], headers[name]];
    return refused(responses(200, result, headers), code);
  });
}

test('a timestamp 301 s in the past, and one 301 s in the future', async () => {
  const now = 1_795_000_000;
  const clock = () => now * 1000;
  for (const timestamp of [now - 301, now + 301]) {
    const headers = signedHeaders(result, { timestamp });
    await refused(responses(200, result, headers), 'ERR_TIMESTAMP_SKEW', { clock });
  }
});

test('a timestamp exactly 300 s away is accepted', async () => {
  const now = 1_795_000_000;
  for (const timestamp of [now - 300, now + 300]) {
    const headers = signedHeaders(result, { timestamp });
    await withServer(responses(200, result, headers), ({ options }) =>
      new Wechatpay({ ...options, clock: () => now * 1000 }).preEntrustSignApp(params),
    );
  }
});

test('signed by an unknown key', async () => {
  const headers = { ...signedHeaders(result), 'Wechatpay-Serial': 'PUB_KEY_ID_02' };
  const error = await refused(responses(200, result, headers), 'ERR_SERIAL_UNKNOWN');
  assert.match(error.message, /PUB_KEY_ID_02/);
});

test("WeChat Pay's signature probe", () => {
  const headers = signedHeaders(result);
  headers['Wechatpay-Signature'] =
    `WECHATPAY/SIGNTEST/${headers['Wechatpay-Signature'].slice('WECHATPAY/SIGNTEST/'.length)}`;
  return refused(responses(200, result, headers), 'ERR_SIGNATURE_PROBE');
});

test('an error response whose signature is invalid', () => {
  const body = '{"code":"PARAM_ERROR","message":"x"}';
  return refused(responses(400, `${body} `, signedHeaders(body)), 'ERR_SIGNATURE_INVALID');
});

test('error responses, signed and unsigned', async () => {
  const body =
    '{"code":"PARAM_ERROR","message":"参数错误","detail":{"field":"/appid","value":[1]}}';
  const signed = await rejection(responses(400, body));
  assert.ok(signed instanceof ApiError);
  assert.deepEqual(
    { ...signed },
    {
      code: 'PARAM_ERROR',
      docs: `${site}en/errors/PARAM_ERROR.html`,
      status: 400,
      detail: { field: '/appid', value: [1] },
      requestId: '08F78BB5AF0610D302',
      verified: true,
      retryable: false,
    },
  );
  const told = 'PARAM_ERROR: 参数错误 (HTTP 400, Request-ID 08F78BB5AF0610D302)';
  assert.equal(signed.message, `${told}; /appid`);

  const unsigned = await rejection(responses(502, '<html>Bad Gateway</html>', {}));
  assert.ok(unsigned instanceof ApiError);
  assert.equal(unsigned.code, 'HTTP_502');
  assert.equal(unsigned.verified, false);
  assert.equal(unsigned.retryable, true);
  assert.equal(unsigned.requestId, undefined);
  assert.equal(unsigned.detail, undefined);
});

test('an error names the field and what is wrong with it, and not its value', async () => {
  for (const [detail, told] of [
    [
      { field: '/payer/openid', value: 'secret', issue: 'is required', location: 'body' },
      '/payer/openid: is required',
    ],
    [{ issue: 'too long\u001b[31m' }, 'too long\ufffd[31m'],
    [{ field: '', issue: 'x'.repeat(1_000) }, 'x'.repeat(256)],
    [{ field: 1, issue: null }, undefined],
    [['/amount'], undefined],
    ['/amount', undefined],
  ]) {
    const body = JSON.stringify({ code: 'PARAM_ERROR', message: 'm', detail });
    const { message } = await rejection(responses(400, body));
    const head = 'PARAM_ERROR: m (HTTP 400, Request-ID 08F78BB5AF0610D302)';
    assert.equal(message, told === undefined ? head : `${head}; ${told}`);
  }
});

test('an unsigned error response cannot harm a log', async () => {
  const message = 'x\nINFO paid\u001b[31m\u202e';
  const deep = '['.repeat(50_000) + ']'.repeat(50_000);
  const body = `{"code":"SYSTEM_ERROR","message":${JSON.stringify(message)},"detail":${deep}}`;
  const error = await rejection(responses(500, body, { 'Request-ID': 'x'.repeat(5_000) }));
  assert.equal(
    error.message,
    'SYSTEM_ERROR: x\ufffdINFO paid\ufffd[31m\ufffd (HTTP 500, not signed)',
  );
  assert.equal(error.requestId, undefined);
  assert.equal(error.detail, undefined);
  JSON.stringify(error);
});

test('a body shorter than its Content-Length', () =>
  unusable((_, response) => {
    const headers = { ...signedHeaders(result), 'Content-Length': result.length + 1 };
    response.writeHead(200, headers);
    response.write(result, () => response.destroy());
  }, 'ERR_NETWORK'));

test('signed, but not JSON', () => unusable(responses(200, 'hello'), 'ERR_RESPONSE_INVALID'));
test('signed, but JSON of another type', () =>
  unusable(responses(200, '[]'), 'ERR_RESPONSE_INVALID'));
test('signed, but empty', () => unusable(responses(200, ''), 'ERR_RESPONSE_INVALID'));
test('signed 204', () => unusable(responses(204, ''), 'ERR_RESPONSE_INVALID'));
test('unsigned 204', () => refused(responses(204, '', {}), 'ERR_SIGNATURE_MISSING'));

for (const status of [301, 302, 303, 307, 308]) {
  test(`a redirect, ${status}, is not followed`, async () => {
    const headers = { ...signedHeaders(''), Location: '/v3/elsewhere' };
    const error = await unusable(responses(status, '', headers), 'ERR_REDIRECT');
    assert.match(error.message, new RegExp(String(status)));
  });
}

test('a response with a Content-Length of more than 1 MiB', () =>
  unusable((_, response) => {
    response.writeHead(200, { ...signedHeaders(''), 'Content-Length': 2 ** 20 + 1 });
    response.write('x');
  }, 'ERR_RESPONSE_TOO_LARGE'));

test('an endless response is closed at 1 MiB', async () => {
  let sent = 0;
  let closed;
  const closing = new Promise((resolve) => {
    closed = resolve;
  });
  await withServer(
    (_, response) => {
      response.writeHead(200, signedHeaders(''));
      const part = Buffer.alloc(64 * 1024, 0x20);
      const more = () => {
        while (!response.destroyed && response.write(part)) sent += part.length;
        sent += part.length;
      };
      response.on('drain', more).on('close', closed);
      more();
    },
    async ({ options }) => {
      const call = new Wechatpay(options).preEntrustSignApp(params);
      await assert.rejects(call, { name: 'TransportError', code: 'ERR_RESPONSE_TOO_LARGE' });
      await closing;
    },
  );
  assert.ok(sent < 64 * 2 ** 20, `the connection was closed after ${sent} bytes`);
});

test('a response of exactly 1 MiB is read', async () => {
  const id = 'x'.repeat(2 ** 20 - '{"pre_entrustweb_id":""}'.length);
  const body = JSON.stringify({ pre_entrustweb_id: id });
  assert.equal(body.length, 2 ** 20);
  await withServer(responses(200, body), async ({ options }) => {
    const { preEntrustwebId } = await new Wechatpay(options).preEntrustSignApp(params);
    assert.equal(preEntrustwebId, id);
  });
});

test('which errors are retryable, by WeChat Pay’s rules (doc 4012076498)', async () => {
  for (const [status, code, retryable] of [
    [429, 'FREQUENCY_LIMITED', true],
    [429, 'RATELIMIT_EXCEEDED', true],
    [500, 'SYSTEM_ERROR', true],
    [503, 'SERVICE_UNAVAILABLE', true],
    [500, 'PARAM_ERROR', false],
    [400, 'PARAM_ERROR', false],
    [401, 'SIGN_ERROR', false],
    [403, 'NO_AUTH', false],
    [404, 'ORDER_NOT_EXIST', false],
    [400, 'SYSTEM_ERROR', false],
  ]) {
    const error = await rejection(responses(status, JSON.stringify({ code, message: 'x' })));
    assert.ok(error instanceof ApiError, String(error));
    assert.deepEqual([error.code, error.retryable], [code, retryable], `${status} ${code}`);
  }
  // Gateways respond without a signature, and do not know WeChat Pay's codes.
  for (const [status, retryable] of [
    [502, true],
    [504, true],
    [429, true],
    [413, false],
  ]) {
    const error = await rejection(responses(status, '<html>', {}));
    assert.deepEqual([error.verified, error.retryable], [false, retryable], String(status));
  }
});

test('headers that are longer than any server sends', async () => {
  const long = 'x'.repeat(17 << 20);
  const many = Array.from({ length: 3_000 }, (_, at) => [`X-${at}`, 'x'.repeat(1_000)]);
  for (const [more, message] of [
    [{ 'X-Long': long }, /it has a header of more than 65536 characters/],
    [{ 'Wechatpay-Timestamp': long }, /it has a header of more than 65536 characters/],
    [Object.fromEntries(many), /its headers have more than 1048576 characters/],
  ]) {
    const fetch = async () => new Response('{}', { headers: { ...signedHeaders('{}'), ...more } });
    const wxpay = new Wechatpay({ ...merchant, maxRetries: 0, fetch });
    const error = await wxpay.v3.x.post({ json: {} }).then(assert.fail, (reason) => reason);
    assert.ok(error instanceof TransportError, String(error));
    assert.equal(error.code, 'ERR_RESPONSE_INVALID');
    assert.match(error.message, message);
    assert.match(error.message, /may have been carried out/);
  }
});
