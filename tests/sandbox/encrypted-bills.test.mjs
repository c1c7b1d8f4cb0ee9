// Bills that the sandbox encrypts with a key of their own, as the client downloads them.
import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import { test } from 'node:test';

import { Wechatpay } from 'wechatpay-wasm';
import { createSandbox } from 'wechatpay-wasm/sandbox';

const skip = !process.getBuiltinModule && 'no node:crypto without an import before Node 20.16';
const algorithm = 'AEAD_AES_256_GCM';
const requests = [
  (wxpay, tar_type) =>
    wxpay.v3.ecommerce.bill.fundflowbill.get({
      query: { bill_date: '2026-11-22', account_type: 'ALL', algorithm, tar_type },
    }),
  (wxpay, tar_type) =>
    wxpay.v3.bill.subMerchantFundflowbill.get({
      query: {
        ...{ sub_mchid: '1900000109', bill_date: '2026-11-22', account_type: 'BASIC' },
        ...{ algorithm, tar_type },
      },
    }),
  (wxpay, tar_type) =>
    wxpay.v3.payscore.merchantBill.get({
      query: {
        ...{ bill_date: '2026-11-22', service_id: '2002000000000558128851361561536' },
        ...{ encryption_algorithm: algorithm, tar_type },
      },
    }),
];

test('each has a key, in gzip or not, for a key in the Wasm or of the host', {
  skip,
}, async (t) => {
  const sandbox = await createSandbox();
  t.after(() => sandbox.close());
  const { privateKey } = sandbox.options;
  for (const key of [privateKey, createPrivateKey(privateKey)]) {
    const wxpay = new Wechatpay({ ...sandbox.options, privateKey: key });
    for (const request of requests) {
      for (const tarType of [undefined, 'GZIP']) {
        const { data } = await request(wxpay, tarType);
        const [part] = data.download_bill_list;
        const { download_url: url, hash_type: hashType, hash_value: hashValue } = part;
        const { encrypt_key: encryptKey, nonce } = part;
        const params = { hashType, hashValue, encryptKey, nonce, gzip: tarType === 'GZIP' };
        const text = Buffer.from(await wxpay.downloadBytes(url, params)).toString();
        assert.match(text, /^记账时间,/);
        const { encrypt_key: other } = (await request(wxpay, tarType)).data.download_bill_list[0];
        await assert.rejects(wxpay.downloadBytes(url, { ...params, encryptKey: other }), {
          code: 'ERR_HASH_MISMATCH',
          message: /GCM tag/,
        });
      }
    }
  }
});
