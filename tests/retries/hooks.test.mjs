// What the hooks are called with, and that nothing they do affects the call.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';

import { ApiError, Wechatpay } from 'wechatpay-wasm';
import { createSandbox } from 'wechatpay-wasm/sandbox';

const sandbox = await createSandbox();
const params = { appid: 'wxd678efh567h23787', outContractCode: 'APPLYMENT_00000000001' };
const path = '/v3/ecommerce/individual-contracts/pre-entrust-sign/app';

function call(options, faults) {
  sandbox.faults = faults;
  return new Wechatpay({ ...sandbox.options, ...options }).preEntrustSignApp(params);
}

test('onResponse is called for every response, onRetry for every pause', async () => {
  const events = [];
  await call(
    { onRetry: (event) => events.push(event), onResponse: (event) => events.push(event) },
    { status: 503, times: 1 },
  );
  const [failed, retry, good] = events;
  assert.equal(events.length, 3);
  const { requestId, duration, callId, start, ...rest } = failed;
  assert.deepEqual(rest, {
    call: 'preEntrustSignApp',
    method: 'POST',
    path,
    status: 503,
    attempt: 1,
    own: true,
    clockSkew: undefined,
  });
  for (const event of [retry, good]) assert.equal(event.callId, callId);
  assert.ok(Math.abs(Date.now() - start) < 10_000);
  assert.match(requestId, /^[0-9A-F]{40}-0$/);
  assert.ok(duration > 0 && duration < 10_000);
  assert.equal(good.status, 200);
  assert.equal(good.attempt, 2);

  assert.equal(retry.attempt, 1);
  assert.ok(retry.delay >= 0 && retry.delay < 500);
  assert.equal(retry.host, sandbox.url);
  assert.ok(retry.error instanceof ApiError);
  assert.equal(retry.error.code, 'SERVICE_UNAVAILABLE');
});

test('onResponse is called for a rejected response, but not for a failed connection', async () => {
  const statuses = [];
  const onResponse = ({ status, attempt }) => statuses.push([status, attempt]);
  await assert.rejects(call({ onResponse }, { tamper: true }), { code: 'ERR_SIGNATURE_INVALID' });
  assert.deepEqual(statuses, [[200, 1]]);
  await call({ onResponse }, { drop: true, times: 1 });
  assert.deepEqual(statuses, [
    [200, 1],
    [200, 2],
  ]);
});

test('a hook that throws, rejects or hangs has no effect on the call', async () => {
  const unhandled = [];
  const record = (reason) => unhandled.push(reason);
  process.on('unhandledRejection', record);
  const throwing = () => {
    throw new Error('from the hook');
  };
  const odd = Object.defineProperty({}, 'then', {
    get() {
      throw new Error('touched then');
    },
  });
  for (const hook of [
    throwing,
    async () => throwing(),
    () => new Promise(() => {}),
    () => odd,
    () => Promise.reject(),
    () => 7,
  ]) {
    const { preEntrustwebId } = await call(
      { onRequest: hook, onRetry: hook, onResponse: hook, onSuccess: hook },
      { status: 503, times: 1 },
    );
    assert.equal(typeof preEntrustwebId, 'string');
  }
  await new Promise((resolve) => setTimeout(resolve, 20));
  process.off('unhandledRejection', record);
  assert.deepEqual(unhandled, []);
});

test('the hooks see no secret', async () => {
  const events = [];
  const keep = (event) => events.push(event);
  const leaky = async (_, { headers }) => {
    throw Object.assign(new Error(`sent ${JSON.stringify(headers)}`), { headers });
  };
  const failing = call({ fetch: leaky, onRetry: keep, onResponse: keep });
  await assert.rejects(failing, { code: 'ERR_NETWORK' });
  await call({ onRetry: keep, onResponse: keep }, { status: 503, times: 1 });
  assert.ok(events.length >= 5);
  const shown = inspect(events, { depth: 20, showHidden: true });
  const [, key] = sandbox.options.privateKey.match(/\n(.{40})/);
  assert.ok(!shown.includes(key));
  assert.ok(!shown.includes(sandbox.options.apiv3Key));
  assert.ok(!shown.includes('signature="'), shown);
});

// Not in a hook: Node 20.0 runs no hook outside a suite.
test('the sandbox closes', () => sandbox.close());
