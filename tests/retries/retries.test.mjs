// Calls that fail and are retried: which, how often, when, at which host, and what each attempt
// signs.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { TransportError, Wechatpay } from 'wechatpay-wasm';
import { createSandbox } from 'wechatpay-wasm/sandbox';

import { countedSignal } from '../faults/counted-signal.mjs';

const sandbox = await createSandbox();
const params = { appid: 'wxd678efh567h23787', outContractCode: 'APPLYMENT_00000000001' };

/**
 * Makes one call with these faults. Returns its outcome, and how many requests the sandbox
 * received.
 */
async function outcome(faults, options = {}, callOptions = undefined) {
  sandbox.requests.length = 0;
  sandbox.faults = faults;
  const wxpay = new Wechatpay({ ...sandbox.options, ...options });
  try {
    const [settled] = await Promise.allSettled([wxpay.preEntrustSignApp(params, callOptions)]);
    return { ...settled, sent: sandbox.requests.length };
  } finally {
    sandbox.faults = undefined;
    wxpay.free();
  }
}

const passing = [
  ['a connection that is closed without a response', { drop: true }],
  ['429', { status: 429 }],
  ['500 SYSTEM_ERROR', { status: 500 }],
  ['503 SERVICE_UNAVAILABLE', { status: 503 }],
  ['an error response of a gateway', { status: 502 }],
  ['a timeout', { delay: 2_000 }, { timeout: 150 }],
];
for (const [what, fault, options] of passing) {
  test(`${what}: the call is retried, and resolves`, async () => {
    const { status, value, sent } = await outcome({ ...fault, times: 2 }, options);
    assert.equal(status, 'fulfilled');
    assert.equal(typeof value.preEntrustwebId, 'string');
    assert.equal(sent, 3);
  });
}

test('each attempt is signed anew', async () => {
  await outcome({ status: 503, times: 2 });
  const messages = sandbox.requests.map(({ message }) => message.split('\n'));
  assert.equal(new Set(messages.map(([, , , nonce]) => nonce)).size, 3);
  const bodies = sandbox.requests.map(({ body }) => body.toString());
  assert.equal(new Set(bodies).size, 1);
  // The sandbox checks each signature, and refuses a nonce that it has seen.
  assert.equal(sandbox.requests.at(-1).result.ok, true);
});

test('each attempt is signed with the time at which it is made', async () => {
  let now = Date.now();
  const clock = () => now;
  const onRetry = () => {
    now += 5_000;
  };
  await outcome({ status: 503, times: 1 }, { clock, onRetry });
  const [first, second] = sandbox.requests.map(({ message }) => Number(message.split('\n')[2]));
  assert.equal(second - first, 5);
});

const lasting = [
  ['a response that was changed', { tamper: true }, 'ERR_SIGNATURE_INVALID'],
  ['a response without a signature', { unsigned: true }, 'ERR_SIGNATURE_MISSING'],
  ['an old response', { stale: true }, 'ERR_TIMESTAMP_SKEW'],
  ['an error response that was changed', { status: 503, tamper: true }, 'ERR_SIGNATURE_INVALID'],
  ['400', { status: 400 }, 'PARAM_ERROR'],
  ['401', { status: 401 }, 'SIGN_ERROR'],
  ['403', { status: 403 }, 'NO_AUTH'],
  ['404', { status: 404 }, 'RESOURCE_NOT_EXISTS'],
];
for (const [what, fault, code] of lasting) {
  test(`${what}: the call is sent once`, async () => {
    const { reason, sent } = await outcome(fault, { maxRetries: 10 });
    assert.equal(reason.code, code);
    assert.equal(sent, 1);
  });
}

test('two retries, and then the last error, with the number of attempts', async () => {
  const dropped = await outcome({ drop: true });
  assert.equal(dropped.sent, 3);
  assert.ok(dropped.reason instanceof TransportError);
  assert.equal(dropped.reason.code, 'ERR_NETWORK');
  assert.equal(dropped.reason.attempts, 3);
  assert.match(dropped.reason.message, /\(3 attempts\)$/);

  const refused = await outcome({ status: 429 });
  assert.equal(refused.sent, 3);
  assert.equal(refused.reason.code, 'RATELIMIT_EXCEEDED');
});

test('as many retries as the client and the call allow', async () => {
  const sent = async (...options) => (await outcome({ drop: true }, ...options)).sent;
  assert.equal(await sent({ maxRetries: 0 }), 1);
  assert.equal(await sent({ maxRetries: 1 }), 2);
  assert.equal(await sent({ maxRetries: 0 }, { maxRetries: 1 }), 2);
  assert.equal(await sent({}, { maxRetries: 0 }), 1);
});

test('no attempt begins after the deadline, and the last one ends at it', async () => {
  const started = performance.now();
  const { reason, sent } = await outcome({ drop: true }, { maxRetries: 10, deadline: 1_000 });
  assert.equal(reason.code, 'ERR_NETWORK');
  assert.equal(reason.attempts, sent);
  assert.ok(sent >= 2 && sent < 11, `sent ${sent} times`);
  assert.ok(performance.now() - started < 2_500);

  // The deadline of the call replaces the client's. It is shorter than the timeout of one attempt.
  const short = await outcome({ delay: 5_000 }, { deadline: 60_000 }, { deadline: 200 });
  assert.equal(short.reason.code, 'ERR_TIMEOUT');
  assert.equal(short.sent, 1);
});

test('the default deadline is three times the timeout, plus 2 s for the pauses', async () => {
  const started = performance.now();
  const { reason, sent } = await outcome({ delay: 9_000 }, { timeout: 200, maxRetries: 10 });
  assert.equal(reason.code, 'ERR_TIMEOUT');
  assert.ok(sent >= 3, `sent ${sent} times`);
  assert.ok(performance.now() - started < 5_000);
});

