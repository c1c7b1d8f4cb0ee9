// Which keys a merchant has: the public key alone, platform certificates alone, or both while it moves.
import assert from 'node:assert/strict';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { test } from 'node:test';

import { Wechatpay } from 'wechatpay-wasm';
import { createSandbox } from 'wechatpay-wasm/sandbox';

import { assertRefused, assertSigned, CONTRACT, send } from './signed-request.mjs';

const params = { appid: CONTRACT.appid, outContractCode: CONTRACT.out_contract_code };
const list = { method: 'GET', path: '/v3/certificates' };
const event = { eventType: 'TRANSACTION.SUCCESS', resource: { a: 1 } };

async function withMerchant(merchant, each) {
  const sandbox = await createSandbox({ merchant });
  try {
    await each(sandbox, new Wechatpay(sandbox.options));
  } finally {
    await sandbox.close();
  }
}

test('the public key alone: it signs every response, and there are no certificates', () =>
  withMerchant(undefined, async (sandbox, wxpay) => {
    await wxpay.preEntrustSignApp(params);
    const [id] = Object.keys(sandbox.options.certs);
    assert.match(id, /^PUB_KEY_ID_/);
    for (const serial of [undefined, id, sandbox.options.serial]) {
      const response = await send(sandbox, { headers: { 'Wechatpay-Serial': serial } });
      assert.equal(response.status, 200);
      assert.equal(response.headers['wechatpay-serial'], id);
      assertSigned(response, sandbox);
    }
    assertRefused(await send(sandbox, list), sandbox, {
      status: 404,
      code: 'RESOURCE_NOT_EXISTS',
      message: '无可用的平台证书，请在商户平台-API安全申请使用微信支付公钥',
    });
    await assert.rejects(sandbox.rotateCertificate(), /has the public key alone/);
    assert.throws(() => sandbox.notification({ ...event, signedBy: 'certificate' }), {
      name: 'TypeError',
      message: /this merchant has no certificate/,
    });
  }));

test('certificates alone: the current one signs, and is among the options', () =>
  withMerchant('certificates', async (sandbox, wxpay) => {
    const [[id, pem]] = Object.entries(sandbox.options.certs);
    assert.equal(new X509Certificate(pem).serialNumber, id);
    await wxpay.preEntrustSignApp(params);
    const response = await send(sandbox, { headers: { 'Wechatpay-Serial': undefined } });
    assert.equal(response.headers['wechatpay-serial'], id);
    const { data } = await wxpay.v3.certificates.get({ query: { algorithm_type: 'RSA' } });
    assert.deepEqual(
      data.data.map(({ serial_no: serial }) => serial),
      [id],
    );
    const { resource } = await wxpay.notification(sandbox.notification(event));
    assert.deepEqual(resource, { a: 1 });
    assert.throws(() => sandbox.notification({ ...event, signedBy: 'public-key' }), /has no/);
    const auto = new Wechatpay({ ...sandbox.options, certs: 'auto' });
    await auto.preEntrustSignApp(params);
  }));

test('both: what Wechatpay-Serial names signs, and without it the certificate', () =>
  withMerchant('migrating', async (sandbox, wxpay) => {
    await wxpay.preEntrustSignApp(params);
    const [id] = Object.keys(sandbox.options.certs);
    const signerOf = async (serial) => {
      const { headers } = await send(sandbox, { headers: { 'Wechatpay-Serial': serial } });
      return headers['wechatpay-serial'];
    };
    const certificate = await signerOf(undefined);
    assert.match(certificate, /^[0-9A-F]{40}$/);
    assert.equal(await signerOf(id), id);
    assert.equal(await signerOf(certificate), certificate);
    assert.equal(await signerOf('PUB_KEY_ID_0'), certificate);
  }));

test('apiclient_cert.pem has the serial number and the key of the merchant', () =>
  withMerchant('public-key', async ({ options }) => {
    const certificate = new X509Certificate(options.cert);
    assert.equal(certificate.serialNumber, options.serial);
    assert.ok(certificate.checkPrivateKey(createPrivateKey(options.privateKey)));
  }));

test('another word is refused', async () => {
  await assert.rejects(createSandbox({ merchant: 'new' }), {
    name: 'TypeError',
    message: 'createSandbox: merchant must be one of public-key, certificates, migrating',
  });
  await assert.rejects(createSandbox({ strict: 1 }), /strict must be true or false/);
});
