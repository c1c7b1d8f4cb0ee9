// The parameters that open the cashier, through the packed tarball: exactly what each front end
// takes, with a valid signature of the string that WeChat builds from them.
import assert from 'node:assert/strict';
import { createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { Wechatpay } from 'wechatpay-wasm';

import { key } from '../merchant.mjs';

const known = JSON.parse(
  readFileSync(new URL('../vectors/known-answers.json', import.meta.url), 'utf8'),
);
const { mchid, serial, prepayId, paySigns } = known;
const appid = 'wx2421b1c4370ec43b';
const certs = { PUB_KEY_ID_0119000072912024101100397200000006: key('wechatpay.spki.pem') };
const privateKey = key('merchant.pkcs8.pem');
const options = {
  mchid,
  serial,
  privateKey,
  certs,
  fetch: () => Promise.reject(new Error('nothing may be sent')),
};
const wxpay = new Wechatpay(options);
const isValid = (message, signature) =>
  verify(
    'sha256',
    Buffer.from(message),
    createPublicKey(privateKey),
    Buffer.from(signature, 'base64'),
  );

test('a page: WeixinJSBridge takes the parameters as they are', async () => {
  const { paySign, nonceStr, timeStamp, ...rest } = await wxpay.paySign({
    type: 'jsapi',
    appid,
    prepayId,
  });
  assert.deepEqual(rest, { appId: appid, package: `prepay_id=${prepayId}`, signType: 'RSA' });
  assert.match(nonceStr, /^[0-9A-F]{32}$/);
  assert.match(timeStamp, /^\d{10}$/);
  assert.ok(isValid(`${appid}\n${timeStamp}\n${nonceStr}\nprepay_id=${prepayId}\n`, paySign));
});

test('a mini program: wx.requestPayment takes the parameters as they are', async () => {
  const { paySign, nonceStr, timeStamp, ...rest } = await wxpay.paySign({
    type: 'miniprogram',
    appid,
    prepayId,
  });
  assert.deepEqual(rest, { package: `prepay_id=${prepayId}`, signType: 'RSA' });
  assert.ok(isValid(`${appid}\n${timeStamp}\n${nonceStr}\nprepay_id=${prepayId}\n`, paySign));
});

test('an app: only the prepay id is signed, without prepay_id=', async () => {
  const order = { type: 'app', appid, prepayId };
  const { sign, noncestr, timestamp, ...rest } = await wxpay.paySign(order);
  assert.deepEqual(rest, { appid, partnerid: mchid, prepayid: prepayId, package: 'Sign=WXPay' });
  assert.ok(isValid(`${appid}\n${timestamp}\n${noncestr}\n${prepayId}\n`, sign));
  const ofPartner = await wxpay.paySign({ ...order, partnerid: '1900000109' });
  assert.equal(ofPartner.partnerid, '1900000109');
});

test('the known answers, at their timestamps', async () => {
  for (const { type, privateKey: name, timestamp, nonce, message, signature } of paySigns) {
    const at = new Wechatpay({ ...options, privateKey: key(name), clock: () => timestamp * 1000 });
    const signed = await at.paySign({ type, appid, prepayId });
    assert.equal(signed.timeStamp ?? signed.timestamp, String(timestamp));
    const ours = message.replace(nonce, signed.nonceStr ?? signed.noncestr);
    const publicKey = createPublicKey(key(name));
    const ourSignature = Buffer.from(signed.paySign ?? signed.sign, 'base64');
    assert.ok(verify('sha256', Buffer.from(ours), publicKey, ourSignature));
    assert.equal(ourSignature.length, Buffer.from(signature, 'base64').length);
  }
});

test('no nonce repeats', async () => {
  const order = { type: 'miniprogram', appid, prepayId };
  const all = await Promise.all(Array.from({ length: 20 }, () => wxpay.paySign(order)));
  assert.equal(new Set(all.map(({ nonceStr }) => nonceStr)).size, 20);
});

test('a wrong parameter is named, and its value is not quoted', async () => {
  const good = { type: 'jsapi', appid, prepayId };
  for (const [params, field, message] of [
    [undefined, 'params', /must be an object \{ type, appid, prepayId, partnerid \}/],
    [{ ...good, type: undefined }, 'type', /is missing/],
    [{ ...good, type: 'native' }, 'type', /jsapi .*miniprogram or app/],
    [{ ...good, type: 'JSAPI' }, 'type', /must be jsapi/],
    [{ ...good, appid: '' }, 'appid', /is empty/],
    [{ ...good, prepayId: `prepay_id=${prepayId}` }, 'prepayId', /only the id/],
    [{ ...good, prepayId: 'a b' }, 'prepayId', /position 2/],
    [{ ...good, prepayId: 'x'.repeat(65) }, 'prepayId', /at most 64/],
    [{ ...good, prepay_id: prepayId }, 'prepay_id', /in JavaScript it is prepayId/],
    [{ ...good, partnerid: '1900000109' }, 'partnerid', /only for the type app/],
    [{ ...good, type: 'app', partnerid: 'x' }, 'partnerid', /other than 0-9/],
  ]) {
    await assert.rejects(wxpay.paySign(params), { name: 'ValidationError', field, message });
  }
});

test('a freed client signs nothing', async () => {
  const freed = new Wechatpay(options);
  freed.free();
  await assert.rejects(freed.paySign({ type: 'app', appid, prepayId }), { option: 'client' });
});
