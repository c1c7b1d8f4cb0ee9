// A promise in place of a value: it is named, and where it rejects later, that is no unhandled rejection,
// which would end the process.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Wechatpay } from 'wechatpay-wasm';

import { merchant } from '../merchant.mjs';
import { client, notification } from '../notifications/encrypted-notification.mjs';
import { refusingFetch } from '../refusing-fetch.mjs';

const { fetch, sent } = refusingFetch();
const wxpay = new Wechatpay({ ...merchant, fetch });
const { headers } = notification();

/** Rejects after everything has been refused. */
const late = () =>
  new Promise((_, reject) =>
    setTimeout(() => reject(new Error('the promise that nobody awaits')), 5),
  );

test('a promise that rejects where its await was forgotten', async () => {
  const unhandled = [];
  const record = (reason) => unhandled.push(reason);
  process.on('unhandledRejection', record);
  try {
    for (const call of [
      () => new Wechatpay({ ...merchant, privateKey: late() }),
      () => wxpay.preEntrustSignApp({ appid: late() }),
      () => wxpay.v3.x.get(late()),
      () => wxpay.v3.x.get({ query: late() }),
      () => wxpay.v3.x.get({ query: { a: late() } }),
      () => wxpay.v3.x.get({ headers: { a: late() } }),
      () => wxpay.v3.x._y_.get({ y: late() }),
      () => wxpay.v3.x.post({ json: late() }),
      () => wxpay.v3.x.post({ json: { a: [late()] } }),
      () => client().notification(late()),
      () => client().notification({ headers: late(), body: '' }),
      () => client().notification({ headers, body: late() }),
    ]) {
      await assert.rejects(async () => call(), /a promise/, String(call));
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  } finally {
    process.off('unhandledRejection', record);
  }
  assert.deepEqual(unhandled, []);
  assert.deepEqual(sent, []);
});
