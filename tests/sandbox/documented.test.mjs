// How an endpoint without a module of its own is checked and answered, by hand and by example.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';

import { Wechatpay } from 'wechatpay-wasm';
import { createSandbox } from 'wechatpay-wasm/sandbox';

import { readCatalogue } from '../../scripts/catalogue/read.mjs';
import { encryptFor, valueOfSchema } from './documented-request.mjs';
import { assertRefused, assertSigned, send } from './signed-request.mjs';

const NOON = Date.UTC(2026, 10, 27, 4);
const sandbox = await createSandbox({ clock: () => Date.now() });
const strict = await createSandbox({ strict: true, clock: () => NOON });
const fields = { timestamp: String(NOON / 1000) };
const path = '/v3/payscore/permissions';
const json = { service_id: '500001', appid: 'wx1', authorization_code: 'A1' };
const last = () => sandbox.requests.at(-1);

const refused = async (request, detail) =>
  assertRefused(await send(sandbox, request), sandbox, {
    status: 400,
    code: 'PARAM_ERROR',
    message: '参数错误',
    detail,
  });

test('the signature is checked first', async () => {
  const response = await send(sandbox, { path, json: {}, fields: { signature: 'bm8=' } });
  assert.equal(response.status, 401);
  assert.equal((await send(sandbox, { path, headers: { Accept: undefined } })).status, 400);
  assert.equal(last().result.code, 'INVALID_REQUEST');
});

test('another method is 405, and says which there are', async () => {
  const response = await send(sandbox, { path, method: 'DELETE', body: '' });
  assert.equal(response.status, 405);
  assert.equal(response.headers.allow, 'POST');
});

test('wrong types and values over a limit are refused, by their JSON Pointers', async () => {
  const place = { location: 'body' };
  for (const [change, field, value, issue] of [
    [{ service_id: 500001 }, '/service_id', 500001, 'is not a string'],
    [{ service_id: null }, '/service_id', null, 'is JSON null, which APIv3 does not accept'],
    [{ service_id: '' }, '/service_id', '', 'is empty'],
    [{ appid: ['wx'] }, '/appid', '[array]', 'is not a string'],
    [
      { appid: 'wx\u{1f600}' },
      '/appid',
      'wx\u{1f600}',
      'has a character that is not 1 to 3 bytes in UTF-8',
    ],
  ]) {
    await refused({ path, json: { ...json, ...change } }, { field, value, issue, ...place });
  }
  await refused({ path, body: '[]' }, { field: '', issue: 'is not a JSON object', ...place });
  const { operations } = await readCatalogue();
  const url = '/v3/payscore/servicepayondeliveryorder';
  const order = valueOfSchema(operations.find((each) => each.path === url).body, String);
  const payscore = (change) => ({ path: url, json: { ...order, ...change } });
  assert.equal((await send(sandbox, payscore())).status, 200, last().result.reason);
  for (const [change, field, value, issue] of [
    [{ time_range: 'now' }, '/time_range', 'now', 'is not an object'],
    [
      { time_range: { start_time: 'soon' } },
      '/time_range/start_time',
      'soon',
      'does not match ^(?:\\d{8}|\\d{14}|OnAccept)$',
    ],
    [{ post_payments: {} }, '/post_payments', '[object]', 'is not an array'],
    [
      { post_payments: [{ name: 'a' }, { name: 'b'.repeat(21) }] },
      '/post_payments/1/name',
      'b'.repeat(21),
      'is longer than 20 characters',
    ],
    [
      { post_payments: [{ name: 'a', amount: 1.5 }] },
      '/post_payments/0/amount',
      1.5,
      'is not an integer',
    ],
    [{ need_user_confirm: 'true' }, '/need_user_confirm', 'true', 'is not a boolean'],
  ]) {
    await refused(payscore(change), { field, value, issue, ...place });
  }
});

test('wrong query parameters are refused, by their names', async () => {
  const url = '/v3/merchant-service/complaints-v2';
  const good = 'begin_date=2026-11-01&end_date=2026-11-27';
  const get = (query) => ({ method: 'GET', path: `${url}?${query}` });
  const response = await send(sandbox, get(`${good}&limit=5&offset=10`));
  assert.equal(response.status, 200, last().result.reason);
  assert.equal(response.json.limit, 5);
  assert.equal(response.json.offset, 10);
  const location = 'query';
  await refused(get('begin_date=2026-11-01'), {
    field: 'end_date',
    value: '',
    issue: 'is required',
    location,
  });
  await refused(get(`${good}&limit=five`), {
    field: 'limit',
    value: 'five',
    issue: 'is not an integer',
    location,
  });
  await refused(get(`${good}&limit=1&limit=2`), {
    field: 'limit',
    value: '2',
    issue: 'is there twice',
    location,
  });
});

