// What a call of the chain returns, and how it treats responses without a body or with another type
// of body.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';

import { Wechatpay } from 'wechatpay-wasm';

import { signedHeaders, withServer } from '../faults/responding-server.mjs';

const responding = (status, body, test, headers = {}) =>
  withServer(
    (_, response) => response.writeHead(status, { ...signedHeaders(body), ...headers }).end(body),
    ({ options }) => test(new Wechatpay(options).v3.x, options),
  );

test('status, headers, requestId and data, with the names on the wire', () =>
  responding(200, '{"code_url":"weixin://","n":12.50,"deep":{"a_b":[null,"支"]}}', async (x) => {
    const response = await x.post({ json: {} });
    assert.deepEqual(Object.keys(response), ['status', 'headers', 'requestId', 'data']);
    assert.equal(response.status, 200);
    assert.equal(response.requestId, '08F78BB5AF0610D302');
    assert.deepEqual(response.data, {
      code_url: 'weixin://',
      n: 12.5,
      deep: { a_b: [null, '支'] },
    });
    assert.equal(Object.getPrototypeOf(response.headers), Object.prototype);
    assert.equal(response.headers['request-id'], response.requestId);
    assert.equal(response.headers['content-type'], 'application/json');
    assert.ok(Object.keys(response.headers).every((name) => name === name.toLowerCase()));
  }));

test('text: the body as it was signed, with the digits that JSON.parse loses', async () => {
  const body = '{ "id": 9007199254740993, "name":"支" }';
  await responding(200, body, async (x) => {
    const response = await x.get();
    assert.equal(response.text, body);
    assert.equal(response.data.id, 9007199254740992);
    // Made of the bytes, whatever became of the data.
    response.data.name = 'x';
    assert.equal(response.text, body);
    assert.ok('text' in response);
    assert.ok(!Object.keys(response).includes('text'));
    assert.ok(!JSON.stringify(response).includes('9007199254740993'));
  });
  await responding(204, '', async (x) => assert.equal((await x.delete()).text, ''));
});

test('a response without a body', async () => {
  for (const status of [200, 202, 204]) {
    await responding(status, '', async (x) => {
      for (const verb of ['post', 'delete', 'get']) {
        const response = await x[verb]();
        assert.equal(response.status, status);
        assert.equal(response.data, undefined);
        assert.equal(response.requestId, '08F78BB5AF0610D302');
      }
    });
  }
  await responding(202, '{"a":1}', async (x) => assert.deepEqual((await x.post()).data, { a: 1 }));
});

test('data may be JSON of any type', async () => {
  for (const text of ['[]', '"支"', '7', 'null', 'false', '{"__proto__":{"a":1}}']) {
    await responding(200, text, async (x) => {
      assert.equal(JSON.stringify((await x.get()).data), text);
      assert.equal({}.a, undefined);
    });
  }
});

test('a body that is not JSON', async () => {
  for (const body of ['<html>', '{', ' ', '\ufeff{}', Buffer.from([0x22, 0xff, 0x22])]) {
    await responding(200, body, (x) =>
      assert.rejects(x.get(), (error) => {
        assert.equal(error.code, 'ERR_RESPONSE_INVALID');
        assert.match(error.message, /not valid JSON/);
        assert.equal(error.cause, undefined, 'the cause would quote the body');
        return true;
      }),
    );
  }
});

test('a response is verified before it is read', async () => {
  for (const [headers, code] of [
    [{ 'Wechatpay-Signature': '' }, 'ERR_SIGNATURE_MISSING'],
    [{ 'Wechatpay-Nonce': 'other' }, 'ERR_SIGNATURE_INVALID'],
    [{ 'Wechatpay-Serial': 'PUB_KEY_ID_01' }, 'ERR_SERIAL_UNKNOWN'],
  ]) {
    const refuse = (x) => assert.rejects(x.get(), { name: 'VerificationError', code });
    await responding(200, '{}', refuse, headers);
    await responding(204, '', refuse, headers);
  }
  const body = '{"code":"RESOURCE_NOT_EXISTS","message":"x"}';
  const expected = { name: 'ApiError', code: 'RESOURCE_NOT_EXISTS', status: 404, verified: true };
  await responding(404, body, (x) => assert.rejects(x.get(), expected));
});

test('headers of a fetch that cannot list them, lists too many, or throws', () =>
  responding(200, '{}', async (_, options) => {
    const fetching = (headersOf) =>
      new Wechatpay({
        ...options,
        async fetch(...call) {
          const { status, body, headers } = await fetch(...call);
          return { status, redirected: false, body, headers: headersOf(headers) };
        },
      }).v3.x.get();
    const get = (headers) => (name) => headers.get(name);
    const plain = await fetching((headers) => ({ get: get(headers) }));
    assert.equal(plain.headers['request-id'], '08F78BB5AF0610D302');
    assert.equal(plain.headers['content-type'], 'application/json');
    const odd = [
      () => [7],
      () => [['a', 7]],
      function* endless() {
        for (;;) yield ['a', 'b'];
      },
      () => {
        throw new Error('no');
      },
    ];
    for (const entries of odd) {
      const response = await fetching((headers) => ({
        get: get(headers),
        [Symbol.iterator]: entries,
      }));
      assert.equal(response.status, 200);
      assert.equal(typeof response.headers, 'object');
    }
    const many = await fetching((headers) =>
      Object.assign(new Headers(headers), {
        *[Symbol.iterator]() {
          yield ['Set-Cookie', 'a'];
          yield ['set-cookie', 'b'];
        },
      }),
    );
    assert.deepEqual(many.headers, { 'set-cookie': 'a, b' });
  }));

test('a response header that repeats the signature is left out', () =>
  withServer(
    (request, response) => {
      const echo = { 'X-Echo': request.headers.authorization, 'X-Other': 'preserved' };
      response.writeHead(200, { ...signedHeaders('{}'), ...echo }).end('{}');
    },
    async ({ options, requests }) => {
      const response = await new Wechatpay(options).v3.x.get();
      assert.equal(response.headers['x-other'], 'preserved');
      const [, signature] = /signature="([^"]+)"/.exec(requests[0].headers.authorization);
      assert.ok(!inspect(response, { depth: 9 }).includes(signature.slice(0, 40)));
    },
  ));
