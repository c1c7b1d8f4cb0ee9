// Refunds: the amounts add up, and the same request is carried out once.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createSandbox } from 'wechatpay-wasm/sandbox';

import { plainClient } from './two-clients.mjs';

const sandbox = await createSandbox();
const client = plainClient(sandbox);
const { mchid } = sandbox.options;
const PATH = '/v3/refund/domestic/refunds';

// Nobody listens at the address: the notification is given up when the sandbox closes.
const order = async (outTradeNo) => {
  const response = await client.post('/v3/pay/transactions/native', {
    appid: 'wxd678efh567hg6787',
    mchid,
    description: 'QQ公仔',
    out_trade_no: outTradeNo,
    notify_url: 'http://127.0.0.1:9/notify',
    amount: { total: 100 },
    settle_info: { profit_sharing: true },
  });
  assert.equal(response.status, 200);
};
const refund = (outTradeNo, outRefundNo, amount, more = {}) =>
  client.post(PATH, {
    out_trade_no: outTradeNo,
    out_refund_no: outRefundNo,
    amount: { refund: amount, total: 100, currency: 'CNY', ...more },
  });
const codeOf = async (response) => {
  const { status, code } = await response;
  return [status, code];
};

test('an order that is not there, or not paid', async () => {
  assert.deepEqual(await codeOf(refund('ORDER_1', 'R1', 1)), [404, 'RESOURCE_NOT_EXISTS']);
  await order('ORDER_1');
  assert.deepEqual(await codeOf(refund('ORDER_1', 'R1', 1)), [400, 'INVALID_REQUEST']);
  assert.deepEqual(await codeOf(client.get(`${PATH}/R1`)), [404, 'RESOURCE_NOT_EXISTS']);
});

test('the same request again is the same refund; another one is refused', async () => {
  sandbox.pay('ORDER_1');
  const first = await refund('ORDER_1', 'R1', 60);
  assert.equal(first.data.status, 'PROCESSING');
  const again = await refund('ORDER_1', 'R1', 60);
  assert.equal(again.data.refund_id, first.data.refund_id);
  assert.equal(again.data.status, 'SUCCESS');
  assert.deepEqual(again.data, (await client.get(`${PATH}/R1`)).data);
  assert.deepEqual(await codeOf(refund('ORDER_1', 'R1', 61)), [400, 'INVALID_REQUEST']);
});

test('more than there is, or another total, is refused', async () => {
  assert.deepEqual(await codeOf(refund('ORDER_1', 'R2', 41)), [400, 'INVALID_REQUEST']);
  assert.deepEqual(await codeOf(refund('ORDER_1', 'R2', 40, { total: 99 })), [
    400,
    'INVALID_REQUEST',
  ]);
  assert.equal((await refund('ORDER_1', 'R2', 40)).status, 200);
  assert.deepEqual(await codeOf(refund('ORDER_1', 'R3', 1)), [400, 'INVALID_REQUEST']);
});

test('what was given to others is not there to be refunded', async () => {
  await order('ORDER_2');
  sandbox.pay('ORDER_2');
  const path = `/v3/pay/transactions/out-trade-no/ORDER_2?mchid=${mchid}`;
  const { transaction_id: id } = (await client.get(path)).data;
  const receiver = { appid: 'wx8888888888888888', type: 'MERCHANT_ID', account: '86693852' };
  await client.post('/v3/profitsharing/receivers/add', { ...receiver, relation_type: 'STORE' });
  const shared = await client.post('/v3/profitsharing/orders', {
    appid: receiver.appid,
    transaction_id: id,
    out_order_no: 'P1',
    receivers: [{ type: 'MERCHANT_ID', account: '86693852', amount: 30, description: '分账' }],
    unfreeze_unsplit: true,
  });
  assert.equal(shared.status, 200);
  assert.deepEqual(await codeOf(refund('ORDER_2', 'R4', 71)), [403, 'NOT_ENOUGH']);
  assert.equal((await refund('ORDER_2', 'R4', 70)).status, 200);
  assert.deepEqual(await codeOf(refund('ORDER_2', 'R5', 30)), [403, 'NOT_ENOUGH']);
  const back = await client.post('/v3/profitsharing/return-orders', {
    out_order_no: 'P1',
    out_return_no: 'B1',
    return_mchid: '86693852',
    amount: 30,
    description: '用户退款',
  });
  assert.equal(back.data.result, 'SUCCESS');
  assert.equal((await refund('ORDER_2', 'R5', 30)).status, 200);
});

test('a refund names its order', async () => {
  const { detail } = await client.post(PATH, {
    out_refund_no: 'R6',
    amount: { refund: 1, total: 100, currency: 'CNY' },
  });
  assert.equal(detail.field, '/transaction_id');
  assert.equal(detail.issue, 'is required, or out_trade_no');
});

// Not in a hook: Node 20.0 runs no hook outside a suite.
test('the sandbox closes', () => sandbox.close());
