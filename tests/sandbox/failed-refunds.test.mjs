// Refunds that do not reach the user: given up, or mended by another card. The amounts and the bills add up.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { createSandbox } from 'wechatpay-wasm/sandbox';

import { receiver, until } from './receiver.mjs';
import { plainClient } from './two-clients.mjs';

const TODAY = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
const ORDINARY = '/v3/refund/domestic/refunds';
const ECOMMERCE = '/v3/ecommerce/refunds';

describe('refunds that fail', { timeout: 60_000 }, () => {
  let sandbox;
  let client;
  let server;
  let mchid;
  before(async () => {
    sandbox = await createSandbox();
    client = plainClient(sandbox);
    server = await receiver();
    ({ mchid } = sandbox.options);
  });
  after(async () => {
    await server.close();
    await sandbox.close();
  });

  let count = 0;
  const paid = async () => {
    count += 1;
    const out_trade_no = `ORDER_${count}`;
    await client.post('/v3/pay/partner/transactions/native', {
      ...{ sp_appid: 'wx1', sp_mchid: mchid, sub_mchid: '1900000109' },
      ...{ description: 'QQ公仔', out_trade_no, notify_url: server.url, amount: { total: 100 } },
    });
    await sandbox.pay(out_trade_no);
    return out_trade_no;
  };
  const refund = async (out_trade_no, out_refund_no, amount = 60) =>
    client.post(ORDINARY, {
      ...{ sub_mchid: '1900000109', out_trade_no, out_refund_no, notify_url: server.url },
      amount: { refund: amount, total: 100, currency: 'CNY' },
    });
  const order = async (number) => {
    const path = `/v3/pay/partner/transactions/out-trade-no/${number}`;
    return (await client.get(`${path}?sp_mchid=${mchid}&sub_mchid=1900000109`)).data;
  };
  const queried = async (number) =>
    (await client.get(`${ORDINARY}/${number}?sub_mchid=1900000109`)).data;
  const bill = async (path) => {
    const { data } = await client.get(`${path}?bill_date=${TODAY}`);
    return (await client.download(data)).toString();
  };
  const told = () => client.notification(server.requests.at(-1));

  test('one that is given up: what it took can be refunded again', async () => {
    const number = await paid();
    await refund(number, 'R1');
    assert.equal((await refund(number, 'R2')).code, 'INVALID_REQUEST');
    const delivery = await sandbox.trigger('REFUND.CLOSED', { out_refund_no: 'R1' });
    assert.equal(delivery.delivered, true);
    const { eventType, resource } = told();
    assert.equal(eventType, 'REFUND.CLOSED');
    assert.equal(resource.refund_status, 'CLOSED');
    assert.equal(resource.success_time, undefined);
    assert.equal((await queried('R1')).status, 'CLOSED');
    assert.equal((await queried('R1')).success_time, undefined);
    assert.equal((await order(number)).trade_state, 'SUCCESS');
    assert.equal((await refund(number, 'R2', 100)).status, 200);
    const { data } = await client.get(`${ECOMMERCE}/out-refund-no/R1?sub_mchid=1900000109`);
    assert.equal(data.status, 'CLOSE');
    // 1 yuan was paid, 0.60 tried, and 1 yuan refunded.
    const trades = await bill('/v3/bill/tradebill');
    assert.match(trades, /R1,`0.60,`0.00,`ORIGINAL,`FAIL,/);
    assert.match(trades, /R2,`1.00,`0.00,`ORIGINAL,`SUCCESS,/);
    assert.match(trades, /`3,`1.00,`1.00,`0.00,`0.00000,`1.00,`1.00/);
    const flows = await bill('/v3/bill/fundflowbill');
    assert.match(flows, /`4,`2,`1.60,`2,`1.60/);
    // A second time nothing happens, and it cannot come to life again.
    await sandbox.trigger('REFUND.CLOSED', { out_refund_no: 'R1' });
    assert.equal(await bill('/v3/bill/fundflowbill'), flows);
    await assert.rejects(sandbox.trigger('REFUND.SUCCESS', { out_refund_no: 'R1' }), /is CLOSED/);
    await assert.rejects(sandbox.trigger('REFUND.ABNORMAL', { out_refund_no: 'R1' }), /is CLOSED/);
  });

  for (const family of [ORDINARY, ECOMMERCE]) {
    test(`one that is abnormal is mended at ${family}`, async () => {
      const number = await paid();
      const name = `R_${family.length}`;
      const { data } = await refund(number, name);
      const path = `${family}/${data.refund_id}/apply-abnormal-refund`;
      const body = { out_refund_no: name, sub_mchid: '1900000109', type: 'MERCHANT_BANK_CARD' };
      assert.equal((await client.post(path, body)).code, 'INVALID_REQUEST');
      await sandbox.trigger('REFUND.ABNORMAL', { out_refund_no: name });
      assert.equal(told().resource.refund_status, 'ABNORMAL');
      assert.equal((await queried(name)).status, 'ABNORMAL');
      // The money is not the merchant's again.
      assert.equal((await refund(number, `${name}_2`)).code, 'INVALID_REQUEST');
      const card = await client.post(path, { ...body, type: 'USER_BANK_CARD' });
      assert.deepEqual([card.code, card.detail.field], ['PARAM_ERROR', '/bank_type']);
      const other = await client.post(path, { ...body, out_refund_no: 'R1' });
      assert.equal(other.code, 'INVALID_REQUEST');
      const unknown = path.replace(data.refund_id, '5');
      assert.equal((await client.post(unknown, body)).code, 'RESOURCE_NOT_EXISTS');
      const before = server.requests.length;
      assert.equal((await client.post(path, body)).data.status, 'PROCESSING');
      await until(() => server.requests.length > before);
      assert.equal(told().eventType, 'REFUND.SUCCESS');
      assert.equal((await queried(name)).status, 'SUCCESS');
    });
  }

  test('of an e-commerce platform, by its own endpoints', async () => {
    const out_trade_no = await paid();
    const apply = (amount, more) =>
      client.post(`${ECOMMERCE}/apply`, {
        ...{ sub_mchid: '1900000109', sp_appid: 'wx1', out_trade_no, out_refund_no: `E_${amount}` },
        amount: { refund: amount, total: 100, currency: 'CNY' },
        ...more,
      });
    const { data } = await apply(70, { refund_account: 'REFUND_SOURCE_SUB_MERCHANT' });
    assert.equal(data.refund_account, 'REFUND_SOURCE_SUB_MERCHANT');
    assert.equal(data.amount.refund, 70);
    assert.equal((await apply(31)).code, 'INVALID_REQUEST');
    assert.equal((await apply(-1)).code, 'INVALID_REQUEST');
    assert.equal((await apply(0)).code, 'INVALID_REQUEST');
    assert.equal((await apply(1.5)).detail.field, '/amount/refund');
    assert.equal((await apply(1, { out_trade_no: undefined })).detail.field, '/transaction_id');
    const path = `${ECOMMERCE}/id/${data.refund_id}?sub_mchid=1900000109`;
    assert.equal((await client.get(path)).data.out_refund_no, 'E_70');
    assert.equal((await queried('E_70')).refund_id, data.refund_id);
    assert.equal((await order(out_trade_no)).trade_state, 'REFUND');
  });

  test('two at once of more than there is: one is done', async () => {
    const number = await paid();
    const both = await Promise.all([refund(number, 'T1', 51), refund(number, 'T2', 51)]);
    assert.deepEqual(both.map(({ status }) => status).sort(), [200, 400]);
    const same = await Promise.all([refund(number, 'T3', 1), refund(number, 'T3', 1)]);
    assert.equal(same[0].data.refund_id, same[1].data.refund_id);
    assert.equal((await refund(number, 'T4', 49)).code, 'INVALID_REQUEST');
    assert.equal((await refund(number, 'T4', 48)).status, 200);
  });
});
