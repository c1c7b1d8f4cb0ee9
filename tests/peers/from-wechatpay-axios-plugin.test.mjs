// The lines of wechatpay-axios-plugin that the page from/wechatpay-axios-plugin shows, as a program on the sandbox.
import assert from 'node:assert/strict';

import { Aes, Formatter, Rsa, Wechatpay } from 'wechatpay-axios-plugin';
import { createSandbox } from 'wechatpay-wasm/sandbox';
import { receiver } from '../sandbox/receiver.mjs';

const sandbox = await createSandbox();
const server = await receiver();
const { mchid, serial, privateKey, certs: keys, apiv3Key, baseUrl } = sandbox.options;
const [[publicKeyId, publicKey]] = Object.entries(keys);

// #region client
const wxpay = new Wechatpay({
  mchid,
  serial,
  privateKey,
  certs: { [publicKeyId]: publicKey },
  headers: { 'Wechatpay-Serial': publicKeyId },
  baseURL: `${baseUrl}/`,
});
// #endregion client

const notify_url = server.url;
// #region order
const { data: made } = await wxpay.v3.pay.transactions.native.post({
  appid: 'wxd678efh567hg6787',
  mchid,
  description: 'QQ公仔',
  out_trade_no: 'ORDER_1',
  notify_url,
  amount: { total: 888 },
});
console.log(made.code_url);
// #endregion order
assert.match(made.code_url, /^weixin:/);

await sandbox.pay('ORDER_1');

// #region query
const { data: paid } = await wxpay.v3.pay.transactions.outTradeNo._out_trade_no_.get({
  params: { mchid },
  out_trade_no: 'ORDER_1',
});
console.log(paid.trade_state);
// #endregion query
assert.equal(paid.trade_state, 'SUCCESS');

// #region error
let code;
try {
  await wxpay.v3.pay.transactions.outTradeNo.$out_trade_no$.close.post(
    { mchid },
    { out_trade_no: 'ORDER_1' },
  );
} catch (error) {
  ({ code } = error.response.data); // error.response is undefined where there was none
}
// #endregion error
assert.equal(code, 'ORDERPAID');

const { headers, body } = server.requests[0];
// #region notification
function opened(headers, body) {
  const timestamp = headers['wechatpay-timestamp'];
  if (Math.abs(Formatter.timestamp() - timestamp) > 300) throw new Error('too old');
  const key = keys[headers['wechatpay-serial']];
  if (key === undefined) throw new Error('unknown key');
  const message = Formatter.response(timestamp, headers['wechatpay-nonce'], body);
  const isValid = Rsa.verify(
    message,
    headers['wechatpay-signature'],
    Rsa.from(key, Rsa.KEY_TYPE_PUBLIC),
  );
  if (!isValid) throw new Error('not signed');
  const { ciphertext, nonce, associated_data } = JSON.parse(body).resource;
  return JSON.parse(Aes.AesGcm.decrypt(ciphertext, apiv3Key, nonce, associated_data));
}
// #endregion notification
assert.deepEqual(opened(headers, body), paid);

// #region encrypt
const encrypted = Rsa.encrypt('张三', Rsa.from(publicKey, Rsa.KEY_TYPE_PUBLIC));
// #endregion encrypt
assert.match(encrypted, /^[A-Za-z0-9+/]{342}==$/);

const prepay_id = 'wx201410272009395522657a690389285100';
// #region pay
const payment = {
  appId: 'wxd678efh567hg6787',
  timeStamp: `${Formatter.timestamp()}`,
  nonceStr: Formatter.nonce(),
  package: `prepay_id=${prepay_id}`,
  signType: 'RSA',
};
payment.paySign = Rsa.sign(
  Formatter.joinedByLineFeed(payment.appId, payment.timeStamp, payment.nonceStr, payment.package),
  Rsa.from(privateKey, Rsa.KEY_TYPE_PRIVATE),
);
// #endregion pay
assert.match(payment.paySign, /^[A-Za-z0-9+/]{342}==$/);

// #region bill
const { data: bill } = await wxpay.v3.bill.tradebill.get({ params: { bill_date: '2026-11-22' } });
const { data: csv } = await wxpay.v3.billdownload.file.get({
  params: { token: new URL(bill.download_url).searchParams.get('token') },
});
// #endregion bill
assert.match(csv, /交易时间/);

await server.close();
await sandbox.close();
