// What the hooks are told of a call from its beginning to its end, through the packed tarball.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { inspect } from 'node:util';

import {
  ApiError,
  TransportError,
  ValidationError,
  VerificationError,
  Wechatpay,
} from 'wechatpay-wasm';
import { createSandbox } from 'wechatpay-wasm/sandbox';
import { withServer } from '../faults/responding-server.mjs';

const sandbox = await createSandbox({ merchant: 'migrating' });
const appid = 'wxd678efh567h23787';
const params = { appid, outContractCode: 'SEEING_1' };
const path = '/v3/ecommerce/individual-contracts/pre-entrust-sign/app';
const HOOKS = ['onRequest', 'onResponse', 'onRetry', 'onSuccess', 'onError', 'onNotification'];

/** A client whose hooks put `[hook, event]` into `told`. */
function watched(options) {
  const told = [];
  const hooks = HOOKS.map((name) => [name, (event) => told.push([name, event])]);
  const wxpay = new Wechatpay({ ...sandbox.options, ...Object.fromEntries(hooks), ...options });
  return { wxpay, told, names: () => told.map(([name]) => name).join() };
}

const caught = (promise) => promise.then(assert.fail, (error) => error);

test('a call is told from its first attempt to its outcome, all under one number', async () => {
  sandbox.faults = { status: 503, times: 1 };
  const { wxpay, told, names } = watched();
  const before = Date.now();
  await wxpay.preEntrustSignApp(params);
  assert.equal(names(), 'onRequest,onResponse,onRetry,onRequest,onResponse,onSuccess');
  const events = told.map(([, event]) => event);
  assert.equal(new Set(events.map(({ callId }) => callId)).size, 1);
  for (const { call, start, template } of events) {
    assert.equal(call, 'preEntrustSignApp');
    assert.ok(start >= before && start <= Date.now());
    assert.equal(template, undefined);
  }
  const [first, , , second] = events;
  const { callId, call, start, ...request } = first;
  const { url: host } = sandbox;
  assert.deepEqual(request, { method: 'POST', path, host, attempt: 1, own: true });
  assert.equal(second.attempt, 2);
  const { duration, requestId, ...outcome } = events.at(-1);
  assert.deepEqual(outcome, {
    callId,
    call,
    start,
    method: 'POST',
    path,
    attempts: 2,
    status: 200,
  });
  assert.ok(duration >= 0 && duration < 20_000);
  assert.equal(requestId, events.at(-2).requestId);

  await wxpay.preEntrustSignApp(params);
  assert.notEqual(told.at(-1)[1].callId, callId);
});

test('a tampered response and a lost connection are seen as what they are', async () => {
  for (const [faults, Class, code, seen, status] of [
    [
      { tamper: true },
      VerificationError,
      'ERR_SIGNATURE_INVALID',
      'onRequest,onResponse,onError',
      200,
    ],
    [
      { unsigned: true },
      VerificationError,
      'ERR_SIGNATURE_MISSING',
      'onRequest,onResponse,onError',
      200,
    ],
    [{ drop: true }, TransportError, 'ERR_NETWORK', 'onRequest,onError', undefined],
    [{ status: 429 }, ApiError, 'RATELIMIT_EXCEEDED', 'onRequest,onResponse,onError', 429],
  ]) {
    sandbox.faults = { ...faults, times: 1 };
    const { wxpay, told, names } = watched({ maxRetries: 0 });
    const error = await caught(wxpay.preEntrustSignApp(params));
    assert.equal(names(), seen);
    const [, event] = told.at(-1);
    assert.equal(event.error, error);
    assert.ok(error instanceof Class);
    assert.equal(error.code, code);
    assert.deepEqual([event.status, event.attempts, event.aborted], [status, 1, false]);
  }
});

