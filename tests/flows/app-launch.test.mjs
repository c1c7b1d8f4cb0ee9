// What an app opens WeChat's contract page with: the exact bytes, and a signature that node:crypto
// verifies.
import assert from 'node:assert/strict';
import { createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { Wechatpay } from 'wechatpay-wasm';

import { key } from '../merchant.mjs';
import { withNonce } from './with-nonce.mjs';

const known = JSON.parse(
  readFileSync(new URL('../vectors/known-answers.json', import.meta.url), 'utf8'),
);
const privateKey = key('merchant.pkcs8.pem');

const client = (options) =>
  new Wechatpay({
    mchid: known.mchid,
    serial: known.serial,
    privateKey,
    certs: { PUB_KEY_ID_01: key('wechatpay.spki.pem') },
    fetch: () => assert.fail('nothing is sent'),
    ...options,
  });

for (const { nonce, timestamp, query, message, ...params } of known.launches) {
  test(`${params.preEntrustwebId} is launched with the bytes of OpenSSL`, async () => {
    const { preEntrustwebId, appid, outContractCode } = params;
    const wxpay = client({ clock: () => timestamp * 1000 });
    const launch = () => wxpay.appLaunchParams({ appid, preEntrustwebId, outContractCode });
    const launched = await withNonce(nonce, launch);
    assert.deepEqual(launched, { businessType: 'liteAppC2CSignPay', query });
  });
}

test('every launch is signed anew, over the package before it is percent-encoded', async () => {
  const wxpay = client();
  const params = { appid: 'wx1', preEntrustwebId: 'a+b/c=', outContractCode: 'A_1' };
  const queries = [];
  for (let turn = 0; turn < 2; turn += 1) {
    const before = Math.floor(Date.now() / 1000);
    const { query } = await wxpay.appLaunchParams(params);
    queries.push(query);
    const { signature, ...fields } = Object.fromEntries(new URLSearchParams(query));
    const bundle = 'preEntrustwebId=a+b/c=&outContractCode=A_1&permissionType=INDIVIDUAL_PAYEE';
    const { timeStamp, nonceStr } = fields;
    assert.deepEqual(fields, {
      mchid: known.mchid,
      appid: 'wx1',
      package: bundle,
      timeStamp,
      nonceStr,
      signType: 'RSA',
      certSerialNo: known.serial,
    });
    assert.ok(Number(timeStamp) >= before && Number(timeStamp) <= before + 60);
    assert.match(nonceStr, /^[0-9A-F]{32}$/);
    const message = Buffer.from(`wx1\n${timeStamp}\n${nonceStr}\n${bundle}\n`);
    const publicKey = createPublicKey(privateKey);
    assert.ok(verify('sha256', message, publicKey, Buffer.from(signature, 'base64')));
    assert.ok(!query.includes('+') && !query.includes('/'), 'each value is percent-encoded');
  }
  assert.notEqual(queries[0], queries[1]);
});

test('the parameters are validated', async () => {
  const wxpay = client();
  const good = { appid: 'wx1', preEntrustwebId: 'id', outContractCode: 'A_1' };
  for (const [wrong, field, message] of [
    [{ preEntrustwebId: undefined }, 'preEntrustwebId', /is missing/],
    [{ preEntrustwebId: 'a&b' }, 'preEntrustwebId', /position 2/],
    [{ preEntrustWebId: 'id' }, 'preEntrustWebId', /in JavaScript it is preEntrustwebId$/],
    [{ outContractCode: '' }, 'outContractCode', /is empty/],
  ]) {
    await assert.rejects(wxpay.appLaunchParams({ ...good, ...wrong }), (error) => {
      assert.equal(error.code, 'ERR_PARAM');
      assert.equal(error.field, field);
      assert.match(error.message, message);
      return true;
    });
  }
  wxpay.free();
  await assert.rejects(wxpay.appLaunchParams(good), { option: 'client' });
});
