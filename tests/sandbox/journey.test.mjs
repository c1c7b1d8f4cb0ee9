// An order from its beginning to its end: made, shown to whoever watches, paid, notified, queried, refunded
// in two parts, and in the bill; by this package, and by a client of node:crypto alone.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createSandbox } from 'wechatpay-wasm/sandbox';

import { control } from './control-client.mjs';
import { receiver, until } from './receiver.mjs';
import { packageClient, plainClient } from './two-clients.mjs';

const TODAY = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);

for (const makeClient of [packageClient, plainClient]) {
  test(`order, payment, refunds and bill, by ${makeClient.name}`, { timeout: 60_000 }, async () => {
    const sandbox = await createSandbox();
    const { mchid } = sandbox.options;
    const client = makeClient(sandbox);
    const notified = [];
    const server = await receiver(async (request) => {
      const { eventType, resource } = await client.notification(request);
      notified.push({ eventType, resource });
      return 204;
    });
    try {
      const order = {
        appid: 'wxd678efh567hg6787',
        mchid,
        description: 'Image形象店-深圳腾大-QQ公仔',
        out_trade_no: '1217752501201407033233368018',
        attach: '自定义数据',
        notify_url: server.url,
        amount: { total: 100, currency: 'CNY' },
        payer: { openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o' },
        scene_info: { payer_client_ip: '14.23.150.211', device_id: '013467007045764' },
      };
      const query = `/v3/pay/transactions/out-trade-no/${order.out_trade_no}?mchid=${mchid}`;

      assert.deepEqual(await client.get(query), {
        status: 404,
        code: 'ORDER_NOT_EXIST',
        detail: undefined,
      });

      const { status, data: prepaid } = await client.post('/v3/pay/transactions/jsapi', order);
      assert.equal(status, 200);
      assert.match(prepaid.prepay_id, /^wx\d{14}[0-9a-f]{20}$/);
      const again = await client.post('/v3/pay/transactions/jsapi', order);
      assert.deepEqual(again.data, prepaid);

      const waiting = (await client.get(query)).data;
      assert.equal(waiting.trade_state, 'NOTPAY');
      assert.equal(waiting.transaction_id, undefined);
      assert.deepEqual(waiting.amount, { total: 100, currency: 'CNY' });

      // What the page shows.
      const shown = async () =>
        (await control(sandbox, '/-/state')).json.orders.map((each) => [
          each.outTradeNo,
          each.state,
          each.total,
        ]);
      assert.deepEqual(await shown(), [[order.out_trade_no, 'NOTPAY', 100]]);

      const delivery = await sandbox.pay(order.out_trade_no);
      assert.equal(delivery.delivered, true);
      assert.deepEqual(
        delivery.attempts.map((attempt) => attempt.status),
        [204],
      );
      const paid = (await client.get(query)).data;
      assert.equal(paid.trade_state, 'SUCCESS');
      assert.deepEqual(await shown(), [[order.out_trade_no, 'SUCCESS', 100]]);
      assert.equal(paid.attach, order.attach);
      assert.equal(paid.trade_type, 'JSAPI');
      assert.deepEqual(paid.payer, order.payer);
      assert.deepEqual(notified.splice(0), [{ eventType: 'TRANSACTION.SUCCESS', resource: paid }]);
      assert.deepEqual(
        (await client.get(`/v3/pay/transactions/id/${paid.transaction_id}?mchid=${mchid}`)).data,
        paid,
      );

      const refund = async (number, amount) => {
        const response = await client.post('/v3/refund/domestic/refunds', {
          transaction_id: paid.transaction_id,
          out_refund_no: number,
          reason: '商品已售完',
          notify_url: server.url,
          amount: { refund: amount, total: 100, currency: 'CNY' },
        });
        if (response.status !== 200) return response;
        assert.equal(response.data.status, 'PROCESSING');
        await until(() => notified.length === 1);
        const [{ eventType, resource }] = notified.splice(0);
        assert.equal(eventType, 'REFUND.SUCCESS');
        assert.equal(resource.refund_id, response.data.refund_id);
        assert.deepEqual(resource.amount, {
          total: 100,
          refund: amount,
          payer_total: 100,
          payer_refund: amount,
        });
        return (await client.get(`/v3/refund/domestic/refunds/${number}`)).data;
      };
      const first = await refund('REFUND_1', 30);
      assert.equal(first.status, 'SUCCESS');
      assert.equal(first.amount.refund, 30);
      assert.equal((await client.get(query)).data.trade_state, 'REFUND');
      assert.equal((await refund('REFUND_2', 71)).code, 'INVALID_REQUEST');
      assert.equal((await refund('REFUND_2', 70)).status, 'SUCCESS');
      assert.equal((await refund('REFUND_3', 1)).code, 'INVALID_REQUEST');

      const bill = async (name) =>
        (
          await client.download((await client.get(`/v3/bill/${name}bill_date=${TODAY}`)).data)
        ).toString();
      // A second order, which is closed: 204 has no body, and is signed.
      const second = { ...order, out_trade_no: '1217752501201407033233368019' };
      await client.post('/v3/pay/transactions/jsapi', second);
      const path = `/v3/pay/transactions/out-trade-no/${second.out_trade_no}`;
      assert.equal((await client.post(`${path}/close`, { mchid })).status, 204);
      assert.equal((await client.get(`${path}?mchid=${mchid}`)).data.trade_state, 'CLOSED');

      const rows = (await bill('tradebill?')).trimEnd().split('\r\n');
      assert.equal(rows.length, 6);
      const names = rows[0].split(',');
      const cells = (row) =>
        Object.fromEntries(
          row.split(',').map((cell, index) => [names[index], cell.replace('`', '')]),
        );
      assert.deepEqual(
        rows.slice(1, 4).map((row) => {
          const cell = cells(row);
          assert.equal(cell.微信订单号, paid.transaction_id);
          assert.equal(cell.商户订单号, order.out_trade_no);
          return [cell.交易状态, cell.订单金额, cell.商户退款单号, cell.退款金额];
        }),
        [
          ['SUCCESS', '1.00', '0', '0.00'],
          ['REFUND', '0.00', 'REFUND_1', '0.30'],
          ['REFUND', '0.00', 'REFUND_2', '0.70'],
        ],
      );
      assert.equal(rows[5], '`3,`1.00,`1.00,`0.00,`0.00000,`1.00,`1.00');
      const flows = (await bill('fundflowbill?')).trimEnd().split('\r\n');
      assert.equal(flows.at(-1), '`3,`1,`1.00,`2,`1.00');
      // What is left of it: nothing.
      assert.equal(flows[3].split(',')[7], '`0.00');
      const successes = (await bill('tradebill?bill_type=SUCCESS&')).trimEnd().split('\r\n');
      assert.equal(successes.at(-1), '`1,`1.00,`0.00,`0.00,`0.00000,`1.00,`0.00');
    } finally {
      await server.close();
      await sandbox.close();
    }
  });
}
