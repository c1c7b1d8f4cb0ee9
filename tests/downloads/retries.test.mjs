// The request of a download is retried until a response with a file begins, and never after that.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';

import { Wechatpay } from 'wechatpay-wasm';
import { createSandbox } from 'wechatpay-wasm/sandbox';
import { withServer } from '../faults/responding-server.mjs';
import { send } from '../sandbox/signed-request.mjs';

const sandbox = await createSandbox();
const path = '/v3/bill/tradebill?bill_date=2026-11-22';
const { json } = await send(sandbox, { method: 'GET', path });
const url = json.download_url;
const params = { hashType: json.hash_type, hashValue: json.hash_value };
const sha1 = (text) => ({
  hashType: 'SHA1',
  hashValue: createHash('sha1').update(text).digest('hex'),
});

async function outcome(faults, options = {}, callOptions = undefined) {
  sandbox.requests.length = 0;
  sandbox.faults = faults;
  const wxpay = new Wechatpay({ ...sandbox.options, ...options });
  const [settled] = await Promise.allSettled([wxpay.downloadBytes(url, params, callOptions)]);
  sandbox.faults = undefined;
  return { ...settled, sent: sandbox.requests.length };
}

for (const [what, fault, options] of [
  ['a connection that is closed without a response', { drop: true }],
  ['429', { status: 429 }],
  ['500', { status: 500 }],
  ['503', { status: 503 }],
  ['an error response of a gateway', { status: 502 }],
  ['a timeout', { delay: 2_000 }, { timeout: 300 }],
]) {
  test(`${what}: the request is retried, and the file is complete`, async () => {
    const { status, value, sent } = await outcome({ ...fault, times: 2 }, options);
    assert.equal(status, 'fulfilled');
    assert.equal(createHash('sha1').update(value).digest('hex'), params.hashValue);
    assert.equal(sent, 3);
    const nonces = sandbox.requests.map(({ message }) => message.split('\n')[3]);
    assert.equal(new Set(nonces).size, 3);
    assert.ok(sandbox.requests.at(-1).result.ok);
  });
}

test('two retries by default, or as many as the client and the call allow', async () => {
  const dropped = await outcome({ drop: true });
  assert.equal(dropped.sent, 3);
  assert.equal(dropped.reason.code, 'ERR_NETWORK');
  assert.equal(dropped.reason.attempts, 3);
  const sent = async (...options) => (await outcome({ drop: true }, ...options)).sent;
  assert.equal(await sent({ maxRetries: 0 }), 1);
  assert.equal(await sent({ maxRetries: 0 }, { maxRetries: 1 }), 2);
  assert.equal(await sent({}, { maxRetries: 0 }), 1);
});

test('permanent errors are not retried', async () => {
  for (const [fault, code] of [
    [{ status: 400 }, 'PARAM_ERROR'],
    [{ status: 404 }, 'RESOURCE_NOT_EXISTS'],
    [{ status: 503, tamper: true }, 'ERR_SIGNATURE_INVALID'],
    [{ tamper: true }, 'ERR_HASH_MISMATCH'],
  ]) {
    const { reason, sent } = await outcome(fault, { maxRetries: 5 });
    assert.equal(reason.code, code);
    assert.equal(sent, 1);
  }
});

test('a file that has begun is never requested again', () =>
  withServer(
    (_, response) => {
      response.writeHead(200, { 'Content-Length': '8' });
      response.write('half');
      setTimeout(() => response.destroy(), 50);
    },
    async ({ options, requests }) => {
      const wxpay = new Wechatpay({ ...options, maxRetries: 5 });
      const file = `${options.baseUrl}/v3/x`;
      await assert.rejects(wxpay.downloadBytes(file, sha1('halfhalf')), { code: 'ERR_NETWORK' });
      assert.equal(requests.length, 1);
    },
  ));

test('the deadline limits the attempts, not the transfer of the file', async () => {
  const started = performance.now();
  const { reason, sent } = await outcome({ status: 503 }, { maxRetries: 10, deadline: 700 });
  assert.equal(reason.code, 'SERVICE_UNAVAILABLE');
  assert.ok(performance.now() - started < 2_000);
  assert.ok(sent >= 2 && sent < 11, `sent ${sent} times`);

  await withServer(
    async (_, response) => {
      response.writeHead(200);
      for (let part = 0; part < 5; part += 1) {
        response.write('x');
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
      response.end();
    },
    async ({ options }) => {
      const wxpay = new Wechatpay(options);
      const call = wxpay.downloadBytes(`${options.baseUrl}/v3/x`, sha1('xxxxx'), { deadline: 500 });
      assert.equal((await call).length, 5);
    },
  );
});

test('the spare host after a failed connection, for a URL of the main host', async () => {
  const hosts = async (host) => {
    const origins = [];
    const wxpay = new Wechatpay({
      ...sandbox.options,
      baseUrl: undefined,
      async fetch(target) {
        const { host: origin, pathname } = new URL(target);
        origins.push(origin);
        assert.equal(pathname, '/v3/billdownload/file');
        if (origins.length < 3) throw new TypeError('fetch failed');
        return new Response('abc');
      },
    });
    const bytes = await wxpay.downloadBytes(`https://${host}/v3/billdownload/file`, sha1('abc'));
    assert.equal(Buffer.from(bytes).toString(), 'abc');
    return origins;
  };
  const [main, spare] = ['api.mch.weixin.qq.com', 'api2.mch.weixin.qq.com'];
  assert.deepEqual(await hosts(main), [main, spare, spare]);
  assert.deepEqual(await hosts(spare), [spare, spare, spare]);
});

test('the hooks see the path without its token', async () => {
  const [retries, responses] = [[], []];
  const hooks = {
    onRetry: (event) => retries.push(event),
    onResponse: (event) => responses.push(event),
  };
  await outcome({ status: 503, times: 1 }, hooks);
  assert.deepEqual(
    responses.map(({ method, path: target, status, attempt }) => [method, target, status, attempt]),
    [
      ['GET', '/v3/billdownload/file', 503, 1],
      ['GET', '/v3/billdownload/file', 200, 2],
    ],
  );
  assert.equal(retries.length, 1);
  assert.equal(retries[0].host, sandbox.url);
  assert.doesNotMatch(JSON.stringify([retries, responses]), /token/);
});

test("an abort ends the pause, with the signal's own reason", async () => {
  const signal = AbortSignal.timeout(250);
  const { reason } = await outcome({ status: 503 }, { maxRetries: 10 }, { signal });
  assert.equal(reason, signal.reason);
});

// Not in a hook: Node 20.0 runs no hook outside a suite.
test('the sandbox closes', () => sandbox.close());
