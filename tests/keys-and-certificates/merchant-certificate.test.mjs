// The option `cert`, apiclient_cert.pem, in place of `serial`: what it gives, and what is refused before
// anything is sent.
import assert from 'node:assert/strict';
import { createPrivateKey, sign, webcrypto } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { Wechatpay } from 'wechatpay-wasm';
import { createSandbox } from 'wechatpay-wasm/sandbox';

import { environmentOf } from '../environment-of.mjs';
import { key } from '../merchant.mjs';
import { refusingFetch } from '../refusing-fetch.mjs';
import { madeCertificate } from './made-certificate.mjs';

const sandbox = await createSandbox();
const { serial, cert: _, ...options } = sandbox.options;
const { mchid, privateKey } = options;
const params = { appid: 'wxd678efh567h23787', outContractCode: 'APPLYMENT_00000000001' };
const made = (more) => madeCertificate({ privateKey, serial, name: mchid, ...more });
const cert = made();

const keyObject = createPrivateKey(privateKey);
const otherKey = key('merchant.pkcs8.pem');
const imported = (pem) =>
  webcrypto.subtle.importKey(
    'pkcs8',
    createPrivateKey(pem).export({ format: 'der', type: 'pkcs8' }),
    { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
    false,
    ['sign'],
  );
const signerOf = (pem) => async (message) => sign('sha256', message, pem);

const noNodeCrypto = !process.getBuiltinModule;

/** The key in every form, by the options that give it. */
async function formsOf(pem) {
  return {
    PEM: { privateKey: pem },
    ...(noNodeCrypto ? {} : { KeyObject: { privateKey: createPrivateKey(pem) } }),
    CryptoKey: { privateKey: await imported(pem) },
    signer: { privateKey: undefined, signer: signerOf(pem) },
  };
}

const forms = Object.entries(await formsOf(privateKey));

/** Refused when the client is made, or else by its first call. Nothing is sent. */
async function refused(more, option, message) {
  const { fetch, sent } = refusingFetch();
  const call = async () => {
    const wxpay = new Wechatpay({ ...options, cert, fetch, ...more });
    await wxpay.preEntrustSignApp(params);
  };
  await assert.rejects(call(), (error) => {
    assert.equal(error.name, 'ConfigError', String(error));
    assert.equal(error.option, option, error.message);
    assert.match(error.message, message);
    assert.doesNotMatch(error.message, /BEGIN|MII/);
    return true;
  });
  assert.deepEqual(sent, []);
}

test('the serial number is read from the certificate', async () => {
  for (const [form, given] of forms) {
    for (const more of [{}, { serial }, { serial: serial.toLowerCase() }]) {
      const wxpay = new Wechatpay({ ...options, cert, ...given, ...more });
      const { preEntrustwebId } = await wxpay.preEntrustSignApp(params);
      assert.equal(typeof preEntrustwebId, 'string', form);
      assert.ok((await wxpay.paySign({ type: 'jsapi', appid: 'wx1', prepayId: 'wx2' })).paySign);
    }
  }
  const unnamed = made({ name: 'wechatpay-wasm sandbox' });
  await new Wechatpay({ ...options, cert: unnamed }).preEntrustSignApp(params);
  await new Wechatpay({ ...options, cert: Buffer.from(cert) }).preEntrustSignApp(params);
});

test('one of serial and cert is needed', async () => {
  await refused({ cert: undefined }, 'serial', /is missing; give it, or a cert in its place/);
  await refused({ cert: '' }, 'cert', /is empty/);
});

test('a serial number beside it must agree', async () => {
  for (const [, given] of forms) {
    await refused({ ...given, serial: '7E' }, 'cert', /another serial number than serial/);
  }
});

test('a key that does not belong to it', async () => {
  const { PEM, KeyObject, CryptoKey, signer } = await formsOf(otherKey);
  const apart = /^cert: does not belong to the private key/;
  await refused(PEM, 'cert', apart);
  if (KeyObject) await refused(KeyObject, 'cert', apart);
  const another = /signs with another key than that of cert/;
  await refused(CryptoKey, 'privateKey', another);
  await refused(signer, 'signer', another);
  const wrong = (message) => sign('sha1', message, privateKey);
  await refused({ ...signer, signer: wrong }, 'signer', another);
});

test('only the first signature is verified', async () => {
  let turn = 0;
  const signer = (message) => {
    turn += 1;
    return sign('sha256', message, turn === 1 ? privateKey : otherKey);
  };
  const wxpay = new Wechatpay({ ...options, cert, privateKey: undefined, signer });
  await wxpay.preEntrustSignApp(params);
  await assert.rejects(wxpay.preEntrustSignApp(params), { code: 'SIGN_ERROR' });
});

test('a certificate that is not valid at the time of the client’s clock', async () => {
  const [from, to] = ['2020-01-01T00:00:00Z', '2025-01-01T00:00:00Z'].map((text) => new Date(text));
  const old = made({ from, to });
  for (const [, given] of forms) {
    await refused({ ...given, cert: old }, 'cert', /has expired, by the client's clock/);
    const clock = () => from.getTime() - 1000;
    await refused(
      { ...given, cert: old, clock },
      'cert',
      /is not valid yet, by the client's clock/,
    );
  }
  const ahead = new Date(Date.now() + 86_400_000);
  await refused({ cert: made({ from: ahead }) }, 'cert', /is not valid yet/);
  const wxpay = new Wechatpay({ ...options, cert: old });
  const paid = wxpay.paySign({ type: 'jsapi', appid: 'wx1', prepayId: 'wx2' });
  await assert.rejects(paid, { option: 'cert' });
  // A notification needs no signature of the merchant's.
  const event = { eventType: 'TRANSACTION.SUCCESS', resource: { id: 1 } };
  assert.ok(await wxpay.notification(sandbox.notification(event)));
});

test('the certificate of another merchant, and one of the platform', async () => {
  for (const [, given] of forms) {
    const other = made({ name: '1900000109' });
    await refused({ ...given, cert: other }, 'cert', /is the certificate of another merchant/);
    const platform = made({ name: 'Tenpay.com sign' });
    await refused({ ...given, cert: platform }, 'cert', /WeChat Pay's platform, .* in certs/);
  }
  await refused({ cert: key('platform.cert.pem') }, 'cert', /does not belong to the private key/);
});

test('what is no certificate', async () => {
  await refused({ cert: privateKey }, 'cert', /is not a certificate; apiclient_cert\.pem/);
  await refused({ cert: 'apiclient_cert.pem' }, 'cert', /not its path/);
  await refused({ cert: keyObject }, 'cert', /must be a string or a Uint8Array/);
});

test('WECHATPAY_CERT, and its file, in the environment', async () => {
  const { WECHATPAY_SERIAL, ...env } = environmentOf({ ...options, serial });
  assert.ok(WECHATPAY_SERIAL);
  const call = async (more) => Wechatpay.fromEnv({ ...env, ...more }).preEntrustSignApp(params);
  await call({ WECHATPAY_CERT: cert });
  await call({ WECHATPAY_CERT: cert.replaceAll('\n', '\\n'), WECHATPAY_SERIAL });
  const fails = (more, option, message) => assert.rejects(call(more), { option, message });
  await fails({}, 'serial', /WECHATPAY_SERIAL is not set .* WECHATPAY_CERT in its place/);
  const both = { WECHATPAY_CERT: cert, WECHATPAY_SERIAL: '7E' };
  await fails(both, 'cert', /another serial number/);
  await fails({ WECHATPAY_CERT: made({ name: '1900000109' }) }, 'cert', /another merchant/);
  await fails({ WECHATPAY_CERT: cert, WECHATPAY_CERT_FILE: 'x' }, 'cert', /are both set/);
  if (noNodeCrypto) return;
  const folder = mkdtempSync(join(tmpdir(), 'wechatpay-'));
  try {
    const path = join(folder, 'apiclient_cert.pem');
    writeFileSync(path, cert);
    await call({ WECHATPAY_CERT_FILE: path });
    await fails({ WECHATPAY_CERT_FILE: join(folder, 'none') }, 'cert', /cannot be read/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

// Not in a hook: Node 20.0 runs no hook outside a suite.
test('the sandbox closes', () => sandbox.close());
