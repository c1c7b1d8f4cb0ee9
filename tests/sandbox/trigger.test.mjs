// Events that the sandbox is told to send: every one of the catalogue, completed from sample values, and sent
// again until the handler has it.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { createSandbox } from 'wechatpay-wasm/sandbox';

import { readCatalogue } from '../../scripts/catalogue/read.mjs';
import { receiver, until } from './receiver.mjs';
import { packageClient, plainClient } from './two-clients.mjs';

const { events } = await readCatalogue();
const names = events.flatMap((event) => event.names);

describe('events that the sandbox sends', { timeout: 120_000 }, () => {
  let sandbox;
  let client;
  const delivered = [];
  before(async () => {
    sandbox = await createSandbox({ onDelivery: (delivery) => delivered.push(delivery) });
    client = plainClient(sandbox);
  });
  after(() => sandbox.close());

  test('every event of the catalogue', async () => {
    const both = [packageClient(sandbox), client];
    const server = await receiver();
    for (const name of names) {
      const { notification } = await sandbox.trigger(name, { to: server.url });
      for (const each of both) {
        const { eventType, resource } = await each.notification(notification);
        assert.equal(eventType, name);
        assert.equal(typeof resource, 'object');
      }
    }
    assert.equal(server.requests.length, names.length);
    assert.ok(names.length > 80);
    await server.close();
  });

  test('the sample has what the catalogue says, and this merchant, now', async () => {
    const server = await receiver();
    const sent = async (name, fields) => {
      const { notification } = await sandbox.trigger(name, { to: server.url, ...fields });
      return client.notification(notification).resource;
    };
    const payment = await sent('TRANSACTION.SUCCESS', { amount: { total: 888 } });
    assert.equal(payment.mchid, sandbox.options.mchid);
    assert.equal(payment.trade_state, 'SUCCESS');
    assert.equal(payment.sub_orders, undefined);
    assert.equal(payment.parking_info, undefined);
    assert.deepEqual(payment.amount, {
      total: 888,
      payer_total: 100,
      currency: 'CNY',
      payer_currency: 'CNY',
    });
    assert.ok(Math.abs(Date.parse(payment.success_time) - Date.now()) < 60_000);
    const refund = await sent('REFUND.CLOSED', { out_refund_no: 'R1', trade_state: undefined });
    assert.equal(refund.refund_status, 'CLOSED');
    assert.equal(refund.out_refund_no, 'R1');
    assert.ok(!('trade_state' in refund));
    assert.equal((await sent('MCHTRANSFER.BILL.FINISHED')).state, 'SUCCESS');
    assert.equal((await sent('MCHTRANSFER.BATCH.CLOSED')).batch_status, 'CLOSED');
    const { notification } = await sandbox.trigger('MCHTRANSFER.BILL.FINISHED', { to: server.url });
    assert.equal(JSON.parse(notification.body).resource.original_type, 'mch_payment');
    await server.close();
  });

  test('is sent again until the handler has it', async () => {
    const server = await receiver((_, count) => [500, 302, 201, 200][count - 1]);
    const delivery = await sandbox.trigger('REFUND.SUCCESS', { to: server.url });
    assert.equal(delivery.delivered, true);
    assert.deepEqual(
      delivery.attempts.map(({ status }) => status),
      [500, 302, 201, 200],
    );
    // The same notification, each time.
    assert.equal(new Set(server.requests.map(({ body }) => body)).size, 1);
    await server.close();
    assert.equal(delivered.at(-1), delivery);
  });

  test('is given up after as many attempts as WeChat Pay makes, in seconds', async () => {
    const began = Date.now();
    const server = await receiver(() => 500);
    const { attempts, delivered: isDelivered } = await sandbox.trigger('REFUND.SUCCESS', {
      to: server.url,
    });
    assert.equal(isDelivered, false);
    assert.equal(attempts.length, 16);
    assert.ok(Date.now() - began < 30_000);
    await server.close();
    const gone = await sandbox.trigger('REFUND.SUCCESS', { to: server.url }, { maxAttempts: 2 });
    assert.deepEqual(
      gone.attempts.map(({ status, error }) => [status, error.code]),
      Array.from({ length: 2 }, () => [undefined, 'ECONNREFUSED']),
    );
  });

  test('what the sandbox knows happens, at its own address', async () => {
    const server = await receiver();
    const order = {
      appid: 'wxd678efh567hg6787',
      mchid: sandbox.options.mchid,
      description: 'QQ公仔',
      out_trade_no: 'ORDER_1',
      notify_url: server.url,
      amount: { total: 100 },
    };
    await client.post('/v3/pay/transactions/native', order);
    const path = `/v3/pay/transactions/out-trade-no/ORDER_1?mchid=${order.mchid}`;
    for (let times = 0; times < 2; times += 1) {
      const { url, notification } = await sandbox.trigger('TRANSACTION.SUCCESS', {
        out_trade_no: 'ORDER_1',
      });
      assert.equal(url, server.url);
      const paid = (await client.get(path)).data;
      assert.equal(paid.trade_state, 'SUCCESS');
      assert.deepEqual(client.notification(notification).resource, paid);
    }
    await client.post('/v3/refund/domestic/refunds', {
      out_trade_no: 'ORDER_1',
      out_refund_no: 'R1',
      notify_url: server.url,
      amount: { refund: 1, total: 100, currency: 'CNY' },
    });
    await until(() => server.requests.length === 3);
    const again = await sandbox.trigger('REFUND.SUCCESS', { out_refund_no: 'R1' });
    const resources = [server.requests[2], again.notification].map(
      (request) => client.notification(request).resource,
    );
    assert.deepEqual(resources[0], resources[1]);
    await server.close();
  });

  test('says what is wrong', async () => {
    const to = 'http://127.0.0.1:9/notify';
    for (const [args, message] of [
      [
        ['TRANSACTION.SUCESS', { to }],
        /unknown event TRANSACTION.SUCESS \(it knows TRANSACTION.FAIL,/,
      ],
      [['NOTHING', { to }], /unknown event NOTHING \(it knows .*REFUND\.…/],
      [['constructor', { to }], /unknown event constructor/],
      [['REFUND.SUCCESS'], /`to` must be a URL of http or https/],
      [['REFUND.SUCCESS', { to: 'ftp://a' }], /`to` must be/],
      [['REFUND.SUCCESS', null], /the fields must be an object/],
      [['REFUND.SUCCESS', { to }, { maxAttempts: 17 }], /from 1 to 16/],
      [['REFUND.SUCCESS', { to }, { attempts: 1 }], /unknown option attempts/],
      [['REFUND.SUCCESS', { to }, { signedBy: 'me' }], /signedBy must be one of/],
    ]) {
      await assert.rejects(sandbox.trigger(...args), { name: 'TypeError', message });
    }
  });

  test('closing the sandbox ends what is on its way', async () => {
    const other = await createSandbox();
    const server = await receiver(() => 500);
    const began = Date.now();
    const pending = other.trigger('REFUND.SUCCESS', { to: server.url });
    await until(() => server.requests.length > 8);
    await other.close();
    const { delivered: isDelivered, attempts } = await pending;
    assert.equal(isDelivered, false);
    assert.ok(attempts.length < 16);
    assert.ok(Date.now() - began < 8_000);
    await server.close();
  });
});
