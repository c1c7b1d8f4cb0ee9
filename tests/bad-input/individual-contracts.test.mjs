// Wrong parameters of the individual-contract calls, as JavaScript can pass them. Each is rejected
// with a typed error that names the field, and nothing is sent.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { ValidationError, Wechatpay } from 'wechatpay-wasm';

import { merchant } from '../merchant.mjs';
import { refusingFetch } from '../refusing-fetch.mjs';

const { fetch, sent } = refusingFetch();
const wxpay = new Wechatpay({ ...merchant, fetch });

const appid = 'wxd678efh567h23787';
const outContractCode = 'APPLYMENT_00000000001';
const openid = 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o';
const identity = { realName: '张三', credType: 'ID_CARD', credId: '11010519491231002X' };
const calls = {
  preEntrustSignMiniProgram: { appid, outContractCode, openid },
  preEntrustSignAppWithRealName: { appid, outContractCode, ...identity },
  preEntrustSignMiniProgramWithRealName: { appid, outContractCode, openid, ...identity },
  queryContractByOutContractCode: { appid, outContractCode },
  queryContractByOpenid: { appid, openid, permissionType: 'INDIVIDUAL_PAYEE' },
};

async function refused(name, params, field, message) {
  const error = await wxpay[name](params).catch((reason) => reason);
  assert.ok(error instanceof ValidationError, `${name}: ${error}`);
  assert.equal(error.field, field, error.message);
  assert.match(error.message, message);
}

const wrongValues = {
  appid: [
    ['', /is empty/],
    ['w'.repeat(33), /at most 32/],
    ['w x', /position 2/],
  ],
  outContractCode: [
    ['A B', /position 2/],
    ['A'.repeat(129), /at most 128/],
  ],
  openid: [
    ['', /is empty/],
    ['o'.repeat(129), /at most (64|128)/],
    ['张', /visible ASCII/],
    ['..', /must not be \. or \.\./],
  ],
  realName: [
    ['', /is empty/],
    ['名'.repeat(65), /has 65 characters/],
    ['张\n', /position 2 a control character/],
    ['\ud800', /surrogate/],
    ['𠮷'.repeat(64), /256 bytes in UTF-8; .* 214/],
  ],
  credType: [
    ['PASSPORT', /must be ID_CARD/],
    ['', /must be ID_CARD/],
  ],
  credId: [['1'.repeat(65), /at most 64/]],
  permissionType: [['individual_payee', /must be INDIVIDUAL_PAYEE/]],
};

for (const [name, good] of Object.entries(calls)) {
  test(`${name} rejects missing, wrong and unknown fields, and sends nothing`, async () => {
    for (const field of Object.keys(good)) {
      if (field !== 'permissionType') {
        await refused(name, { ...good, [field]: undefined }, field, /is missing/);
      }
      await refused(name, { ...good, [field]: null }, field, /must be a string, not null/);
      await refused(name, { ...good, [field]: 7 }, field, /must be a string, not a number/);
      for (const [value, message] of wrongValues[field]) {
        await refused(name, { ...good, [field]: value }, field, message);
      }
    }
    await refused(name, { ...good, sex: 1 }, 'sex', /is not known here; known are appid/);
    await refused(name, undefined, 'params', /must be an object \{ appid/);
    await refused(name, { ...good, out_contract_code: 'A' }, 'out_contract_code', /not known/);
    const error = await wxpay[name](good, { timeout: 0 }).catch((reason) => reason);
    assert.equal(error.field, 'options.timeout');
    assert.deepEqual(sent, []);
  });
}

test('the limit of an openid in a body is lower than that of an openid in a path', async () => {
  const long = 'o'.repeat(65);
  const { preEntrustSignMiniProgram: params, queryContractByOpenid: query } = calls;
  await refused('preEntrustSignMiniProgram', { ...params, openid: long }, 'openid', /at most 64/);
  const call = wxpay.queryContractByOpenid({ ...query, openid: long }, { maxRetries: 0 });
  await assert.rejects(call, { code: 'ERR_NETWORK' });
});
