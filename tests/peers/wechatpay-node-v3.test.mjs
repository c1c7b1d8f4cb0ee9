// wechatpay-node-v3 on the sandbox, used as its README says. It does not verify responses. Its addresses are
// fixed: its own requests are led to the sandbox by `createHttp`, which its README has for this.
import { createRequire } from 'node:module';
import { test } from 'node:test';

import { orderBy } from './order.mjs';

const require = createRequire(import.meta.url);
const WxPay = require('wechatpay-node-v3');
const { PayRequest } = require('wechatpay-node-v3/dist/lib/pay-request.js');

test('an order, its query and its refund', { timeout: 60_000 }, () =>
  orderBy(({ mchid, cert, privateKey, apiv3Key, baseUrl }) => {
    const pay = new WxPay({
      appid: 'wxd678efh567hg6787',
      mchid,
      publicKey: Buffer.from(cert),
      privateKey: Buffer.from(privateKey),
      key: apiv3Key,
    });
    const http = new PayRequest();
    const here = (url) => `${baseUrl}${new URL(url).pathname}${new URL(url).search}`;
    pay.createHttp({
      get: (url, headers) => http.get(here(url), headers),
      post: (url, params, headers) => http.post(here(url), params, headers),
    });
    const dataOf = ({ status, data, error }) => {
      if (status !== 200) throw new Error(error);
      return data;
    };
    return {
      // It gives what the mini program needs to pay.
      pay: async (order) =>
        dataOf(await pay.transactions_jsapi(order)).package.slice('prepay_id='.length),
      query: async (outTradeNo) => dataOf(await pay.query({ out_trade_no: outTradeNo })),
      refund: async (parameters) => dataOf(await pay.refunds(parameters)),
      open({ body }) {
        const { ciphertext, nonce, associated_data: aad } = JSON.parse(body).resource;
        return pay.decipher_gcm(ciphertext, aad, nonce, apiv3Key);
      },
    };
  }),
);
