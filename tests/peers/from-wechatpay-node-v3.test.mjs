// The lines of wechatpay-node-v3 that the page from/wechatpay-node-v3 shows, as a program on the sandbox.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

import { createSandbox } from 'wechatpay-wasm/sandbox';
import { receiver } from '../sandbox/receiver.mjs';

const require = createRequire(import.meta.url);
const WxPay = require('wechatpay-node-v3');
const { PayRequest } = require('wechatpay-node-v3/dist/lib/pay-request.js');

// Platform certificates: it knows no public key.
const sandbox = await createSandbox({ merchant: 'certificates' });
const server = await receiver();
const { mchid, apiv3Key, baseUrl, certs } = sandbox.options;
const cert = Buffer.from(sandbox.options.cert);
const key = Buffer.from(sandbox.options.privateKey);

// #region client
const pay = new WxPay({
  appid: 'wxd678efh567hg6787',
  mchid,
  publicKey: cert, // apiclient_cert.pem
  privateKey: key, // apiclient_key.pem
  key: apiv3Key,
});
// #endregion client

// Its addresses are fixed: its own requests are led to the sandbox, and the address of a bill the other way.
const http = new PayRequest();
const HOST = 'https://api.mch.weixin.qq.com';
const here = (url) => url.replace(HOST, baseUrl);
pay.createHttp({
  async get(url, headers) {
    const result = await http.get(here(url), headers);
    const address = result.data?.download_url;
    if (address) result.data.download_url = address.replace(baseUrl, HOST);
    return result;
  },
  post: (url, params, headers) => http.post(here(url), params, headers),
});

const notify_url = server.url;
// #region order
const made = await pay.transactions_native({
  description: 'QQ公仔',
  out_trade_no: 'ORDER_1',
  notify_url,
  amount: { total: 888 },
});
if (made.status !== 200) throw new Error(made.error);
console.log(made.data.code_url);
// #endregion order
assert.match(made.data.code_url, /^weixin:/);

await sandbox.pay('ORDER_1');

// #region query
const { data: paid } = await pay.query({ out_trade_no: 'ORDER_1' });
console.log(paid.trade_state);
// #endregion query
assert.equal(paid.trade_state, 'SUCCESS');

// #region error
const closed = await pay.close('ORDER_1');
if (closed.status !== 204) {
  const { code } = JSON.parse(closed.error);
  console.error(closed.status, code);
}
// #endregion error
assert.deepEqual([closed.status, JSON.parse(closed.error).code], [400, 'ORDERPAID']);

// #region refund
const refund = await pay.refunds({
  out_trade_no: 'ORDER_1',
  out_refund_no: 'REFUND_1',
  amount: { refund: 30, total: 888, currency: 'CNY' },
});
console.log(refund.status, refund.data?.refund_id);
// #endregion refund
assert.equal(refund.status, 200);

const { headers, body } = server.requests[0];
// #region notification
async function opened(headers, body) {
  const isValid = await pay.verifySign({
    timestamp: headers['wechatpay-timestamp'],
    nonce: headers['wechatpay-nonce'],
    serial: headers['wechatpay-serial'],
    signature: headers['wechatpay-signature'],
    body, // the text as it arrived
  });
  if (!isValid) throw new Error('not signed');
  const { ciphertext, associated_data, nonce } = JSON.parse(body).resource;
  return pay.decipher_gcm(ciphertext, associated_data, nonce, apiv3Key);
}
// #endregion notification
assert.deepEqual(await opened(headers, body), paid);

const jsapi = {
  description: 'QQ公仔',
  out_trade_no: 'ORDER_2',
  notify_url,
  amount: { total: 888 },
  payer: { openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o' },
};
// #region pay
const { data: payment } = await pay.transactions_jsapi(jsapi); // the order, and what is signed for the page
// #endregion pay
assert.match(payment.package, /^prepay_id=wx/);
assert.equal(typeof payment.paySign, 'string');

const [[, platformCertificate]] = Object.entries(certs);
// #region encrypt
const encrypted = pay.publicEncrypt('张三', Buffer.from(platformCertificate));
// #endregion encrypt
assert.match(encrypted, /^[A-Za-z0-9+/]{342}==$/);

// #region bill
const { data: bill } = await pay.tradebill({ bill_date: '2026-11-22', bill_type: 'ALL' });
const file = await pay.downloadBill(bill.download_url);
// #endregion bill
assert.equal(file.status, 200);

await server.close();
await sandbox.close();