test('a call that is refused before anything is sent is told, too', async () => {
  const { wxpay, told, names } = watched();
  const calls = {
    preEntrustSignApp: () => wxpay.preEntrustSignApp({}),
    preEntrustSignMiniProgram: () => wxpay.preEntrustSignMiniProgram({}),
    preEntrustSignAppWithRealName: () => wxpay.preEntrustSignAppWithRealName({}),
    preEntrustSignMiniProgramWithRealName: () => wxpay.preEntrustSignMiniProgramWithRealName({}),
    queryContractByOutContractCode: () => wxpay.queryContractByOutContractCode(7),
    queryContractByOpenid: () => wxpay.queryContractByOpenid({}),
    appLaunchParams: () => wxpay.appLaunchParams({}),
    paySign: () => wxpay.paySign({}),
    echo: () => wxpay.echo({ timeout: 'x' }),
    certificates: () => wxpay.certificates({ timeout: 'x' }),
    encrypt: () => wxpay.encrypt(7),
    decrypt: () => wxpay.decrypt(7),
    upload: () => wxpay.upload('v3/x', {}),
    download: () => wxpay.download('x', {}),
    downloadBytes: () => wxpay.downloadBytes('x', {}),
    'GET /v3/pay/transactions/id/{id}': () => wxpay.v3.pay.transactions.id._id_.get(),
    'POST /v3/x': () => wxpay.chain('v3/x?a=1').post({ json: { a: 1n } }),
    chain: () => wxpay.chain('https://x').get(),
  };
  for (const [name, call] of Object.entries(calls)) {
    told.length = 0;
    const error = await caught(call());
    assert.equal(names(), 'onError', name);
    const [[, event]] = told;
    assert.equal(event.call, name);
    assert.equal(event.error, error);
    assert.ok(error instanceof ValidationError, name);
    assert.equal(event.attempts, 0);
  }
});

test('what needs no request has an outcome alone', async () => {
  const { wxpay, told, names } = watched();
  await wxpay.paySign({ type: 'jsapi', appid, prepayId: 'wx1' });
  await wxpay.encrypt('x');
  assert.equal(names(), 'onSuccess,onSuccess');
  assert.deepEqual(
    told.map(([, { call, attempts, method }]) => [call, attempts, method]),
    [
      ['paySign', 0, undefined],
      ['encrypt', 0, undefined],
    ],
  );
});

test('the stacks of the errors in hooks begin at the caller', async () => {
  sandbox.faults = { status: 503, times: 3 };
  const { wxpay, told } = watched();
  await caught(wxpay.preEntrustSignApp(params));
  const errors = told.flatMap(([, { error }]) => (error ? [error] : []));
  assert.ok(errors.length >= 1);
  for (const { stack } of errors) {
    assert.match(stack.split('\n')[1], /hooks\.test\.mjs/);
    assert.doesNotMatch(stack, /wasm-function|dist/);
  }
  sandbox.faults = undefined;
});

test('an abort is told as one, with its reason', async () => {
  sandbox.faults = { delay: 5_000, times: 1 };
  const { wxpay, told, names } = watched();
  const controller = new AbortController();
  const reason = new Error('gone');
  setTimeout(() => controller.abort(reason), 50);
  await caught(wxpay.preEntrustSignApp(params, { signal: controller.signal }));
  assert.equal(names(), 'onRequest,onError');
  assert.deepEqual([told[1][1].aborted, told[1][1].error], [true, reason]);
  sandbox.faults = undefined;
});

test('a chain is named by its path with variables', async () => {
  await new Wechatpay(sandbox.options).preEntrustSignApp(params);
  const { wxpay, told, names } = watched();
  const template = '/v3/ecommerce/individual-contracts/out-contract-code/{out_contract_code}';
  await wxpay.v3.ecommerce.individualContracts.outContractCode._out_contract_code_.get({
    out_contract_code: 'SEEING_1',
    query: { appid },
  });
  assert.equal(names(), 'onRequest,onResponse,onSuccess');
  for (const [, event] of told) {
    assert.equal(event.call, `GET ${template}`);
    assert.equal(event.template, template);
    assert.equal(event.path, template.replace('{out_contract_code}', 'SEEING_1'));
  }
});

test('each of many calls at once has one outcome', async () => {
  sandbox.faults = { status: 503, times: 20 };
  const { wxpay, told } = watched({ timeout: 60_000 });
  const calls = Array.from({ length: 60 }, (_, i) =>
    wxpay.preEntrustSignApp({ appid, outContractCode: `SEEING_MANY_${i}` }),
  );
  await Promise.allSettled(calls);
  const ends = told.filter(([name]) => name === 'onSuccess' || name === 'onError');
  assert.equal(ends.length, 60);
  assert.equal(new Set(ends.map(([, { callId }]) => callId)).size, 60);
  sandbox.faults = undefined;
});

