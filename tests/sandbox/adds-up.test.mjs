// Hundreds of requests at random, right and wrong: no fen is given twice, the bills say what the queries say, and a
// restart changes nothing.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';

import { createSandbox } from 'wechatpay-wasm/sandbox';

import { plainClient } from './two-clients.mjs';

const TODAY = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
const STORE = { type: 'MERCHANT_ID', account: '86693852' };
const NOWHERE = 'http://127.0.0.1:9/notify';

describe('money', { timeout: 120_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-adds-up-'));
  after(() => rmSync(folder, { recursive: true }));

  // The same numbers in each run (Park and Miller).
  let seed = 20_261_127;
  const below = (most) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % most;
  };

  test('adds up', async (t) => {
    const file = join(folder, 'state');
    const sandbox = await createSandbox({ state: file });
    const client = plainClient(sandbox);
    const { mchid } = sandbox.options;
    const orders = new Map();
    const counts = {};
    await client.post('/v3/profitsharing/receivers/add', {
      ...{ appid: 'wx1', ...STORE, relation_type: 'STORE' },
    });
    const query = async (each, number) =>
      (await each.get(`/v3/pay/transactions/out-trade-no/${number}?mchid=${mchid}`)).data;
    const post = async (what, path, json) => {
      const { status, data } = await client.post(path, json);
      assert.ok(status < 500, path);
      counts[`${what} ${status}`] = (counts[`${what} ${status}`] ?? 0) + 1;
      return status < 300 ? (data ?? {}) : undefined;
    };
    const any = () => [...orders.values()][below(orders.size)];
    const newOrder = async () => {
      const number = `ORDER_${orders.size}`;
      await post('order', '/v3/pay/transactions/native', {
        ...{ appid: 'wx1', mchid, description: 'a', out_trade_no: number, notify_url: NOWHERE },
        ...{ amount: { total: 100 }, settle_info: { profit_sharing: below(2) === 1 } },
      });
      orders.set(number, { number, paid: 0, refunds: [], shares: [], returns: [] });
    };
    const STEPS = [
      async () => {
        const order = any();
        if (order.paid || order.closed) return;
        // Nobody listens: what becomes of the notification is told when the sandbox closes.
        sandbox.pay(order.number);
        order.paid = 100;
        order.id = (await query(client, order.number)).transaction_id;
      },
      async () => {
        const order = any();
        if (below(4) > 0) return;
        const path = `/v3/pay/transactions/out-trade-no/${order.number}/close`;
        if (await post('close', path, { mchid })) order.closed = true;
      },
      async () => {
        const { number, refunds } = any();
        const refund = 1 + below(60);
        const name = `R_${number}_${below(6)}`;
        const done = await post('refund', '/v3/refund/domestic/refunds', {
          ...{ out_trade_no: number, out_refund_no: name },
          amount: { refund, total: 100, currency: 'CNY' },
        });
        if (done && !refunds.some((each) => each.name === name)) refunds.push({ name, refund });
      },
      async () => {
        const refund = any().refunds.at(-1);
        if (refund === undefined || refund.closed) return;
        const type = below(2) === 1 ? 'REFUND.CLOSED' : 'REFUND.ABNORMAL';
        const to = { to: NOWHERE, out_refund_no: refund.name };
        await sandbox.trigger(type, to, { maxAttempts: 1 });
        refund.closed = type === 'REFUND.CLOSED';
      },
      async () => {
        const { id = '42', number, shares } = any();
        const [amount, name] = [1 + below(50), `P_${number}_${below(4)}`];
        const done = await post('share', '/v3/profitsharing/orders', {
          ...{ appid: 'wx1', transaction_id: id, out_order_no: name },
          ...{ unfreeze_unsplit: below(4) === 1 },
          receivers: [{ ...STORE, amount, description: 'a' }],
        });
        if (done && !shares.some((each) => each.name === name)) shares.push({ name, amount });
      },
      async () => {
        const { shares, returns, number } = any();
        if (shares.length === 0) return;
        const [amount, name] = [1 + below(20), `B_${number}_${below(6)}`];
        const done = await post('return', '/v3/profitsharing/return-orders', {
          ...{ out_order_no: shares.at(-1).name, out_return_no: name, amount },
          ...{ return_mchid: STORE.account, description: 'a' },
        });
        if (done && !returns.some((each) => each.name === name)) returns.push({ name, amount });
      },
    ];
    const sum = (list, name) => list.reduce((total, each) => total + each[name], 0);
    for (let step = 0; step < 20; step += 1) await newOrder();
    for (let step = 0; step < 800; step += 1) await STEPS[below(STEPS.length)]();
    t.diagnostic(JSON.stringify(counts));

    let income = 0;
    let expense = 0;
    for (const { paid, refunds, shares, returns } of orders.values()) {
      const refunded = sum(
        refunds.filter(({ closed }) => !closed),
        'refund',
      );
      const given = sum(shares, 'amount') - sum(returns, 'amount');
      assert.ok(given >= 0 && refunded + given <= paid, JSON.stringify({ paid, refunds, shares }));
      income += paid + sum(returns, 'amount');
      income += sum(
        refunds.filter(({ closed }) => closed),
        'refund',
      );
      expense += sum(refunds, 'refund') + sum(shares, 'amount');
    }
    const yuan = (fen) => (fen / 100).toFixed(2);
    const seen = async (each) => {
      const files = [];
      for (const path of ['bill/tradebill', 'bill/fundflowbill', 'profitsharing/bills']) {
        const { data } = await each.get(`/v3/${path}?bill_date=${TODAY}`);
        files.push((await each.download(data)).toString());
      }
      const found = [];
      for (const number of orders.keys()) found.push(await query(each, number));
      return { files, found };
    };
    const before = await seen(client);
    const totals = before.files[1].trim().split('\r\n').at(-1).split(',');
    assert.deepEqual([totals[2], totals[4]], [`\`${yuan(income)}`, `\`${yuan(expense)}`]);
    // The balance after the last movement.
    const last = before.files[1].trim().split('\r\n').at(-3).split(',');
    assert.equal(last[7], `\`${yuan(income - expense)}`);
    await sandbox.close();
    const again = await createSandbox({ state: file });
    assert.deepEqual(await seen(plainClient(again)), before);
    await again.close();
  });
});
