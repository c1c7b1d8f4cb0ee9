// Responses of one's own, every documented code of an error, and the probe of the signature.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Wechatpay } from 'wechatpay-wasm';
import { createSandbox } from 'wechatpay-wasm/sandbox';

import { readCatalogue } from '../../scripts/catalogue/read.mjs';
import { assertRefused, assertSigned, CONTRACT, PATH, send } from './signed-request.mjs';

const sandbox = await createSandbox();
const wxpay = new Wechatpay({ ...sandbox.options, maxRetries: 0 });
const params = { appid: CONTRACT.appid, outContractCode: CONTRACT.out_contract_code };
const REFUNDS = '/v3/refund/domestic/refunds';
const refund = {
  out_trade_no: 'A_1',
  out_refund_no: 'R_1',
  amount: { refund: 1, total: 1, currency: 'CNY' },
};
const { errors } = await readCatalogue();

test('a code for every call, until it is taken back', async () => {
  sandbox.respond('POST', REFUNDS, { status: 400, code: 'NOT_ENOUGH' });
  for (const out_refund_no of ['R_1', 'R_2']) {
    const call = wxpay.v3.refund.domestic.refunds.post({ json: { ...refund, out_refund_no } });
    await assert.rejects(call, { code: 'NOT_ENOUGH', status: 400, verified: true });
  }
  sandbox.respond('POST', REFUNDS, undefined);
  const response = await send(sandbox, { path: REFUNDS, json: refund });
  assert.notEqual(response.json.code, 'NOT_ENOUGH');
});

test('for a number of calls, and after its checks', async () => {
  sandbox.respond('POST', PATH, {
    code: 'RATELIMIT_EXCEEDED',
    headers: { 'Retry-After': '1' },
    times: 1,
  });
  assert.equal((await send(sandbox, { json: {} })).json.code, 'PARAM_ERROR');
  assert.equal((await send(sandbox, { fields: { signature: 'bm8=' } })).json.code, 'SIGN_ERROR');
  const response = await send(sandbox);
  assertRefused(response, sandbox, {
    status: 429,
    code: 'RATELIMIT_EXCEEDED',
    message: 'too many requests',
  });
  assert.equal(response.headers['retry-after'], '1');
  assert.equal((await send(sandbox)).status, 200);
});

test('what got it was not carried out', async () => {
  const json = { ...CONTRACT, out_contract_code: 'NOT_CARRIED_OUT' };
  sandbox.respond('POST', PATH, { status: 500, times: 1 });
  assert.equal((await send(sandbox, { json })).json.code, 'SYSTEM_ERROR');
  const query = { appid: params.appid, outContractCode: 'NOT_CARRIED_OUT' };
  await assert.rejects(wxpay.queryContractByOutContractCode(query), { status: 404 });
});

test('a body, a status alone, and a path with variables', async () => {
  const template = '/v3/merchant-service/complaints-v2/{complaint_id}';
  const get = async (id) => (await wxpay.chain(template.slice(1)).get({ complaint_id: id })).data;
  sandbox.respond('GET', template, { body: { complaint_id: 'any' } });
  sandbox.respond('GET', template.replace('{complaint_id}', '42'), {
    body: { complaint_id: 'this' },
  });
  assert.deepEqual(await get('42'), { complaint_id: 'this' });
  assert.deepEqual(await get('43'), { complaint_id: 'any' });
  sandbox.respond('GET', template, { status: 204 });
  const response = await send(sandbox, { method: 'GET', path: template.replace(/\{.*\}/, '1') });
  assert.equal(response.status, 204);
  assertSigned(response, sandbox);
});

test('a path that nobody documents', async () => {
  const path = '/v3/brand/something/new';
  assert.equal((await send(sandbox, { path })).status, 404);
  sandbox.respond('POST', path, { body: { fine: true } });
  assert.deepEqual((await send(sandbox, { path: `${path}?a=1` })).json, { fine: true });
  assert.equal((await send(sandbox, { path, fields: { signature: 'bm8=' } })).status, 401);
});

test('every documented code, by name', async () => {
  for (const { code, statuses, meaning } of errors) {
    const response = await send(sandbox, { headers: { 'Sandbox-Faults': `code=${code}` } });
    assert.ok(statuses.includes(response.status), `${code}: ${response.status}`);
    assert.deepEqual(response.json, { code, message: meaning });
    assertSigned(response, sandbox);
    sandbox.respond('POST', PATH, { code, times: 1 });
    assert.equal((await send(sandbox)).json.code, code);
  }
  sandbox.faults = { code: 'NOT_ENOUGH', status: 400, times: 1 };
  await assert.rejects(wxpay.preEntrustSignApp(params), { code: 'NOT_ENOUGH', status: 400 });
  assert.throws(() => {
    sandbox.faults = { code: 'NO_SUCH_CODE' };
  }, /code must be a documented code/);
  const wrong = await send(sandbox, { headers: { 'Sandbox-Faults': 'code=NO_SUCH_CODE' } });
  assert.equal(wrong.json.code, 'PARAM_ERROR');
});

test('the probe is rejected by a client that verifies', async () => {
  for (const headers of [{ 'Sandbox-Faults': 'probe' }, {}]) {
    if (!headers['Sandbox-Faults']) sandbox.faults = { probe: true, times: 1 };
    const response = await send(sandbox, { headers });
    assert.match(response.headers['wechatpay-signature'], /^WECHATPAY\/SIGNTEST\//);
    assert.throws(() => assertSigned(response, sandbox), /is not valid/);
  }
  sandbox.faults = { probe: true, times: 1 };
  await assert.rejects(wxpay.preEntrustSignApp(params), { code: 'ERR_SIGNATURE_PROBE' });
});

test('wrong arguments are refused', () => {
  for (const [args, message] of [
    [['FETCH', PATH, {}], /method must be one of/],
    [['POST', 'v3/x', {}], /path must begin with a slash/],
    [['POST', '/v3/x?a=1', {}], /path must begin with a slash/],
    [['POST', PATH, null], /must be an object/],
    [['POST', PATH, {}], /needs a status, a code or a body/],
    [['POST', PATH, { stauts: 400 }], /unknown member stauts/],
    [['POST', PATH, { status: 99 }], /status must be/],
    [['POST', PATH, { code: 'not enough' }], /code must be/],
    [['POST', PATH, { code: 'MY_OWN' }], /nobody documents a status of MY_OWN/],
    [['POST', PATH, { code: 'NOT_ENOUGH', body: {} }], /either code or body/],
    [['POST', PATH, { body: [] }], /body must be an object/],
    [['POST', PATH, { status: 400, times: 0 }], /times must be/],
    [['POST', PATH, { status: 400, headers: { a: 1 } }], /headers must be/],
    [['POST', PATH, { status: 400, headers: { 'a b': 'c' } }], /headers must be/],
  ]) {
    assert.throws(() => sandbox.respond(...args), { name: 'TypeError', message });
  }
});

// Not in a hook: Node 20.0 runs no hook outside a suite.
test('the sandbox closes', () => sandbox.close());
