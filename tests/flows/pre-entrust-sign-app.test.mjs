// The main job, through the packed tarball: the exact bytes of a request, and how its response is
// treated.
import assert from 'node:assert/strict';
import { createPublicKey, sign, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { Wechatpay } from 'wechatpay-wasm';
import { createSandbox } from 'wechatpay-wasm/sandbox';

import { result, signedHeaders, withServer } from '../faults/responding-server.mjs';

const sandbox = await createSandbox();

const params = { appid: 'wxd678efh567h23787', outContractCode: 'APPLYMENT_00000000001' };
const path = '/v3/ecommerce/individual-contracts/pre-entrust-sign/app';
const { version } = JSON.parse(
  readFileSync(new URL('../../pkg-template/package.json', import.meta.url), 'utf8'),
);

test('signed in Wasm, posted through fetch, checked by the sandbox, its response verified', async () => {
  const wxpay = new Wechatpay(sandbox.options);
  const first = await wxpay.preEntrustSignApp(params);
  assert.deepEqual(Object.keys(first), ['preEntrustwebId']);
  assert.match(first.preEntrustwebId, /^1121_[0-9a-f]{64}_[0-9a-f]{32}$/);
  assert.deepEqual(await wxpay.preEntrustSignApp(params), first, 'the same contract, the same id');
  const { result, message, method, url } = sandbox.requests.at(-1);
  assert.equal(result.ok, true);
  assert.equal(`${method} ${url}`, `POST ${path}`);
  assert.match(
    message,
    /^POST\n\/v3\/\S+\n\d{10}\n[0-9A-F]{32}\n\{"appid":"wxd678efh567h23787",.*\}\n$/,
  );
});

test('random bytes are drawn once for a call, also with a remote signer', () =>
  withServer(
    (_, response) => response.writeHead(200, signedHeaders(result)).end(result),
    async ({ options }) => {
      const { privateKey, ...keyless } = options;
      const signer = (message) => sign('sha256', message, privateKey);
      const { getRandomValues } = crypto;
      for (const each of [options, { ...keyless, signer }]) {
        const wxpay = new Wechatpay(each);
        let draws = 0;
        crypto.getRandomValues = (array) => {
          draws += 1;
          return getRandomValues.call(crypto, array);
        };
        try {
          await wxpay.preEntrustSignApp(params);
        } finally {
          crypto.getRandomValues = getRandomValues;
        }
        assert.equal(draws, 1);
      }
    },
  ));

test('the exact bytes that are sent', () =>
  withServer(
    (_, response) => response.writeHead(200, signedHeaders(result)).end(result),
    async (server) => {
      const before = Math.floor(Date.now() / 1000);
      await new Wechatpay(server.options).preEntrustSignApp(params);
      const [request] = server.requests;
      const body = '{"appid":"wxd678efh567h23787","out_contract_code":"APPLYMENT_00000000001"}';
      assert.equal(request.method, 'POST');
      assert.equal(request.url, path);
      assert.equal(request.body.toString(), body);
      const { authorization, ...headers } = request.headers;
      assert.equal(headers.accept, 'application/json');
      assert.equal(headers['content-type'], 'application/json');
      assert.equal(headers['content-length'], String(body.length));
      assert.equal(headers['user-agent'], `wechatpay-wasm/${version}`);
      assert.equal(headers['wechatpay-serial'], 'PUB_KEY_ID_0119000072912024101100397200000006');

      const form =
        /^WECHATPAY2-SHA256-RSA2048 mchid="1900007291",nonce_str="([0-9A-F]{32})",signature="([A-Za-z0-9+/]{342}==)",timestamp="(\d{10})",serial_no="408B07E79B8269FEC3D5D3E6AB8ED163A6A380DB"$/;
      const [, nonce, signature, timestamp] = form.exec(authorization);
      assert.ok(timestamp >= before && timestamp <= before + 60);
      const message = `POST\n${path}\n${timestamp}\n${nonce}\n${body}\n`;
      const key = createPublicKey(server.options.privateKey);
      assert.ok(verify('sha256', Buffer.from(message), key, Buffer.from(signature, 'base64')));
    },
  ));

test('the arguments of a given fetch', async () => {
  const calls = [];
  const wxpay = new Wechatpay({
    ...sandbox.options,
    fetch(...call) {
      calls.push(call);
      return fetch(...call);
    },
  });
  await wxpay.preEntrustSignApp(params);
  const [[url, init, ...more]] = calls;
  assert.equal(calls.length, 1);
  assert.deepEqual(more, []);
  assert.equal(url, `${sandbox.url}${path}`);
  assert.deepEqual(Object.keys(init).sort(), ['body', 'headers', 'method', 'redirect', 'signal']);
  assert.equal(init.method, 'POST');
  assert.equal(init.redirect, 'manual');
  assert.ok(init.signal instanceof AbortSignal);
  assert.ok(init.body instanceof ArrayBuffer);
  assert.deepEqual(Object.keys(init.headers).sort(), [
    'Accept',
    'Authorization',
    'Content-Type',
    'User-Agent',
    'Wechatpay-Serial',
  ]);
});

test('200 calls at once, each with its own response', async () => {
  // The calls are signed one after the other, and the last one waits for all. A busy machine takes
  // long.
  const wxpay = new Wechatpay({ ...sandbox.options, timeout: 30_000 });
  const codes = Array.from({ length: 200 }, (_, index) => `AT_ONCE_${index}`);
  const call = (outContractCode) => wxpay.preEntrustSignApp({ ...params, outContractCode });
  const responses = await Promise.all(codes.map(call));
  assert.equal(new Set(responses.map((response) => response.preEntrustwebId)).size, 200);
  const checked = sandbox.requests.slice(-200);
  assert.ok(checked.every(({ result }) => result.ok));
  const received = checked.map(({ body }) => JSON.parse(Buffer.from(body)).out_contract_code);
  assert.deepEqual(received.sort(), codes.sort());
});

test('two clients, each with its own key', async () => {
  const other = await createSandbox();
  try {
    const clients = [new Wechatpay(sandbox.options), new Wechatpay(other.options)];
    const calls = Array.from({ length: 20 }, (_, index) =>
      clients[index % 2].preEntrustSignApp(params),
    );
    const ids = new Set((await Promise.all(calls)).map((response) => response.preEntrustwebId));
    assert.equal(ids.size, 2);
    const crossed = new Wechatpay({ ...other.options, baseUrl: sandbox.url });
    await assert.rejects(crossed.preEntrustSignApp(params), { code: 'ERR_SERIAL_UNKNOWN' });
  } finally {
    await other.close();
  }
});

test('parameters are read when the call is made: later changes have no effect', async () => {
  const wxpay = new Wechatpay(sandbox.options);
  const changing = { ...params };
  const call = wxpay.preEntrustSignApp(changing);
  changing.outContractCode = 'OTHER';
  assert.deepEqual(await call, await wxpay.preEntrustSignApp(params));
});

test('a client that is freed during calls completes them, and rejects new ones', async () => {
  const wxpay = new Wechatpay(sandbox.options);
  const call = wxpay.preEntrustSignApp(params);
  wxpay.free();
  wxpay.free();
  assert.equal(typeof (await call).preEntrustwebId, 'string');
  await assert.rejects(wxpay.preEntrustSignApp(params), { name: 'ConfigError', option: 'client' });
});

test('Symbol.dispose frees', { skip: !Symbol.dispose && 'no Symbol.dispose here' }, async () => {
  const wxpay = new Wechatpay(sandbox.options);
  wxpay[Symbol.dispose]();
  await assert.rejects(wxpay.preEntrustSignApp(params), { option: 'client' });
});

test('maxRetries 0, and a timeout of the call, are accepted', async () => {
  const wxpay = new Wechatpay({ ...sandbox.options, maxRetries: 0, timeout: 60_000 });
  const options = { maxRetries: 0, timeout: 30_000, signal: undefined };
  assert.equal(typeof (await wxpay.preEntrustSignApp(params, options)).preEntrustwebId, 'string');
});

test('a refusal of the sandbox arrives with its verified signature', async () => {
  // The client accepts any merchant number; the sandbox refuses one that is not its own.
  const wxpay = new Wechatpay({ ...sandbox.options, mchid: '1' });
  const error = await wxpay.preEntrustSignApp(params).catch((reason) => reason);
  assert.equal(error.name, 'ApiError');
  assert.equal(error.code, 'SIGN_ERROR');
  assert.equal(error.status, 401);
  assert.equal(error.verified, true);
  assert.equal(error.retryable, false);
  assert.equal(typeof error.requestId, 'string');
});

// Not in a hook: Node 20.0 runs no hook outside a suite.
test('the sandbox closes', () => sandbox.close());
