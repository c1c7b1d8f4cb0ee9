// The known answers once more, through the packed tarball: the same bytes as OpenSSL's.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

import { Wechatpay } from 'wechatpay-wasm';

import { key } from '../merchant.mjs';
import { withNonce } from './with-nonce.mjs';

const read = (path) => readFileSync(new URL(path, import.meta.url), 'utf8');
const known = JSON.parse(read('../vectors/known-answers.json'));
const [success] = known.responses;

function responded({ status, body, timestamp, nonce, signature, serial }) {
  const headers = {
    'Wechatpay-Timestamp': String(timestamp),
    'Wechatpay-Nonce': nonce,
    'Wechatpay-Signature': signature,
    'Wechatpay-Serial': serial,
  };
  return new Response(status === 204 ? null : body, { status, headers });
}

function client(options) {
  return new Wechatpay({
    mchid: known.mchid,
    serial: known.serial,
    privateKey: key('merchant.pkcs8.pem'),
    certs: { [success.serial]: key(success.publicKey) },
    ...options,
  });
}

for (const vector of known.requests) {
  test(`${vector.privateKey} signs nonce ${vector.nonce} as OpenSSL does`, async () => {
    let sent;
    const wxpay = client({
      privateKey: key(vector.privateKey),
      clock: () => vector.timestamp * 1000 + 999,
      fetch: async (url, init) => {
        sent = { url, ...init };
        return responded(success);
      },
    });
    const { appid, outContractCode } = vector;
    const call = () => wxpay.preEntrustSignApp({ appid, outContractCode });
    assert.deepEqual(await withNonce(vector.nonce, call), {
      preEntrustwebId: JSON.parse(success.body).pre_entrustweb_id,
    });
    assert.equal(sent.url, `https://api.mch.weixin.qq.com${vector.path}`);
    assert.equal(Buffer.from(sent.body).toString(), vector.body);
    assert.equal(
      sent.headers.Authorization,
      `WECHATPAY2-SHA256-RSA2048 mchid="${known.mchid}",nonce_str="${vector.nonce}",` +
        `signature="${vector.signature}",timestamp="${vector.timestamp}",serial_no="${known.serial}"`,
    );
  });
}

for (const vector of known.responses) {
  test(`a response of HTTP ${vector.status}, signed by ${vector.publicKey}`, async () => {
    const wxpay = client({
      certs: { [vector.serial]: key(vector.publicKey) },
      clock: () => vector.timestamp * 1000,
      fetch: async () => responded(vector),
    });
    const call = wxpay.preEntrustSignApp({ appid: 'w', outContractCode: 'c' });
    if (vector.status === 200) {
      await call;
    } else if (vector.status === 204) {
      await assert.rejects(call, { code: 'ERR_RESPONSE_INVALID' });
    } else {
      await assert.rejects(call, { name: 'ApiError', code: 'PARAM_ERROR', verified: true });
    }
  });
}

// The responses that WeChat Pay publishes are in a folder next to a checkout, not in it.
const published = new URL('../../../shared/vectors/known-answers.json', import.meta.url);
test('responses that WeChat Pay publishes', { skip: !existsSync(published) }, async () => {
  const { responses } = JSON.parse(readFileSync(published, 'utf8'));
  assert.ok(responses.length > 0);
  for (const { publicKey, timestamp, nonce, body, signature, source } of responses) {
    const serial = /PUB_KEY_ID_\d+/.exec(source)[0];
    const call = (changed) =>
      client({
        certs: { [serial]: publicKey },
        clock: () => Number(timestamp) * 1000,
        fetch: async () =>
          responded({ status: 200, timestamp, nonce, serial, signature, body, ...changed }),
      }).preEntrustSignApp({ appid: 'w', outContractCode: 'c' });
    // Verified first, and only then read: the response belongs to another call.
    await assert.rejects(call(), { code: 'ERR_RESPONSE_INVALID' });
    await assert.rejects(call({ body: `${body} ` }), { code: 'ERR_SIGNATURE_INVALID' });
    await assert.rejects(call({ nonce: `${nonce}0` }), { code: 'ERR_SIGNATURE_INVALID' });
  }
});
