// What becomes of an order, whichever way it is paid, and which codes a wrong step gets.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { createSandbox } from 'wechatpay-wasm/sandbox';

import { receiver } from './receiver.mjs';
import { plainClient } from './two-clients.mjs';

describe('orders of the sandbox', { timeout: 60_000 }, () => {
  let now = Date.now();
  let sandbox;
  let client;
  let server;
  let count = 0;
  before(async () => {
    sandbox = await createSandbox({ clock: () => now });
    client = plainClient(sandbox);
    server = await receiver();
  });
  after(async () => {
    await server.close();
    await sandbox.close();
  });

  const newNumber = () => {
    count += 1;
    return `ORDER_${count}`;
  };
  const common = (more) => ({
    description: 'QQ公仔',
    out_trade_no: newNumber(),
    notify_url: server.url,
    amount: { total: 100 },
    ...more,
  });
  const direct = (more) => ({
    appid: 'wxd678efh567hg6787',
    mchid: sandbox.options.mchid,
    ...common(more),
  });
  const partner = (more) => ({
    sp_appid: 'wx8888888888888888',
    sp_mchid: sandbox.options.mchid,
    sub_mchid: '1900000109',
    ...common(more),
  });
  const h5 = { payer_client_ip: '14.23.150.211', h5_info: { type: 'Wap' } };
  const native = (order) => client.post('/v3/pay/transactions/native', order);
  const query = (number) =>
    client.get(`/v3/pay/transactions/out-trade-no/${number}?mchid=${sandbox.options.mchid}`);
  const refusal = ({ status, code }) => ({ status, code });

  const WAYS = [
    ['jsapi', 'JSAPI', 'prepay_id', {}],
    ['app', 'APP', 'prepay_id', {}],
    ['native', 'NATIVE', 'code_url', {}],
    ['h5', 'MWEB', 'h5_url', { scene_info: h5 }],
  ];
  for (const [name, tradeType, member, more] of WAYS) {
    test(`${name}, of a merchant and of a partner`, async () => {
      const openid = name === 'jsapi' ? { payer: { openid: 'oUpF8uMuAJO_M2' } } : {};
      const order = direct({ ...more, ...openid });
      const made = await client.post(`/v3/pay/transactions/${name}`, order);
      assert.deepEqual(Object.keys(made.data), [member]);
      await sandbox.pay(order.out_trade_no);
      assert.equal((await query(order.out_trade_no)).data.trade_type, tradeType);

      const subOpenid = name === 'jsapi' ? { payer: { sub_openid: 'oUpF8uMuAJO_M2' } } : {};
      const sub = partner({ ...more, ...subOpenid });
      const { data } = await client.post(`/v3/pay/partner/transactions/${name}`, sub);
      assert.deepEqual(Object.keys(data), [member]);
      const who = `sp_mchid=${sub.sp_mchid}&sub_mchid=${sub.sub_mchid}`;
      const ask = `/v3/pay/partner/transactions/out-trade-no/${sub.out_trade_no}?${who}`;
      assert.equal((await client.get(ask)).data.trade_state, 'NOTPAY');
      await sandbox.pay(sub.out_trade_no);
      const paid = (await client.get(ask)).data;
      assert.equal(paid.trade_state, 'SUCCESS');
      assert.equal(paid.sub_mchid, sub.sub_mchid);
      assert.equal(paid.sp_mchid, sub.sp_mchid);
      // Another merchant of the same partner has no such order.
      const other = ask.replace(sub.sub_mchid, '1900000110');
      assert.equal((await client.get(other)).code, 'ORDER_NOT_EXIST');
    });
  }

  test('a payment by code is paid at once', async () => {
    const { notify_url: _, ...order } = direct({
      payer: { auth_code: '130061098828009406' },
      scene_info: { store_info: { id: '0001' } },
    });
    const { data } = await client.post('/v3/pay/transactions/codepay', order);
    assert.equal(data.trade_state, 'SUCCESS');
    assert.equal(data.trade_type, 'MICROPAY');
    assert.deepEqual((await query(order.out_trade_no)).data, data);
    const again = await client.post('/v3/pay/transactions/codepay', order);
    assert.deepEqual(refusal(again), { status: 400, code: 'ORDERPAID' });
    const who = { appid: order.appid, mchid: order.mchid };
    const path = `/v3/pay/transactions/out-trade-no/${order.out_trade_no}/reverse`;
    assert.equal((await client.post(path, who)).status, 200);
    assert.equal((await query(order.out_trade_no)).data.trade_state, 'REVOKED');
  });

  test('the same number again', async () => {
    const order = direct();
    const { data } = await native(order);
    assert.deepEqual((await native({ ...order })).data, data);
    const other = { ...order, amount: { total: 101 } };
    assert.deepEqual(refusal(await native(other)), { status: 403, code: 'OUT_TRADE_NO_USED' });
    await sandbox.pay(order.out_trade_no);
    assert.deepEqual(refusal(await native(order)), { status: 400, code: 'ORDERPAID' });
    await assert.rejects(sandbox.pay(order.out_trade_no), /is paid already/);
    await assert.rejects(sandbox.pay('ORDER_0'), /there is no order ORDER_0/);
  });

  test('a closed order', async () => {
    const order = direct();
    const path = `/v3/pay/transactions/out-trade-no/${order.out_trade_no}/close`;
    const body = { mchid: order.mchid };
    assert.deepEqual(refusal(await client.post(path, body)), {
      status: 404,
      code: 'ORDER_NOT_EXIST',
    });
    await native(order);
    assert.deepEqual(await client.post(path, body), { status: 204, data: undefined });
    assert.equal((await query(order.out_trade_no)).data.trade_state, 'CLOSED');
    assert.deepEqual(refusal(await client.post(path, body)), { status: 400, code: 'ORDER_CLOSED' });
    assert.deepEqual(refusal(await native(order)), { status: 400, code: 'ORDER_CLOSED' });
    await assert.rejects(sandbox.pay(order.out_trade_no), /is closed/);
  });

  test('a paid order is not closed', async () => {
    const order = direct();
    await native(order);
    await sandbox.pay(order.out_trade_no);
    const path = `/v3/pay/transactions/out-trade-no/${order.out_trade_no}/close`;
    const response = await client.post(path, { mchid: order.mchid });
    assert.deepEqual(refusal(response), { status: 400, code: 'ORDERPAID' });
  });

  test('time_expire closes an order', async () => {
    const time = new Date(Math.floor(now / 1000) * 1000 + 60_000).toISOString();
    const order = direct({ time_expire: time.replace('.000Z', '+00:00') });
    await native(order);
    now += 59_000;
    assert.equal((await query(order.out_trade_no)).data.trade_state, 'NOTPAY');
    now += 2_000;
    assert.equal((await query(order.out_trade_no)).data.trade_state, 'CLOSED');
    await assert.rejects(sandbox.pay(order.out_trade_no), /is closed/);
    const late = await native(direct({ time_expire: order.time_expire }));
    assert.equal(late.detail.field, '/time_expire');
    now -= 61_000;
  });

  test('a combined order is paid with all of its orders', async () => {
    const part = (total) => ({
      mchid: sandbox.options.mchid,
      sub_mchid: '1900000109',
      attach: '深圳分店',
      amount: { total_amount: total, currency: 'CNY' },
      out_trade_no: newNumber(),
      description: 'QQ公仔',
    });
    const order = {
      combine_appid: 'wxd678efh567hg6787',
      combine_mchid: sandbox.options.mchid,
      combine_out_trade_no: newNumber(),
      sub_orders: [part(10), part(20)],
      combine_payer_info: { openid: 'oUpF8uMuAJO_M2' },
      notify_url: server.url,
    };
    const make = (body) => client.post('/v3/combine-transactions/jsapi', body);
    const { data } = await make(order);
    assert.deepEqual((await make(order)).data, data);
    const other = await make({ ...order, sub_orders: [part(10)] });
    assert.deepEqual(refusal(other), { status: 403, code: 'OUT_TRADE_NO_USED' });
    const path = `/v3/combine-transactions/out-trade-no/${order.combine_out_trade_no}`;
    const states = async () =>
      (await client.get(path)).data.sub_orders.map(({ trade_state: state }) => state);
    assert.deepEqual(await states(), ['NOTPAY', 'NOTPAY']);
    await assert.rejects(sandbox.pay(order.sub_orders[0].out_trade_no), /is paid with all of/);
    server.requests.length = 0;
    await sandbox.pay(order.combine_out_trade_no);
    assert.deepEqual(await states(), ['SUCCESS', 'SUCCESS']);
    const [{ resource }] = server.requests.map((request) => client.notification(request));
    assert.deepEqual(resource, (await client.get(path)).data);
    assert.deepEqual(
      resource.sub_orders.map(({ amount }) => amount.payer_amount),
      [10, 20],
    );
    const refund = await client.post('/v3/refund/domestic/refunds', {
      sub_mchid: '1900000109',
      out_trade_no: order.sub_orders[1].out_trade_no,
      out_refund_no: 'REFUND_OF_PART',
      amount: { refund: 20, total: 20, currency: 'CNY' },
    });
    assert.equal(refund.status, 200);
    assert.deepEqual(await states(), ['SUCCESS', 'REFUND']);
  });

  test('a combined order is closed with all of its orders', async () => {
    const part = {
      mchid: sandbox.options.mchid,
      attach: '',
      amount: { total_amount: 1, currency: 'CNY' },
      out_trade_no: newNumber(),
      description: 'QQ公仔',
    };
    const order = {
      combine_appid: 'wxd678efh567hg6787',
      combine_mchid: sandbox.options.mchid,
      combine_out_trade_no: newNumber(),
      sub_orders: [{ ...part, attach: 'a' }],
      notify_url: server.url,
    };
    const empty = await client.post('/v3/combine-transactions/app', {
      ...order,
      sub_orders: [part],
    });
    assert.equal(empty.detail.field, '/sub_orders/0/attach');
    await client.post('/v3/combine-transactions/app', order);
    const path = `/v3/combine-transactions/out-trade-no/${order.combine_out_trade_no}/close`;
    const body = {
      combine_appid: order.combine_appid,
      sub_orders: [{ mchid: part.mchid, out_trade_no: part.out_trade_no }],
    };
    assert.equal((await client.post(path, body)).status, 204);
    assert.equal((await client.post(path, body)).code, 'ORDER_CLOSED');
    await assert.rejects(sandbox.pay(order.combine_out_trade_no), /is closed/);
  });

  const WRONG = [
    [{ amount: { total: 0 } }, '/amount/total', 'is not from 1 to 9007199254740991'],
    [{ amount: { total: '100' } }, '/amount/total', 'is not a whole number'],
    [{ amount: { total: 1.5 } }, '/amount/total', 'is not a whole number'],
    [{ amount: {} }, '/amount/total', 'is required'],
    [{ amount: undefined }, '/amount', 'is required'],
    [{ amount: { total: 1, currency: 'USD' } }, '/amount/currency', 'is not CNY'],
    [{ amount: { totl: 1 } }, '/amount/total', 'is required'],
    [{ out_trade_no: 'SHORT' }, '/out_trade_no', 'is shorter than 6 characters'],
    [{ notify_url: 'notify' }, '/notify_url', 'is not a URL of http or https'],
    [
      { notify_url: 'https://a.example/?b' },
      '/notify_url',
      'has a query, which WeChat Pay does not accept',
    ],
    [{ time_expire: 'soon' }, '/time_expire', 'is not a time as in 2018-06-08T10:34:56+08:00'],
    [{ detail: { goods_detail: [{}] } }, '/detail/goods_detail/0/merchant_goods_id', 'is required'],
    [
      { settle_info: { profit_sharing: 'true' } },
      '/settle_info/profit_sharing',
      'is not true or false',
    ],
    [{ payer: [] }, '/payer', 'is not an object'],
    [{ limit_pay: [] }, '/limit_pay', 'does not have 1 to 8 elements'],
    [{ description: 'x'.repeat(128) }, '/description', 'is longer than 127 characters'],
  ];
  for (const [wrong, field, issue] of WRONG) {
    test(`${JSON.stringify(wrong).slice(0, 60)} is refused`, async () => {
      const { status, code, detail } = await native(direct(wrong));
      assert.deepEqual([status, code], [400, 'PARAM_ERROR']);
      assert.deepEqual([detail.field, detail.issue, detail.location], [field, issue, 'body']);
    });
  }

  test('a JSAPI order names its payer, and an order its own merchant', async () => {
    const jsapi = await client.post('/v3/pay/transactions/jsapi', direct({ payer: {} }));
    assert.equal(jsapi.detail.field, '/payer/openid');
    const foreign = await native(direct({ mchid: '1900000109' }));
    assert.deepEqual(refusal(foreign), { status: 400, code: 'INVALID_REQUEST' });
    const asked = await client.get('/v3/pay/transactions/out-trade-no/ORDER_1?mchid=1900000109');
    assert.deepEqual(refusal(asked), { status: 400, code: 'INVALID_REQUEST' });
  });
});