/** A client whose responses come from a list, and the URLs and times of its requests. */
function scripted(responses, options = {}) {
  const requests = [];
  const left = [...responses];
  const wxpay = new Wechatpay({
    ...sandbox.options,
    ...options,
    async fetch(url, init) {
      requests.push({ url, init, at: performance.now() });
      const response = left.shift();
      if (response === undefined) throw new TypeError('fetch failed');
      return response();
    },
  });
  return { wxpay, requests };
}

const busy = (headers) => () =>
  new Response('{"code":"RATELIMIT_EXCEEDED"}', { status: 429, headers });

test('the pause is a random part of half a second, different for each caller', async () => {
  sandbox.faults = { status: 503 };
  const delays = [];
  const onRetry = ({ delay }) => delays.push(delay);
  const wxpay = new Wechatpay({ ...sandbox.options, maxRetries: 1, deadline: 60_000, onRetry });
  try {
    await Promise.allSettled(Array.from({ length: 24 }, () => wxpay.preEntrustSignApp(params)));
  } finally {
    sandbox.faults = undefined;
    wxpay.free();
  }
  assert.equal(delays.length, 24);
  assert.ok(delays.every((delay) => delay >= 0 && delay < 500));
  // With a probability of one in eight million, 24 even draws all fall into the same half.
  assert.ok(Math.min(...delays) < 250 && Math.max(...delays) >= 250, `${delays}`);
  assert.ok(new Set(delays).size > 12, `${delays}`);
});

test('Retry-After is honoured, in seconds and as a date', async () => {
  const now = Math.floor(Date.now() / 1000) * 1000;
  const date = (milliseconds) => new Date(milliseconds).toUTCString();
  for (const headers of [
    { 'Retry-After': '1' },
    // The date is compared with the server's own clock, whatever ours shows.
    { 'Retry-After': date(now - 599_000), Date: date(now - 600_000) },
  ]) {
    const { wxpay, requests } = scripted([busy(headers)], { maxRetries: 1 });
    await assert.rejects(wxpay.preEntrustSignApp(params), { code: 'ERR_NETWORK' });
    assert.equal(requests.length, 2);
    assert.ok(requests[1].at - requests[0].at >= 990, 'the retry came too soon');
  }
});

test('a Retry-After beyond the deadline is not waited for', async () => {
  const { wxpay, requests } = scripted([busy({ 'Retry-After': '40' })]);
  const started = performance.now();
  await assert.rejects(wxpay.preEntrustSignApp(params), { code: 'RATELIMIT_EXCEEDED' });
  assert.equal(requests.length, 1);
  assert.ok(performance.now() - started < 1_000);
});

test('an invalid Retry-After is ignored', async () => {
  for (const value of ['soon', '-1', '1.5', '']) {
    const { wxpay, requests } = scripted([busy({ 'Retry-After': value })], { maxRetries: 1 });
    await assert.rejects(wxpay.preEntrustSignApp(params), { code: 'ERR_NETWORK' });
    assert.equal(requests.length, 2, value);
  }
});

test('the spare host after the first failed connection, for the main host of each domain only', async () => {
  const main = 'https://api.mch.weixin.qq.com';
  const spare = 'https://api2.mch.weixin.qq.com';
  const hosts = async (responses, options) => {
    const { wxpay, requests } = scripted(responses, options);
    await wxpay.preEntrustSignApp(params).catch(() => {});
    return requests.map(({ url }) => new URL(url).origin);
  };
  assert.deepEqual(await hosts([], { baseUrl: undefined }), [main, spare, spare]);
  assert.deepEqual(await hosts([], { baseUrl: main }), [main, spare, spare]);
  // This host responds, so that the connection is not at fault.
  assert.deepEqual(await hosts([busy(), busy()], { baseUrl: undefined }), [main, main, main]);
  const fails = () => Promise.reject(new TypeError('fetch failed'));
  assert.deepEqual(await hosts([fails, busy()], { baseUrl: undefined }), [main, spare, spare]);
  const hangs = () => new Promise(() => {});
  const hanging = await hosts([hangs], { baseUrl: undefined, timeout: 50, deadline: 9_000 });
  assert.deepEqual(hanging, [main, spare, spare]);
  const [second, secondSpare] = ['https://api.wechatpay.cn', 'https://api2.wechatpay.cn'];
  assert.deepEqual(await hosts([], { baseUrl: second }), [second, secondSpare, secondSpare]);
  for (const given of ['https://apihk.mch.weixin.qq.com', spare, secondSpare, sandbox.url]) {
    assert.deepEqual(await hosts([], { baseUrl: given }), [given, given, given]);
  }
});

test("an abort ends the pause, with the signal's own reason", async () => {
  const { wxpay, requests } = scripted([busy({ 'Retry-After': '8' })]);
  const controller = new AbortController();
  const reason = new Error('the user went away');
  setTimeout(() => controller.abort(reason), 100);
  const started = performance.now();
  const call = wxpay.preEntrustSignApp(params, { signal: controller.signal });
  await assert.rejects(call, (error) => error === reason);
  assert.ok(performance.now() - started < 2_000);
  assert.equal(requests.length, 1);
});

test('no listener of the pause stays on the signal', async () => {
  const { signal, listening } = countedSignal();
  const { status } = await outcome({ status: 503, times: 1 }, {}, { signal });
  assert.equal(status, 'fulfilled');
  assert.equal(listening(), 0);
});

// Not in a hook: Node 20.0 runs no hook outside a suite.
test('the sandbox closes', () => sandbox.close());
