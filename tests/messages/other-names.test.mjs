// A name from another SDK is told its name here.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Wechatpay } from 'wechatpay-wasm';

import { merchant } from '../merchant.mjs';

/** Names elsewhere, and what an error says of each. */
const names = [
  ['mch_id', /in JavaScript it is mchid/],
  ['mchId', /in JavaScript it is mchid/],
  ['merchantId', /here it is mchid/],
  ['serial_no', /here it is serial/],
  ['serialNo', /here it is serial/],
  ['cert_serial_no', /here it is serial/],
  ['merchantSerialNumber', /here it is serial/],
  ['mchCertificateSerialNumber', /here it is serial/],
  ['private_key', /in JavaScript it is privateKey/],
  ['privateKeyPath', /here it is privateKey/],
  ['merchantPrivateKey', /here it is privateKey/],
  ['publicKey', /goes into certs, \{ PUB_KEY_ID_…: pem \}/],
  ['wxPublicKey', /goes into certs/],
  ['wxPayPublicKey', /goes into certs/],
  ['wechatpayPublicKeyId', /goes into certs/],
  ['platformCertificate', /goes into certs/],
  ['certificate', /here it is cert/],
  ['key', /the APIv3 key is apiv3Key here/],
  ['secret', /the APIv3 key is apiv3Key here/],
  ['apiv3_key', /in JavaScript it is apiv3Key/],
  ['apiV3Key', /in JavaScript it is apiv3Key/],
  ['base_url', /in JavaScript it is baseUrl/],
  ['appid', /give it with each call that has it/],
  ['notify_url', /give it with each call that has it/],
  ['authType', /signed with RSA and SHA-256/],
  ['userAgent', /names this package/],
];

for (const [name, told] of names) {
  test(`${name} is told its name here`, () => {
    assert.throws(
      () => new Wechatpay({ ...merchant, [name]: 'x' }),
      (error) => {
        assert.equal(error.option, name);
        assert.match(error.message, told);
        // The whole list is for names that are like none.
        assert.doesNotMatch(error.message, /known are/);
        return true;
      },
    );
  });
}

test('all of another SDK at once, and nothing is missing beside', () => {
  const elsewhere = { mchId: 'x', serial_no: 'x', privateKeyPath: 'x', publicKey: 'x', key: 'x' };
  assert.throws(
    () => new Wechatpay(elsewhere),
    (error) => {
      assert.doesNotMatch(error.message, /is missing|known are/);
      for (const name of Object.keys(elsewhere).slice(1)) assert.ok(error.message.includes(name));
      return true;
    },
  );
  assert.throws(() => new Wechatpay({ ...elsewhere, locale: 'zh-CN' }), {
    message:
      /^mchId：未知的名称；在 JavaScript 中应写作 mchid；serial_no 未知的名称；在此应写作 serial/,
  });
});

test('parameters, too', async () => {
  const wxpay = new Wechatpay(merchant);
  await assert.rejects(wxpay.preEntrustSignApp({ app_id: 'x', out_contract_code: 'y' }), {
    message:
      'app_id: is not known here; in JavaScript it is appid; out_contract_code is not known here; in ' +
      'JavaScript it is outContractCode',
  });
  // The client's alone are no hints for a call's.
  await assert.rejects(wxpay.preEntrustSignApp({ appid: 'x', outContractCode: 'y', key: 'z' }), {
    message: /^key: is not known here; known are appid, outContractCode/,
  });
});
