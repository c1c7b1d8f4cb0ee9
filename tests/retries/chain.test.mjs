// Calls of the chain are retried like typed calls: a GET automatically, a method that writes only
// if its caller asks for it.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Wechatpay } from 'wechatpay-wasm';
import { createSandbox } from 'wechatpay-wasm/sandbox';

const sandbox = await createSandbox();
const query = { bill_date: '2026-11-22' };
const get = (wxpay, more) => wxpay.v3.bill.tradebill.get({ query, ...more });
const post = (wxpay, more) =>
  wxpay.v3.security.echo.post({ json: { echo_message: 'hello' }, ...more });

async function outcome(call, faults, options = {}) {
  sandbox.requests.length = 0;
  sandbox.faults = faults;
  const wxpay = new Wechatpay({ ...sandbox.options, ...options });
  const [settled] = await Promise.allSettled([call(wxpay)]);
  sandbox.faults = undefined;
  return { ...settled, sent: sandbox.requests.length };
}

for (const [what, fault, options] of [
  ['a connection that is closed without a response', { drop: true }],
  ['429', { status: 429 }],
  ['503', { status: 503 }],
  ['an error response of a gateway', { status: 502 }],
  ['a timeout', { delay: 2_000 }, { timeout: 150 }],
]) {
  test(`${what}: a GET is retried automatically`, async () => {
    const { status, value, sent } = await outcome(get, { ...fault, times: 2 }, options);
    assert.equal(status, 'fulfilled');
    assert.equal(value.data.hash_type, 'SHA1');
    assert.equal(sent, 3);
  });

  test(`${what}: a POST is sent once, whatever the client's maxRetries`, async () => {
    const { status, sent } = await outcome(
      post,
      { ...fault, times: 2 },
      {
        ...options,
        maxRetries: 5,
      },
    );
    assert.equal(status, 'rejected');
    assert.equal(sent, 1);
  });

  test(`${what}: a POST is retried if its own maxRetries allows it`, async () => {
    const postWithRetries = (wxpay) => post(wxpay, { maxRetries: 2 });
    const { status, value, sent } = await outcome(postWithRetries, { ...fault, times: 2 }, options);
    assert.equal(status, 'fulfilled');
    assert.equal(value.data.echo_message, 'hello');
    assert.equal(sent, 3);
    const nonces = sandbox.requests.map(({ message }) => message.split('\n')[3]);
    assert.equal(new Set(nonces).size, 3);
    assert.equal(sandbox.requests.at(-1).result.ok, true);
  });
}

test('every method that writes is sent once', async () => {
  for (const method of ['post', 'put', 'patch', 'delete']) {
    const call = (wxpay) => wxpay.chain('v3/security/echo')[method]();
    const { reason, sent } = await outcome(call, { drop: true });
    assert.equal(reason.code, 'ERR_NETWORK', method);
    assert.equal(reason.attempts, 1, method);
    assert.equal(sent, 1, method);
  }
});

test('a GET is retried as often as the client and the call allow', async () => {
  const sent = async (options, more) =>
    (await outcome((wxpay) => get(wxpay, more), { drop: true }, options)).sent;
  assert.equal(await sent({}), 3);
  assert.equal(await sent({ maxRetries: 0 }), 1);
  assert.equal(await sent({ maxRetries: 0 }, { maxRetries: 1 }), 2);
  assert.equal(await sent({}, { maxRetries: 0 }), 1);
});

test('permanent errors are not retried', async () => {
  for (const [fault, code] of [
    [{ tamper: true }, 'ERR_SIGNATURE_INVALID'],
    [{ unsigned: true }, 'ERR_SIGNATURE_MISSING'],
    [{ status: 400 }, 'PARAM_ERROR'],
  ]) {
    const { reason, sent } = await outcome((wxpay) => get(wxpay, { maxRetries: 5 }), fault);
    assert.equal(reason.code, code);
    assert.equal(sent, 1);
  }
});

test('the spare host after a failed connection, for a GET and a POST with maxRetries', async () => {
  const hosts = async (call) => {
    const origins = [];
    const wxpay = new Wechatpay({
      ...sandbox.options,
      baseUrl: undefined,
      async fetch(url) {
        origins.push(new URL(url).host);
        throw new TypeError('fetch failed');
      },
    });
    const error = await call(wxpay).catch((reason) => reason);
    assert.equal(error.code, 'ERR_NETWORK');
    assert.equal(error.attempts, origins.length);
    return origins;
  };
  const [main, spare] = ['api.mch.weixin.qq.com', 'api2.mch.weixin.qq.com'];
  assert.deepEqual(await hosts(get), [main, spare, spare]);
  assert.deepEqual(await hosts(post), [main]);
  const asking = (wxpay) => post(wxpay, { maxRetries: 1 });
  assert.deepEqual(await hosts(asking), [main, spare]);
});

test('deadline and hooks work as in every call', async () => {
  const retries = [];
  const options = { maxRetries: 10, deadline: 700, onRetry: (event) => retries.push(event) };
  const started = performance.now();
  const { reason, sent } = await outcome(get, { status: 503 }, options);
  assert.equal(reason.code, 'SERVICE_UNAVAILABLE');
  assert.ok(performance.now() - started < 2_000);
  assert.ok(sent >= 2 && sent < 11, `sent ${sent} times`);
  // A retry is told before its pause. Where a busy machine ends that late, there is no time left for it.
  assert.ok([sent - 1, sent].includes(retries.length), `${retries.length} told, ${sent} sent`);
});

// Not in a hook: Node 20.0 runs no hook outside a suite.
test('the sandbox closes', () => sandbox.close());
