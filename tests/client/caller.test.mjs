// Where stacks begin, and what becomes of a method that has lost its object.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { preEntrustSignApp, TransportError, Wechatpay } from 'wechatpay-wasm';
import { createSandbox } from 'wechatpay-wasm/sandbox';

import { merchant } from '../merchant.mjs';

const open = (more) => new Wechatpay({ ...merchant, maxRetries: 0, ...more });
const failing = open({ fetch: () => Promise.reject(new Error('no')) });
const params = { appid: 'wx1', outContractCode: 'A' };
const caught = (promise) => promise.then(assert.fail, (error) => error);
const caughtNow = (action) => {
  try {
    action();
  } catch (error) {
    return error;
  }
  return assert.fail();
};

function begins(error, place) {
  const [head, first] = error.stack.split('\n').filter((line) => !line.startsWith('openssl'));
  assert.equal(head, `${error.name}: ${error.message}`.split('\n')[0]);
  assert.match(first, new RegExp(`at ${place}.*caller\\.test\\.mjs`), error.stack);
  assert.doesNotMatch(error.stack, /wasm-function|dist/);
  assert.ok(!Object.keys(error).includes('stack'));
}

test('the stack of every method begins at its caller, whatever it waited for', async () => {
  const { native } = failing.v3.pay.transactions;
  async function caller(call) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    return await caught(call());
  }
  const calls = [
    () => failing.preEntrustSignApp(params),
    () => failing.preEntrustSignApp({}),
    () => failing.echo(),
    () => failing.certificates(),
    () => failing.paySign({ type: 'x' }),
    () => failing.appLaunchParams({}),
    () => failing.decrypt('x'),
    () => failing.notification({}),
    () => failing.upload('x', {}),
    () => failing.download('x', {}),
    () => failing.downloadBytes('x', {}),
    () => native.post({ json: { a: 1n } }),
    () => native.postAsync({ json: {} }),
    () => failing.chain('v3/x').get(),
    () => preEntrustSignApp(params),
  ];
  for (const call of calls) begins(await caller(call), '');
});

test('that of a constructor, too, however deep the fault is', () => {
  class Own extends Wechatpay {
    constructor(options) {
      super({ ...merchant, ...options });
    }
  }
  function caller(action) {
    return caughtNow(() => action());
  }
  const throwing = { ...merchant, certs: { auto: 'x' } };
  begins(
    caller(() => new Wechatpay(throwing)),
    '',
  );
  begins(
    caller(() => new Wechatpay({ ...merchant, privateKey: '-----BEGIN PRIVATE KEY-----' })),
    '',
  );
  begins(
    caller(() => new Own({ mchid: 'x' })),
    'new Own',
  );
  begins(
    caller(() => Wechatpay.fromEnv({})),
    '',
  );
});

test('an error that somebody has already keeps its stack', async () => {
  const reason = caughtNow(() => new Wechatpay({}));
  const { stack } = reason;
  const error = await caught(failing.echo({ signal: AbortSignal.abort(reason) }));
  assert.equal(error, reason);
  assert.equal(error.stack, stack);
});

test('stacks that a program formats or forbids lose no error', async () => {
  const { prepareStackTrace, stackTraceLimit } = Error;
  try {
    for (const prepare of [
      () => 7,
      (_, sites) => sites,
      () => {
        throw new Error('no');
      },
    ]) {
      Error.prepareStackTrace = prepare;
      const error = await caught(failing.preEntrustSignApp({}));
      Error.prepareStackTrace = prepareStackTrace;
      assert.equal(error.name, 'ValidationError');
    }
    Error.stackTraceLimit = 0;
    const error = await caught(failing.preEntrustSignApp({}));
    assert.equal(error.name, 'ValidationError');
  } finally {
    Object.assign(Error, { prepareStackTrace, stackTraceLimit });
  }
});

test('a method that has lost its client says so', async () => {
  const wxpay = open();
  const names = Object.getOwnPropertyNames(Wechatpay.prototype);
  const lost = (error, what) => {
    assert.equal(error.name, 'ConfigError');
    assert.equal(error.option, 'client');
    assert.match(error.message, what);
  };
  const behind = new Proxy(wxpay, {});
  for (const name of names.filter((each) => each !== 'constructor')) {
    const taken = wxpay[name];
    for (const self of [undefined, null, globalThis, {}, behind]) {
      const call = async () => Reflect.apply(taken, self, []);
      const what = self && self !== globalThis ? /a Proxy of it/ : /was taken off/;
      lost(await caught(call()), what);
    }
  }
  const { x } = wxpay.v3;
  for (const verb of ['get', 'post', 'put', 'patch', 'delete', 'getAsync', 'chain']) {
    const { [verb]: taken } = x;
    lost(await caught((async () => taken({}))()), /`this` is not there: \w+\(\) was taken off/);
  }
  lost(await caught(behind.v3.x.get()), /Proxy/);
  lost(await caught(new Proxy(x, {}).get()), /Proxy/);
  if (Symbol.dispose) lost(await caught((async () => behind[Symbol.dispose]())()), /Proxy/);
  const { fromEnv } = Wechatpay;
  assert.throws(() => fromEnv({}), { name: 'ConfigError', option: 'mchid' });
});

test("the sandbox's methods work wherever they are taken", async () => {
  const sandbox = await createSandbox({ merchant: 'certificates' });
  const { notification, rotateCertificate, close } = sandbox;
  assert.equal(typeof notification({ eventType: 'A.B', resource: {} }).body, 'string');
  assert.equal(
    typeof new Proxy(sandbox, {}).notification({ eventType: 'A', resource: {} }),
    'object',
  );
  await rotateCertificate();
  await close();
});

test('an error of the caller keeps its stack, though its class is ours', async () => {
  for (const late of [false, true]) {
    const mine = new TransportError('mine', { code: 'MINE' });
    const { stack } = mine;
    const controller = new AbortController();
    if (!late) controller.abort(mine);
    const fetch = () => {
      controller.abort(mine);
      return new Promise(() => {});
    };
    const { signal } = controller;
    assert.equal(await caught(open({ fetch }).preEntrustSignApp(params, { signal })), mine);
    assert.equal(mine.stack, stack);
  }
});

test('a link behind a Proxy, or one that another object inherits from, says so', () => {
  const { v3 } = failing;
  for (const read of [
    () => new Proxy(v3.pay, {}).x,
    () => Object.create(v3).pay,
    () => new Proxy(v3.pay, {})['a/secret'],
  ]) {
    const error = caughtNow(read);
    assert.equal(error.name, 'ConfigError');
    assert.match(
      error.message,
      /^client: `this` is another object than the one that \w+\(\) belongs/,
    );
    assert.doesNotMatch(error.message, /secret/);
  }
  const proxied = new Proxy(v3.pay, {});
  for (const name of ['then', 'toJSON', '$$typeof', '__v_isRef', Symbol.iterator, 'prototype']) {
    assert.equal(proxied[name], undefined, String(name));
  }
  assert.equal(Object.getPrototypeOf(v3).anything, undefined);
});