test('an array over its limit is refused', () =>
  refused(
    { path: '/v3/gov/subsidy/sncode/query', json: { sn_code_list: Array(51).fill('9CC0') } },
    {
      field: '/sn_code_list',
      value: '[array]',
      issue: 'has more than 50 items',
      location: 'body',
    },
  ));

test('a number over its limit is refused', () =>
  refused(
    {
      method: 'GET',
      path: '/v3/brand/marketing/shake-activities/activities?brand_id=1&limit=101&offset=0',
    },
    { field: 'limit', value: 101, issue: 'is more than 100', location: 'query' },
  ));

test('a path variable that is not percent-encoded is refused', () =>
  refused(
    { method: 'GET', path: '/v3/merchant-service/complaints-v2/%E4' },
    {
      field: 'complaint_id',
      value: '%E4',
      issue: 'is not percent-encoded UTF-8',
      location: 'path',
    },
  ));

test('what nobody documents is noted', async () => {
  const more = { ...json, Service_ID: 'x', notify_url: 'not a url' };
  const response = await send(sandbox, { path: `${path}?debug=1`, json: more });
  assert.equal(response.status, 200);
  assert.deepEqual(last().notes, [
    'debug: is not a documented field of this request',
    '/Service_ID: is not a documented field of this request',
    '/notify_url: is not a URL',
  ]);
  assert.ok(Object.isFrozen(last().notes));
});

test('and refused under `strict`', async () => {
  const fine = await send(strict, { path, json, fields });
  assert.equal(fine.status, 200);
  assertRefused(await send(strict, { path, json: { ...json, Appid: 'x' }, fields }), strict, {
    status: 400,
    code: 'PARAM_ERROR',
    message: '参数错误',
    detail: {
      field: '/Appid',
      value: 'x',
      issue: 'is not a documented field of this request',
      location: 'body',
    },
  });
  const receiver = { appid: 'wx1', type: 'SOMEBODY', account: 'a', relation_type: 'USER' };
  const request = { path: '/v3/brand/profitsharing/receivers/add', fields };
  const response = await send(strict, { ...request, json: { ...receiver, brand_mchid: '1' } });
  assert.equal(response.json.detail?.field, '/type');
});

test('the response has what the request gave, and the times of the sandbox', async () => {
  const response = await send(strict, {
    method: 'GET',
    path: '/v3/merchant-service/complaints-v2/200201820200101080076610000',
    fields,
  });
  assert.equal(response.status, 200);
  assertSigned(response, strict);
  assert.equal(response.json.complaint_id, '200201820200101080076610000');
  assert.equal(response.json.complaint_time, '2026-11-27T12:00:00+08:00');
});

test('204 has no body, and its signature covers the empty text', async () => {
  const response = await send(sandbox, {
    path: '/v3/merchant-service/complaints-v2/1/complete',
    json: { complainted_mchid: '1900000109' },
  });
  assert.equal(response.status, 204);
  assert.equal(response.raw.length, 0);
  assert.equal(response.headers['content-length'], undefined);
  assertSigned(response, sandbox);
});

test('encrypted fields are decrypted, and need the key that Wechatpay-Serial names', async () => {
  const [publicKey] = Object.values(sandbox.options.certs);
  const url = '/v3/realname/verify';
  const secret = encodeURIComponent(encryptFor(publicKey)('张三'));
  const get = (value, headers) => ({ method: 'GET', path: `${url}?${value}`, headers });
  const wrong = await send(sandbox, get('encrypted_name=plain&appid=wx1&openid=o1'));
  assert.equal(wrong.status, 400);
  assert.doesNotMatch(JSON.stringify(wrong.json), /plain/);
  const none = { 'Wechatpay-Serial': 'PUB_KEY_ID_0' };
  const unnamed = await send(sandbox, get(`encrypted_name=${secret}`, none));
  assert.equal(unnamed.status, 400);
});

test('a download_url leads to a file with the hash that the response gives', async () => {
  const wxpay = new Wechatpay(sandbox.options);
  const { data } = await wxpay.chain('v3/merchant/fund/withdraw/bill-type/NO_SUCC').get({
    query: { bill_date: '2026-11-26' },
  });
  const path = data.download_url.slice(sandbox.url.length);
  const file = await send(sandbox, { method: 'GET', path });
  assert.equal(file.headers['content-type'], 'application/pdf');
  assert.equal(file.headers['wechatpay-signature'], undefined);
  const hash = createHash(data.hash_type.toLowerCase()).update(file.raw).digest('hex');
  assert.equal(hash, data.hash_value);
});

// Not in a hook: Node 20.0 runs no hook outside a suite.
test('the sandboxes close', () => Promise.all([sandbox.close(), strict.close()]));
