// wechatpay-axios-plugin on the sandbox, used as its README says. It verifies every response.
import { test } from 'node:test';

import { Aes, Rsa, Wechatpay } from 'wechatpay-axios-plugin';

import { orderBy } from './order.mjs';

test('an order, its query and its refund', { timeout: 60_000 }, () =>
  orderBy(({ mchid, serial, privateKey, certs, apiv3Key, baseUrl }) => {
    // Its options are those of axios, too.
    const wxpay = new Wechatpay({
      mchid,
      serial,
      privateKey,
      certs,
      baseURL: `${baseUrl}/`,
      headers: { 'Wechatpay-Serial': Object.keys(certs)[0] },
    });
    return {
      async pay(order) {
        const { data } = await wxpay.v3.pay.transactions.jsapi.post(order);
        return data.prepay_id;
      },
      async query(outTradeNo) {
        const { data } = await wxpay.v3.pay.transactions.outTradeNo._out_trade_no_.get({
          params: { mchid },
          out_trade_no: outTradeNo,
        });
        return data;
      },
      async refund(parameters) {
        const { data } = await wxpay.v3.refund.domestic.refunds.post(parameters);
        return data;
      },
      open({ headers, body }) {
        const message = `${headers['wechatpay-timestamp']}\n${headers['wechatpay-nonce']}\n${body}\n`;
        const key = Rsa.from(certs[headers['wechatpay-serial']], Rsa.KEY_TYPE_PUBLIC);
        if (!Rsa.verify(message, headers['wechatpay-signature'], key))
          throw new Error('not signed');
        const { ciphertext, nonce, associated_data: aad } = JSON.parse(body).resource;
        return JSON.parse(Aes.AesGcm.decrypt(ciphertext, apiv3Key, nonce, aad));
      },
    };
  }),
);
