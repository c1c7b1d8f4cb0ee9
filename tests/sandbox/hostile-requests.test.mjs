// Requests that nobody would send by mistake: names of Object.prototype, numbers that are none, forms and bodies
// that take long. The sandbox answers each, and goes on.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { after, before, describe, test } from 'node:test';

import { createSandbox } from 'wechatpay-wasm/sandbox';

import { CONTRACT, PATH, send } from './signed-request.mjs';
import { plainClient } from './two-clients.mjs';

const ORDERS = '/v3/pay/transactions';
const NAMES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];

describe('hostile requests', { timeout: 60_000 }, () => {
  let sandbox;
  let client;
  let mchid;
  before(async () => {
    sandbox = await createSandbox();
    client = plainClient(sandbox);
    ({ mchid } = sandbox.options);
  });
  after(() => sandbox.close());

  const order = (out_trade_no, more) => ({
    ...{ appid: 'wx1', mchid, description: 'a', out_trade_no },
    ...{ notify_url: 'http://127.0.0.1:9/', amount: { total: 100 } },
    ...more,
  });
  const text = (value, total) => JSON.stringify(value).replace('"total":100', `"total":${total}`);
  const post = (path, body) => send(sandbox, { path, body });

  test('names of Object.prototype are numbers like any other', async () => {
    for (const name of NAMES) {
      const asked = `${ORDERS}/out-trade-no/${name}?mchid=${mchid}`;
      const refund = `/v3/refund/domestic/refunds/${name}`;
      const combined = `/v3/combine-transactions/out-trade-no/${name}`;
      const shared = `/v3/profitsharing/orders/${name}?transaction_id=${name}`;
      for (const path of [asked, refund, combined, shared]) {
        assert.equal((await client.get(path)).status, 404, path);
      }
      await assert.rejects(sandbox.pay(name), /there is no order/);
      assert.equal((await client.post(`${ORDERS}/native`, order(name))).status, 200);
      sandbox.pay(name);
      assert.equal((await client.get(asked)).data.trade_state, 'SUCCESS');
      const amount = { refund: 1, total: 100, currency: 'CNY' };
      const asks = { out_trade_no: name, out_refund_no: name, amount };
      assert.equal((await client.post('/v3/refund/domestic/refunds', asks)).status, 200);
      assert.equal((await client.get(refund)).data.out_refund_no, name);
    }
  });

  test('a required field is no field of a prototype', async () => {
    for (const [body, field] of [
      [
        text(order('PROTO_1')).replace('"total":undefined', '"__proto__":{"total":1}'),
        '/amount/total',
      ],
      [text(order('PROTO_1'), 1).replace('"description"', '"__proto__"'), '/description'],
    ]) {
      const { json } = await post(`${ORDERS}/native`, body);
      assert.deepEqual([json.detail.field, json.detail.issue], [field, 'is required']);
    }
    const documented = '{"__proto__":{"service_id":"1"},"appid":"wx1","authorization_code":"A"}';
    const { json } = await post('/v3/payscore/permissions', documented);
    assert.equal(json.detail.field, '/service_id');
    assert.equal({}.service_id, undefined);
  });

  test('in queries, headers and paths, too', async () => {
    for (const name of NAMES) {
      const response = await send(sandbox, {
        path: `${PATH}?${name}=1`,
        headers: { [name]: 'x', 'Wechatpay-Serial': name },
      });
      assert.equal(response.status, 200, name);
      assert.equal(sandbox.requests.at(-1).notes.length, 1);
      const faulty = await send(sandbox, { headers: { 'Sandbox-Faults': name } });
      assert.equal(faulty.json.code, 'PARAM_ERROR');
      for (const path of [`/v3/${name}`, `/v3/merchant-service/complaints-v2/${name}`]) {
        assert.ok((await send(sandbox, { method: 'GET', path })).status < 500);
      }
    }
  });

  test('amounts that are none', async () => {
    for (const total of [
      '1.5',
      '"1"',
      '-1',
      '0',
      '-0',
      '1e400',
      '9007199254740992',
      'null',
      '[1]',
      '{}',
    ]) {
      const { status, json } = await post(`${ORDERS}/native`, text(order('AMOUNT_1'), total));
      assert.deepEqual([status, json.detail?.field], [400, '/amount/total'], total);
    }
    assert.equal((await post(`${ORDERS}/native`, text(order('AMOUNT_1'), '1e2'))).status, 200);
    await client.post(`${ORDERS}/native`, order('AMOUNT_2'));
    sandbox.pay('AMOUNT_2');
    for (const refund of [1.5, '1', -1, 0, 2 ** 53, null]) {
      const amount = { refund, total: 100, currency: 'CNY' };
      const asks = { out_trade_no: 'AMOUNT_2', out_refund_no: 'AMOUNT', amount };
      const { detail } = await client.post('/v3/refund/domestic/refunds', asks);
      assert.equal(detail.field, '/amount/refund');
    }
  });

  test('numbers of documented endpoints that JSON cannot carry', async () => {
    const path = '/v3/marketing/favor/users/o1/coupons';
    const coupon = (value) =>
      `{"stock_id":"1","out_request_no":"1","appid":"wx1","stock_creator_mchid":"1","coupon_value":${value}}`;
    assert.equal((await post(path, coupon('1'))).status, 200);
    for (const value of ['1e400', '9007199254740993', '1.5', '"1"']) {
      const { status, json } = await post(path, coupon(value));
      assert.deepEqual([status, json.detail?.field], [400, '/coupon_value'], value);
    }
  });

  test('dates of bills that are none', async () => {
    for (const date of ['2026-02-30', '2026-13-01', '2026-00-10', '20261127', '----------']) {
      const { code } = await client.get(`/v3/bill/tradebill?bill_date=${date}`);
      assert.equal(code, 'INVALID_REQUEST', date);
    }
    assert.equal((await client.get('/v3/bill/tradebill?bill_date=2024-02-29')).status, 200);
  });

  test('a form whose head never ends', async () => {
    const line = 'Content-Disposition: form-data; name="\r\n';
    const sentBody = `--b\r\n${line.repeat(100_000)}\r\n\r\n--b--\r\n`;
    const begun = Date.now();
    const response = await send(sandbox, {
      path: '/v3/merchant/media/upload',
      sentBody,
      headers: { 'Content-Type': 'multipart/form-data; boundary=b', 'Content-Length': undefined },
    });
    assert.equal(response.json.code, 'INVALID_REQUEST');
    // A form of this size that is right takes a twentieth of a second.
    assert.ok(Date.now() - begun < 5_000);
  });

  test('JSON that is nested deeply, wherever it is', async () => {
    const nested = '['.repeat(100_000) + ']'.repeat(100_000);
    for (const [path, body, status] of [
      [PATH, `{"appid":"wx1","out_contract_code":"A","more":${nested}}`, 200],
      [`${ORDERS}/native`, text(order('DEEP_1'), nested), 400],
      ['/v3/payscore/permissions', `{"service_id":${nested}}`, 400],
      ['/v3/payscore/permissions', nested, 400],
    ]) {
      assert.equal((await post(path, body)).status, status);
    }
  });

  test('clients that are slow, or go away, keep nobody waiting', async () => {
    const { port } = new URL(sandbox.url);
    const slow = Array.from({ length: 20 }, () => connect(port, '127.0.0.1'));
    const heads = [
      'POST / HT',
      `POST ${PATH} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: 9\r\n\r\n{`,
    ];
    for (const [at, socket] of slow.entries()) {
      socket.on('error', () => {});
      await once(socket, 'connect');
      socket.write(heads[at % 2]);
    }
    const before = sandbox.requests.length;
    assert.equal((await send(sandbox, { json: CONTRACT })).status, 200);
    for (const socket of slow.slice(0, 10)) socket.destroy();
    assert.equal((await send(sandbox, { json: CONTRACT })).status, 200);
    assert.equal(sandbox.requests.length, before + 2);
    const ended = Promise.all(slow.slice(10).map((socket) => once(socket, 'close')));
    await sandbox.close();
    await ended;
  });
});
