// What WeChat Pay does not document is noted, at any endpoint, and refused under `strict`.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, test } from 'node:test';

import { createSandbox } from 'wechatpay-wasm/sandbox';

import { CONTRACT, PATH, send } from './signed-request.mjs';

const FILE = Buffer.from('GIF');
const META = {
  filename: 'a.png',
  sha256: createHash('sha256').update(FILE).digest('hex'),
};
const APPID = 'wxd678efh567h23787';
const UNKNOWN = 'is not a documented field of this request';

const formOf = (meta, parts = '') => ({
  path: '/v3/merchant/media/upload',
  body: JSON.stringify(meta),
  sentBody: [
    `--b\r\nContent-Disposition: form-data; name="meta"\r\n\r\n${JSON.stringify(meta)}\r\n${parts}`,
    `--b\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n${FILE}\r\n--b--\r\n`,
  ].join(''),
  headers: { 'Content-Type': 'multipart/form-data; boundary=b', 'Content-Length': undefined },
});
const contract = (more) => ({ path: PATH, json: { ...CONTRACT, ...more } });

describe('what nobody documents', { timeout: 60_000 }, () => {
  let lenient;
  let strict;
  before(async () => {
    lenient = await createSandbox();
    strict = await createSandbox({ strict: true });
  });
  after(() => Promise.all([lenient.close(), strict.close()]));

  const order = (sandbox, more) => ({
    path: '/v3/pay/transactions/native',
    json: {
      appid: APPID,
      mchid: sandbox.options.mchid,
      description: 'QQ\u516c\u4ed4',
      out_trade_no: `ORDER_${sandbox.requests.length}`,
      notify_url: 'http://127.0.0.1:9/',
      amount: { total: 1 },
      ...more,
    },
  });
  const get = (path) => ({ method: 'GET', path });

  for (const [what, requestOf, field, issue, location] of [
    ['a field', () => contract({ openid: 'o1' }), '/openid', UNKNOWN, 'body'],
    ['a misspelled field', () => contract({ Appid: 'x' }), '/Appid', UNKNOWN, 'body'],
    ['a field without a name', () => contract({ '': 'x' }), '/', UNKNOWN, 'body'],
    ['a field like a path', () => contract({ 'a/b~c': 'x' }), '/a~1b~0c', UNKNOWN, 'body'],
    [
      'a field with a long name',
      () => contract({ ['n'.repeat(2000)]: 'x' }),
      `/${'n'.repeat(256)}`,
      UNKNOWN,
      'body',
    ],
    ['constructor', () => contract({ constructor: 'x' }), '/constructor', UNKNOWN, 'body'],
    [
      '__proto__',
      () => ({
        path: PATH,
        body: `${JSON.stringify(CONTRACT).slice(0, -1)},"__proto__":{"appid":"wx2"}}`,
      }),
      '/__proto__',
      UNKNOWN,
      'body',
    ],
    [
      'a field within another',
      (sandbox) => order(sandbox, { amount: { total: 1, totl: 1 } }),
      '/amount/totl',
      UNKNOWN,
      'body',
    ],
    [
      'a value within another',
      (sandbox) => order(sandbox, { limit_pay: ['no_cash'] }),
      '/limit_pay/0',
      'is none of the documented values no_balance, no_credit, no_debit, balance_only',
      'body',
    ],
    [
      'a parameter of a query',
      () => ({ path: `${PATH}?x=1`, json: CONTRACT }),
      'x',
      UNKNOWN,
      'query',
    ],
    [
      'a parameter of a bill',
      () => get('/v3/bill/tradebill?bill_date=2026-11-22&x=1'),
      'x',
      UNKNOWN,
      'query',
    ],
    ['a part of a form', () => formOf(META, MORE), '/more', UNKNOWN, 'body'],
    ['a field of a form', () => formOf({ ...META, size: 3 }), '/size', UNKNOWN, 'body'],
  ]) {
    test(`${what} is noted, and refused under strict`, async () => {
      const accepted = await send(lenient, requestOf(lenient));
      assert.equal(accepted.status, 200, lenient.requests.at(-1).result.reason);
      assert.deepEqual(lenient.requests.at(-1).notes, [`${field}: ${issue}`]);
      const { status, json } = await send(strict, requestOf(strict));
      assert.deepEqual([status, json.code], [400, 'PARAM_ERROR']);
      const { value: _, ...detail } = json.detail;
      assert.deepEqual(detail, { field, issue, location });
    });
  }

  test('a value of a query is noted, whatever becomes of the call', async () => {
    const path = `/v3/ecommerce/individual-contracts/o1?appid=${APPID}&permission_type=ANY`;
    assert.equal((await send(lenient, get(path))).status, 404);
    const note = 'permission_type: is none of the documented values INDIVIDUAL_PAYEE';
    assert.deepEqual(lenient.requests.at(-1).notes, [note]);
    assert.equal((await send(strict, get(path))).json.detail.field, 'permission_type');
  });

  test('a body of a request that has none', async () => {
    const path = '/v3/certificates';
    const request = { method: 'GET', path, body: '{}' };
    assert.equal((await send(lenient, request)).status, 404);
    assert.deepEqual(lenient.requests.at(-1).notes, [`the body: ${UNKNOWN}`]);
    assert.equal((await send(strict, request)).json.detail.field, '');
  });
});

const MORE = '--b\r\nContent-Disposition: form-data; name="more"\r\n\r\nx\r\n';