test('a download of certificates belongs to its call, and is not its own request', async () => {
  const { wxpay, told } = watched({ certs: 'auto' });
  await wxpay.preEntrustSignApp(params);
  const requests = told.filter(([name]) => name === 'onRequest');
  assert.deepEqual(
    requests.map(([, event]) => [event.path, event.own, event.call]),
    [
      ['/v3/certificates', false, 'preEntrustSignApp'],
      [path, true, 'preEntrustSignApp'],
    ],
  );
  const { path: last, attempts } = told.at(-1)[1];
  assert.deepEqual([last, attempts], [path, 1]);
});

test('a notification is told by its id, its type and its outcome, and never its content', async () => {
  const { wxpay, told, names } = watched();
  const resource = { out_trade_no: 'ORDER_SECRET_1', payer: { openid: 'oSECRET' } };
  const request = sandbox.notification({ eventType: 'TRANSACTION.SUCCESS', resource });
  const { id } = await wxpay.notification(request);
  const forged = { ...request, body: request.body.replace('SUCCESS', 'FAILURE') };
  const error = await caught(wxpay.notification(forged));
  assert.equal(names(), 'onNotification,onNotification');
  const [[, good], [, bad]] = told;
  assert.deepEqual(
    [good.id, good.eventType, good.verified, good.error],
    [id, 'TRANSACTION.SUCCESS', true, undefined],
  );
  assert.deepEqual(
    [bad.id, bad.eventType, bad.verified, bad.error],
    [undefined, undefined, false, error],
  );
  assert.equal(error.code, 'ERR_SIGNATURE_INVALID');
  assert.doesNotMatch(inspect(told, { depth: 9 }), /SECRET/);

  await caught(wxpay.notification({}));
  assert.equal(told.at(-1)[1].error.code, 'ERR_PARAM');
});

test('the outcome of a download is that of its file', async () => {
  const file = Buffer.from('a bill\n'.repeat(1_000));
  const hash = { hashType: 'SHA1', hashValue: createHash('sha1').update(file).digest('hex') };
  const serve = (_, response) => response.end(file);
  await withServer(serve, async ({ options }) => {
    const url = `${options.baseUrl}/v3/billdownload/file?token=x`;
    const open = () => watched({ cert: undefined, ...options });
    const wrong = { ...hash, hashValue: '0'.repeat(40) };

    const good = open();
    const stream = await good.wxpay.download(url, hash);
    assert.equal(good.names(), 'onRequest,onResponse');
    for await (const _ of stream);
    assert.equal(good.names(), 'onRequest,onResponse,onSuccess');
    assert.equal(good.told[0][1].path, '/v3/billdownload/file');

    const bad = open();
    const read = async (params) => {
      for await (const _ of await bad.wxpay.download(url, params));
    };
    const error = await caught(read(wrong));
    assert.equal(bad.names(), 'onRequest,onResponse,onError');
    assert.equal(bad.told[2][1].error, error);
    assert.ok(error instanceof VerificationError);

    const left = open();
    await (await left.wxpay.download(url, hash)).cancel('enough');
    assert.equal(left.names(), 'onRequest,onResponse,onError');
    assert.deepEqual([left.told[2][1].aborted, left.told[2][1].error], [true, 'enough']);

    const gone = open();
    const controller = new AbortController();
    const aborted = await gone.wxpay.download(url, hash, { signal: controller.signal });
    controller.abort(new Error('gone'));
    await caught(aborted.getReader().read());
    assert.equal(gone.told[2][1].aborted, true);
    assert.equal(gone.told.length, 3);

    const whole = open();
    await whole.wxpay.downloadBytes(url, hash);
    await caught(whole.wxpay.downloadBytes(url, wrong));
    assert.equal(whole.names(), 'onRequest,onResponse,onSuccess,onRequest,onResponse,onError');
  });
});

test('a hook that is no function is refused', () => {
  for (const name of HOOKS) {
    assert.throws(() => new Wechatpay({ ...sandbox.options, [name]: 7 }), { option: name });
  }
});

// Not in a hook: Node 20.0 runs no hook outside a suite.
test('the sandbox closes', () => sandbox.close());
