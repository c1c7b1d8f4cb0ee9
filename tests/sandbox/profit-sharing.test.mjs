// Profit sharing: who may receive, what is left to share, what comes back.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createSandbox } from 'wechatpay-wasm/sandbox';

import { plainClient } from './two-clients.mjs';

const sandbox = await createSandbox();
const client = plainClient(sandbox);
const { mchid } = sandbox.options;
const FAMILY = '/v3/profitsharing';
const APPID = 'wxd678efh567hg6787';
const STORE = { type: 'MERCHANT_ID', account: '86693852' };

const paid = async (outTradeNo, settleInfo) => {
  await client.post('/v3/pay/transactions/native', {
    appid: APPID,
    mchid,
    description: 'QQ公仔',
    out_trade_no: outTradeNo,
    notify_url: 'http://127.0.0.1:9/notify',
    amount: { total: 100 },
    settle_info: settleInfo,
  });
  sandbox.pay(outTradeNo);
  const path = `/v3/pay/transactions/out-trade-no/${outTradeNo}?mchid=${mchid}`;
  return (await client.get(path)).data.transaction_id;
};
const share = (id, number, amounts, unfreeze = false) =>
  client.post(`${FAMILY}/orders`, {
    appid: APPID,
    transaction_id: id,
    out_order_no: number,
    receivers: amounts.map((amount) => ({ ...STORE, amount, description: '分账' })),
    unfreeze_unsplit: unfreeze,
  });
const left = async (id) =>
  (await client.get(`${FAMILY}/transactions/${id}/amounts`)).data.unsplit_amount;
const codeOf = ({ status, code }) => [status, code];

test('receivers are added before they receive', async () => {
  const id = await paid('ORDER_1', { profit_sharing: true });
  assert.equal(await left(id), 100);
  assert.deepEqual(codeOf(await share(id, 'P1', [10])), [400, 'INVALID_REQUEST']);
  const receiver = { ...STORE, relation_type: 'STORE' };
  const added = await client.post(`${FAMILY}/receivers/add`, { appid: APPID, ...receiver });
  assert.deepEqual(added.data, receiver);
  const custom = await client.post(`${FAMILY}/receivers/add`, {
    appid: APPID,
    ...STORE,
    relation_type: 'CUSTOM',
  });
  assert.equal(custom.detail.field, '/custom_relation');
});

test('parts are shared until the rest is unfrozen', async () => {
  const id = await paid('ORDER_2', { profit_sharing: true });
  const { data } = await share(id, 'P2', [10, 20]);
  assert.equal(data.state, 'PROCESSING');
  const query = `${FAMILY}/orders/P2?transaction_id=${id}`;
  const found = (await client.get(query)).data;
  assert.equal(found.state, 'FINISHED');
  assert.deepEqual(
    found.receivers.map(({ amount, result }) => [amount, result]),
    [
      [10, 'SUCCESS'],
      [20, 'SUCCESS'],
    ],
  );
  assert.equal((await share(id, 'P2', [10, 20])).data.order_id, data.order_id);
  assert.deepEqual(codeOf(await share(id, 'P2', [10, 21])), [400, 'INVALID_REQUEST']);
  assert.equal(await left(id), 70);
  assert.deepEqual(codeOf(await share(id, 'P3', [71])), [403, 'NOT_ENOUGH']);
  const rest = await client.post(`${FAMILY}/orders/unfreeze`, {
    transaction_id: id,
    out_order_no: 'P4',
    description: '解冻全部剩余资金',
  });
  assert.deepEqual(
    rest.data.receivers.map(({ account, amount }) => [account, amount]),
    [[mchid, 70]],
  );
  assert.equal(await left(id), 0);
  assert.deepEqual(codeOf(await share(id, 'P5', [1])), [400, 'INVALID_REQUEST']);
});

test('what was given comes back in parts', async () => {
  const giveBack = (number, amount) =>
    client.post(`${FAMILY}/return-orders`, {
      out_order_no: 'P2',
      out_return_no: number,
      return_mchid: STORE.account,
      amount,
      description: '用户退款',
    });
  // Two receivers of P2 are the same merchant: the first one gives back.
  const { data } = await giveBack('B1', 6);
  assert.equal((await giveBack('B1', 6)).data.return_id, data.return_id);
  assert.deepEqual(codeOf(await giveBack('B2', 5)), [400, 'INVALID_REQUEST']);
  assert.equal((await giveBack('B2', 4)).status, 200);
  const query = await client.get(`${FAMILY}/return-orders/B1?out_order_no=P2`);
  assert.deepEqual(query.data, data);
  const other = await client.get(`${FAMILY}/return-orders/B1?out_order_no=P1`);
  assert.deepEqual(codeOf(other), [404, 'RESOURCE_NOT_EXISTS']);
});

test('an order that was made without profit sharing has none', async () => {
  const id = await paid('ORDER_3');
  assert.deepEqual(codeOf(await share(id, 'P6', [1])), [400, 'INVALID_REQUEST']);
  assert.equal(await left(id), 0);
  assert.deepEqual(codeOf(await share('4200000000', 'P7', [1])), [404, 'RESOURCE_NOT_EXISTS']);
});

test('a receiver that was deleted receives no more', async () => {
  const id = await paid('ORDER_4', { profit_sharing: true });
  const gone = await client.post(`${FAMILY}/receivers/delete`, { appid: APPID, ...STORE });
  assert.deepEqual(gone.data, STORE);
  assert.deepEqual(codeOf(await share(id, 'P8', [1])), [400, 'INVALID_REQUEST']);
  const again = await client.post(`${FAMILY}/receivers/delete`, { appid: APPID, ...STORE });
  assert.deepEqual(codeOf(again), [400, 'INVALID_REQUEST']);
});

// Not in a hook: Node 20.0 runs no hook outside a suite.
test('the sandbox closes', () => sandbox.close());
