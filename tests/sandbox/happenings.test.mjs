// What happens without a request of the merchant, and what it leaves behind: a password that is typed, a
// transfer that fails, profit sharing that is told of.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { createSandbox } from 'wechatpay-wasm/sandbox';

import { receiver, until } from './receiver.mjs';
import { plainClient } from './two-clients.mjs';

const DIRECT = '/v3/pay/transactions';
const TRANSFERS = '/v3/fund-app/mch-transfer/transfer-bills';
const ECOMMERCE = '/v3/ecommerce/profitsharing';

describe('what happens by itself', { timeout: 60_000 }, () => {
  let sandbox;
  let client;
  let server;
  let mchid;
  let now = Date.UTC(2026, 10, 27, 4);
  before(async () => {
    sandbox = await createSandbox({ clock: () => now });
    client = plainClient(sandbox, () => now);
    server = await receiver();
    ({ mchid } = sandbox.options);
  });
  after(async () => {
    await server.close();
    await sandbox.close();
  });

  const order = (out_trade_no, more) => ({
    ...{ appid: 'wx1', mchid, description: 'QQ公仔', out_trade_no },
    amount: { total: 100 },
    ...more,
  });
  const prepay = (number, more) =>
    client.post(`${DIRECT}/native`, order(number, { notify_url: server.url, ...more }));
  const queried = async (number) =>
    (await client.get(`${DIRECT}/out-trade-no/${number}?mchid=${mchid}`)).data;
  const told = () => client.notification(server.requests.at(-1));
  const byCode = (number, total) =>
    client.post(
      `${DIRECT}/codepay`,
      order(number, {
        payer: { auth_code: '130061098828009406' },
        scene_info: { store_info: { id: '1' } },
        amount: { total },
      }),
    );

  test('a payment by code of more than 1,000 yuan waits for the password', async () => {
    assert.equal((await byCode('CODE_1', 100_000)).data.trade_state, 'SUCCESS');
    const asked = await byCode('CODE_2', 100_001);
    assert.deepEqual([asked.status, asked.data.code], [202, 'USERPAYING']);
    const waiting = await queried('CODE_2');
    assert.equal(waiting.trade_state, 'USERPAYING');
    assert.equal(waiting.transaction_id, undefined);
    assert.equal((await byCode('CODE_2', 100_001)).status, 202);
    // An order by code has no notify_url.
    assert.equal(await sandbox.pay('CODE_2'), undefined);
    assert.equal((await queried('CODE_2')).trade_state, 'SUCCESS');
    assert.equal((await byCode('CODE_2', 100_001)).code, 'ORDERPAID');
  });

  test('and can be taken back meanwhile', async () => {
    await byCode('CODE_3', 100_001);
    const who = { appid: 'wx1', mchid };
    const reversed = await client.post(`${DIRECT}/out-trade-no/CODE_3/reverse`, who);
    assert.equal(reversed.status, 200);
    assert.equal((await queried('CODE_3')).trade_state, 'REVOKED');
    await assert.rejects(sandbox.pay('CODE_3'), /is closed/);
    // Nothing was paid: nothing is in the bill.
    const { data } = await client.get('/v3/bill/tradebill?bill_date=2026-11-27');
    assert.doesNotMatch((await client.download(data)).toString(), /CODE_3/);
  });

  test('but not once a part was given to others', async () => {
    const { data } = await client.post(
      `${DIRECT}/codepay`,
      order('CODE_4', {
        payer: { auth_code: '130061098828009406' },
        scene_info: { store_info: { id: '1' } },
        settle_info: { profit_sharing: true },
      }),
    );
    const receiver = { type: 'MERCHANT_ID', account: '190001' };
    const who = { appid: 'wx1', ...receiver, relation_type: 'STORE' };
    await client.post('/v3/profitsharing/receivers/add', who);
    const shared = await client.post('/v3/profitsharing/orders', {
      ...{ appid: 'wx1', transaction_id: data.transaction_id, out_order_no: 'CODE_P' },
      ...{ receivers: [{ ...receiver, amount: 30, description: 'a' }], unfreeze_unsplit: false },
    });
    assert.equal(shared.status, 200);
    const path = `${DIRECT}/out-trade-no/CODE_4/reverse`;
    assert.equal((await client.post(path, { appid: 'wx1', mchid })).code, 'NOT_ENOUGH');
    assert.equal((await queried('CODE_4')).trade_state, 'SUCCESS');
  });

  test('every documented code of the sandbox can be chosen by name', async () => {
    for (const code of ['ORDERPAID', 'USERPAYING', 'OUT_TRADE_NO_USED', 'ORDER_CLOSED']) {
      sandbox.respond('POST', `${DIRECT}/native`, { code, times: 1 });
      const { code: given, data } = await prepay('CHOSEN_1');
      assert.equal(given ?? data.code, code);
    }
    assert.equal((await prepay('CHOSEN_1')).status, 200);
  });

  test('an event to a wrong address pays nothing', async () => {
    await prepay('ORDER_1');
    for (const to of ['ftp://127.0.0.1/', 'notify', '', null]) {
      const fields = { out_trade_no: 'ORDER_1', to };
      await assert.rejects(sandbox.trigger('TRANSACTION.SUCCESS', fields), TypeError);
    }
    assert.equal((await queried('ORDER_1')).trade_state, 'NOTPAY');
  });

  test('a combined order has a number of its own once it is paid', async () => {
    const part = (out_trade_no) => ({
      ...{ mchid, attach: 'a', out_trade_no, description: 'QQ公仔' },
      amount: { total_amount: 5, currency: 'CNY' },
    });
    await client.post('/v3/combine-transactions/miniprogram', {
      ...{ combine_appid: 'wx1', combine_mchid: mchid, combine_out_trade_no: 'COMBINED_1' },
      sub_orders: ['PART_1', 'PART_2'].map((number) => ({
        ...part(number),
        individual_auth_id: '19000001',
      })),
      combine_payer_info: { openid: 'o1' },
      notify_url: server.url,
    });
    const path = '/v3/combine-transactions';
    const before = await client.get(`${path}/out-trade-no/COMBINED_1`);
    assert.equal(before.data.combine_transaction_id, undefined);
    await sandbox.pay('COMBINED_1');
    const { data } = await client.get(`${path}/out-trade-no/COMBINED_1`);
    assert.deepEqual((await client.get(`${path}/id/${data.combine_transaction_id}`)).data, data);
    assert.deepEqual(told().resource, data);
    assert.equal((await client.get(`${path}/id/4200000000`)).code, 'ORDER_NOT_EXIST');
  });

  const transfer = (out_bill_no, path = TRANSFERS, more = { openid: 'o1' }) =>
    client.post(path, {
      ...{ appid: 'wx1', out_bill_no, transfer_amount: 100, transfer_remark: 'a' },
      ...{ transfer_scene_id: '1000', notify_url: server.url },
      transfer_scene_report_infos: [{ info_type: 'a', info_content: 'b' }],
      ...more,
    });
  const transferred = async (number) =>
    (await client.get(`${TRANSFERS}/out-bill-no/${number}`)).data;

  test('a transfer fails, and stays so', async () => {
    await transfer('BILL1');
    const fields = { out_bill_no: 'BILL1', state: 'FAIL', fail_reason: 'REALNAME_CHECK_FAIL' };
    await sandbox.trigger('MCHTRANSFER.BILL.FINISHED', fields);
    assert.equal(told().resource.state, 'FAIL');
    const { state, fail_reason: reason } = await transferred('BILL1');
    assert.deepEqual([state, reason], ['FAIL', 'REALNAME_CHECK_FAIL']);
    await assert.rejects(sandbox.confirmTransfer('BILL1'), /is FAIL/);
  });

  test('a transfer that was authorized waits for nobody', async () => {
    const path = `${TRANSFERS}/transfer`;
    const missing = await transfer('BILL2', path, {});
    assert.equal(missing.detail.field, '/authorization_id');
    const before = server.requests.length;
    const made = await transfer('BILL2', path, { out_authorization_no: 'A1' });
    assert.equal(made.data.state, 'ACCEPTED');
    await until(() => server.requests.length > before);
    assert.equal(told().resource.state, 'SUCCESS');
    assert.equal((await transferred('BILL2')).state, 'SUCCESS');
    const again = await transfer('BILL2', path, { out_authorization_no: 'A1' });
    assert.equal(again.data.transfer_bill_no, made.data.transfer_bill_no);
    const info = {
      ...{ user_display_name: 'a', out_authorization_no: 'A2' },
      authorization_notify_url: server.url,
    };
    const asked = await transfer('BILL3', `${TRANSFERS}/pre-transfer-with-authorization`, {
      openid: 'o1',
      authorization_info: info,
    });
    assert.equal(asked.data.state, 'WAIT_USER_CONFIRM');
    assert.equal(asked.data.out_authorization_no, 'A2');
    await sandbox.confirmTransfer('BILL3');
    assert.equal((await transferred('BILL3')).state, 'SUCCESS');
  });

  test('profit sharing is told of, and in its bill; also that of a platform', async () => {
    const who = { sp_appid: 'wx1', sp_mchid: mchid, sub_mchid: '1900000109' };
    const path = '/v3/pay/partner/transactions';
    await client.post(`${path}/native`, {
      ...who,
      ...{ description: 'QQ公仔', out_trade_no: 'SHARED_1', notify_url: server.url },
      ...{ amount: { total: 100 }, settle_info: { profit_sharing: true } },
    });
    await sandbox.pay('SHARED_1');
    const { data: paid } = await client.get(
      `${path}/out-trade-no/SHARED_1?sp_mchid=${mchid}&sub_mchid=1900000109`,
    );
    const { transaction_id } = paid;
    const accounts = ['190001', '190002'];
    for (const account of accounts) {
      const receiver = { appid: 'wx1', type: 'MERCHANT_ID', account, relation_type: 'MERCHANT_ID' };
      assert.equal((await client.post(`${ECOMMERCE}/receivers/add`, receiver)).status, 200);
    }
    const share = (out_order_no, amounts) =>
      client.post(`${ECOMMERCE}/orders`, {
        ...{ sub_mchid: '1900000109', transaction_id, out_order_no, finish: false },
        receivers: amounts.map((amount, at) => ({
          ...{ type: 'MERCHANT_ID', receiver_account: accounts[at], amount, description: '分账' },
        })),
      });
    assert.equal((await share('P1', [-1])).code, 'INVALID_REQUEST');
    assert.equal((await share('P1', [60, 41])).code, 'NOT_ENOUGH');
    const { data: shared } = await share('P1', [30, 20]);
    assert.equal(shared.status, 'PROCESSING');
    const query = `?sub_mchid=1900000109&transaction_id=${transaction_id}&out_order_no=P1`;
    const { data: found } = await client.get(`${ECOMMERCE}/orders${query}`);
    assert.equal(found.receivers[1].receiver_account, '190002');
    const left = await client.get(`${ECOMMERCE}/orders/${transaction_id}/amounts`);
    assert.equal(left.data.unsplit_amount, 50);
    const back = await client.post(`${ECOMMERCE}/returnorders`, {
      ...{ sub_mchid: '1900000109', order_id: shared.order_id, out_return_no: 'B1' },
      ...{ return_mchid: '190001', amount: 10, description: '退' },
    });
    assert.equal(back.data.result, 'SUCCESS');
    const finished = await client.post(`${ECOMMERCE}/finish-order`, {
      ...{ sub_mchid: '1900000109', transaction_id, out_order_no: 'P2', description: '完结' },
    });
    assert.equal(finished.status, 200);

    const to = server.url;
    await sandbox.trigger('PROFITSHARING.SUCCESS', {
      ...{ to, out_order_no: 'P1', receiver: { account: '190002' } },
    });
    const { resource } = told();
    assert.deepEqual(resource.receiver, {
      ...{ type: 'MERCHANT_ID', account: '190002', amount: 20, description: '分账' },
    });
    assert.equal(resource.transaction_id, transaction_id);
    assert.equal(resource.sub_mchid, '1900000109');
    await sandbox.trigger('PROFITSHARING.RETURN', { to, out_return_no: 'B1' });
    assert.equal(told().resource.receiver.amount, 10);
    assert.equal(told().resource.out_order_no, 'B1');
    await assert.rejects(
      sandbox.trigger('PROFITSHARING.SUCCESS', { out_order_no: 'P1' }),
      /`to` must be a URL/,
    );

    const bills = '/v3/profitsharing/bills';
    const { data: bill } = await client.get(`${bills}?bill_date=2026-11-27&sub_mchid=1900000109`);
    const rows = (await client.download(bill)).toString().split('\r\n');
    assert.equal(rows[0].split(',').length, 14);
    assert.deepEqual(
      rows.slice(1, -1).map((row) => row.split(',').slice(8, 11).join()),
      ['`190001,`0.30,`分账', '`190002,`0.20,`分账', '`190001,`0.10,`分账回退'],
    );
    const other = await client.get(`${bills}?bill_date=2026-11-27&sub_mchid=1900000110`);
    assert.equal(other.code, 'NO_STATEMENT_EXIST');
  });

  test('a day of the bills ends at midnight in Beijing', async () => {
    now = Date.UTC(2026, 11, 1, 15, 59, 59, 999);
    await prepay('LATE_1');
    await sandbox.pay('LATE_1');
    now = Date.UTC(2026, 11, 1, 16);
    await prepay('EARLY_1');
    await sandbox.pay('EARLY_1');
    for (const [date, mine, other] of [
      ['2026-12-01', 'LATE_1', 'EARLY_1'],
      ['2026-12-02', 'EARLY_1', 'LATE_1'],
    ]) {
      for (const kind of ['tradebill', 'fundflowbill']) {
        const { data } = await client.get(`/v3/bill/${kind}?bill_date=${date}`);
        const text = (await client.download(data)).toString();
        assert.ok(text.includes(mine) && !text.includes(other), `${kind} of ${date}`);
      }
    }
    const { success_time: late } = await queried('LATE_1');
    assert.equal(late, '2026-12-01T23:59:59+08:00');
    assert.equal((await queried('EARLY_1')).success_time, '2026-12-02T00:00:00+08:00');
  });
});
