// The order that the other SDKs make, pay and refund, on a sandbox that it starts.
import assert from 'node:assert/strict';

import { createSandbox } from 'wechatpay-wasm/sandbox';

import { receiver, until } from '../sandbox/receiver.mjs';

/**
 * Goes through a JSAPI order with an SDK: made, queried, paid, refunded.
 *
 * @param {(sandbox: object) => { pay: Function, query: Function, refund: Function, open: Function }} makeSdk
 *   each function gives the response's data; `open` gives the resource of a notification
 */
export async function orderBy(makeSdk) {
  const sandbox = await createSandbox();
  const server = await receiver();
  try {
    const sdk = makeSdk(sandbox.options);
    const order = {
      appid: 'wxd678efh567hg6787',
      mchid: sandbox.options.mchid,
      description: 'Image形象店-深圳腾大-QQ公仔',
      out_trade_no: '1217752501201407033233368018',
      notify_url: server.url,
      amount: { total: 888, currency: 'CNY' },
      payer: { openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o' },
    };
    assert.match(await sdk.pay(order), /^wx\d{14}/);
    assert.equal((await sdk.query(order.out_trade_no)).trade_state, 'NOTPAY');
    await sandbox.pay(order.out_trade_no);
    const paid = await sdk.query(order.out_trade_no);
    assert.equal(paid.trade_state, 'SUCCESS');
    assert.deepEqual(await sdk.open(server.requests[0]), paid);
    const refund = await sdk.refund({
      transaction_id: paid.transaction_id,
      out_refund_no: '1217752501201407033233368018',
      reason: '商品已售完',
      notify_url: server.url,
      funds_account: 'AVAILABLE',
      amount: {
        refund: 888,
        from: [{ account: 'AVAILABLE', amount: 444 }],
        total: 888,
        currency: 'CNY',
      },
    });
    assert.equal(refund.status, 'PROCESSING');
    await until(() => server.requests.length === 2);
    const { refund_status: status, refund_id: id } = await sdk.open(server.requests[1]);
    assert.deepEqual([status, id], ['SUCCESS', refund.refund_id]);
    assert.equal((await sdk.query(order.out_trade_no)).trade_state, 'REFUND');
  } finally {
    await server.close();
    await sandbox.close();
  }
}
