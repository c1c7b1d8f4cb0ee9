// certs: 'auto' with every call as the first call of a client. The certificates are downloaded
// before it, once for any number of calls, and within the call's own deadline.
import assert from 'node:assert/strict';
import { constants, createHash, publicEncrypt, X509Certificate } from 'node:crypto';
import { test } from 'node:test';

import { Wechatpay } from 'wechatpay-wasm';
import { createSandbox } from 'wechatpay-wasm/sandbox';
import { send } from '../sandbox/signed-request.mjs';

const appid = 'wxd678efh567h23787';
const openid = 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o';
const contract = { appid, outContractCode: 'APPLYMENT_00000000001' };
const person = { realName: '张三', credType: 'ID_CARD', credId: '11010519491231002X' };
const event = { eventType: 'TRANSACTION.SUCCESS', resource: { out_trade_no: 'ORDER_1' } };

async function withSandbox(run) {
  const time = { passed: 0 };
  const clock = () => Date.now() + time.passed;
  const sandbox = await createSandbox({ merchant: 'migrating', clock });
  // The contract that the queries need is signed first, by a client of its own with the public key.
  await new Wechatpay({ ...sandbox.options, clock }).preEntrustSignMiniProgram({
    ...contract,
    openid,
  });
  sandbox.requests.length = 0;
  const client = (options) =>
    new Wechatpay({ ...sandbox.options, certs: 'auto', clock, timeout: 60_000, ...options });
  const urls = () => sandbox.requests.map(({ url }) => url);
  const downloads = () => urls().filter((url) => url === '/v3/certificates').length;
  try {
    await run({ sandbox, client, urls, downloads, time });
  } finally {
    await sandbox.close();
  }
}

const typed = {
  preEntrustSignApp: (wxpay) => wxpay.preEntrustSignApp(contract),
  preEntrustSignMiniProgram: (wxpay) => wxpay.preEntrustSignMiniProgram({ ...contract, openid }),
  preEntrustSignAppWithRealName: (wxpay) =>
    wxpay.preEntrustSignAppWithRealName({ ...contract, ...person }),
  preEntrustSignMiniProgramWithRealName: (wxpay) =>
    wxpay.preEntrustSignMiniProgramWithRealName({ ...contract, openid, ...person }),
  queryContractByOutContractCode: (wxpay) => wxpay.queryContractByOutContractCode(contract),
  queryContractByOpenid: (wxpay) =>
    wxpay.queryContractByOpenid({ appid, openid, permissionType: 'INDIVIDUAL_PAYEE' }),
  echo: (wxpay) => wxpay.echo(),
  'a chain’s GET': (wxpay) =>
    wxpay.v3.ecommerce.individualContracts._openid_.get({
      openid,
      query: { appid, permission_type: 'INDIVIDUAL_PAYEE' },
    }),
  'a chain’s POST': (wxpay) => wxpay.v3.security.echo.post({ json: { echo_message: 'hello' } }),
  upload: (wxpay) =>
    wxpay.upload('/v3/merchant/media/upload', { file: new Uint8Array(9), filename: 'x.png' }),
};
for (const [name, call] of Object.entries(typed)) {
  test(`${name}, as the first call, and eight times at once`, () =>
    withSandbox(async ({ sandbox, client, downloads, urls }) => {
      const wxpay = client();
      await Promise.all(Array.from({ length: 8 }, () => call(wxpay)));
      assert.equal(urls()[0], '/v3/certificates');
      assert.equal(downloads(), 1);
      assert.equal(sandbox.requests.length, 9);
      assert.ok(sandbox.requests.every(({ result }) => result.ok));
    }));
}

test('fields are encrypted for the downloaded certificate', () =>
  withSandbox(async ({ sandbox, client }) => {
    const wxpay = client();
    await wxpay.preEntrustSignAppWithRealName({ ...contract, ...person });
    const [{ serialNo }] = await wxpay.certificates();
    assert.equal(sandbox.requests[1].headers['wechatpay-serial'], serialNo);
    assert.ok(!sandbox.requests[1].body.includes(person.realName));
  }));

test('a chain call that names the certificate that encrypts its field', () =>
  withSandbox(async ({ sandbox, client, downloads }) => {
    const [{ serialNo, certificate }] = await client().certificates();
    const padding = constants.RSA_PKCS1_OAEP_PADDING;
    const key = { key: new X509Certificate(certificate).publicKey, padding, oaepHash: 'sha1' };
    const json = {
      echo_message: 'hello',
      encrypted_echo_message: publicEncrypt(key, Buffer.from('hello')).toString('base64'),
    };
    const call = (wxpay, serial = serialNo) =>
      wxpay.v3.security.echo.post({ json, headers: { 'Wechatpay-Serial': serial } });

    const wxpay = client();
    const responses = await Promise.all([1, 2, 3, 4].map(() => call(wxpay)));
    for (const { data } of responses) {
      assert.equal(await wxpay.decrypt(data.encrypted_echo_message), 'hello');
    }
    assert.equal(downloads(), 2);

    // Beside a public key, nothing is downloaded until a certificate is named.
    const beside = client({ certs: { ...sandbox.options.certs, auto: true } });
    await beside.preEntrustSignApp(contract);
    assert.equal(downloads(), 2);
    await Promise.all([1, 2, 3, 4].map(() => call(beside)));
    assert.equal(downloads(), 3);

    // A request that names a certificate that WeChat Pay does not list is not sent.
    const sent = sandbox.requests.length;
    await assert.rejects(call(beside, '5157F09EFDC096DE15EBE81A47057A7232F1B8E1'), {
      name: 'ValidationError',
      field: 'headers.Wechatpay-Serial',
    });
    assert.equal(sandbox.requests.length, sent);
    // Without auto, nothing is downloaded for it.
    const given = client({ certs: sandbox.options.certs });
    await assert.rejects(call(given), { field: 'headers.Wechatpay-Serial' });
    assert.equal(sandbox.requests.length, sent);
  }));

test('a file download needs no certificate; a refused one downloads certificates once', () =>
  withSandbox(async ({ sandbox, client, downloads }) => {
    const path = '/v3/bill/tradebill?bill_date=2026-11-22';
    const { json } = await send(sandbox, { method: 'GET', path });
    const params = { hashType: json.hash_type, hashValue: json.hash_value };
    const wxpay = client();
    const bytes = await wxpay.downloadBytes(json.download_url, params);
    assert.equal(createHash('sha1').update(bytes).digest('hex'), params.hashValue);
    assert.equal(downloads(), 0);

    const wrong = json.download_url.replace(/token=../, 'token=xx');
    const calls = Array.from({ length: 8 }, () => wxpay.download(wrong, params));
    for (const { reason } of await Promise.allSettled(calls)) {
      assert.equal(reason.code, 'INVALID_REQUEST');
      assert.equal(reason.verified, true);
    }
    assert.equal(downloads(), 1);
  }));

test('eight notifications at once, one download', () =>
  withSandbox(async ({ sandbox, client, downloads }) => {
    const wxpay = client();
    const made = () => sandbox.notification({ ...event, signedBy: 'certificate' });
    const opened = await Promise.all(Array.from({ length: 8 }, () => wxpay.notification(made())));
    for (const { resource } of opened) assert.deepEqual(resource, event.resource);
    assert.equal(downloads(), 1);
  }));

test('all calls at once, one download', () =>
  withSandbox(async ({ sandbox, client, downloads }) => {
    const wxpay = client();
    const calls = Object.values(typed).map((call) => call(wxpay));
    calls.push(wxpay.notification(sandbox.notification({ ...event, signedBy: 'certificate' })));
    await Promise.all(calls);
    assert.equal(downloads(), 1);
  }));

test('paySign and appLaunchParams send nothing', () =>
  withSandbox(async ({ sandbox, client }) => {
    const wxpay = client();
    await wxpay.paySign({ type: 'jsapi', appid, prepayId: 'wx201410272009395522657a690389285100' });
    await wxpay.appLaunchParams({ ...contract, preEntrustwebId: '1d4b5b8a9c0e4f6f' });
    assert.equal(sandbox.requests.length, 0);
  }));

test('the deadline of a call includes its download of certificates', () =>
  withSandbox(async ({ sandbox, client, urls }) => {
    sandbox.faults = { delay: 5_000 };
    const started = performance.now();
    await assert.rejects(client().echo({ deadline: 300 }), { code: 'ERR_TIMEOUT' });
    assert.ok(performance.now() - started < 2_000);
    // The call itself was never sent.
    assert.ok(urls().every((url) => url === '/v3/certificates'));
  }));

test('the signal of a call ends its download of certificates', () =>
  withSandbox(async ({ sandbox, client, urls }) => {
    sandbox.faults = { delay: 5_000 };
    const signal = AbortSignal.timeout(200);
    await assert.rejects(client().echo({ signal }), (reason) => reason === signal.reason);
    assert.ok(urls().every((url) => url === '/v3/certificates'));
  }));

test('a renewal that hangs takes half of the deadline, and the call keeps the other half', () =>
  withSandbox(async ({ sandbox, client, downloads, time }) => {
    const wxpay = client();
    await wxpay.preEntrustSignApp(contract);
    time.passed = 13 * 60 * 60_000;
    sandbox.faults = { delay: 30_000, times: 1 };
    const started = performance.now();
    await wxpay.preEntrustSignApp(contract, { deadline: 4_000 });
    assert.ok(performance.now() - started < 4_000);
    assert.equal(downloads(), 2);
  }));

test('a renewal is tried once, however often the client retries', () =>
  withSandbox(async ({ sandbox, client, downloads, time }) => {
    const wxpay = client();
    await wxpay.preEntrustSignApp(contract);
    time.passed = 13 * 60 * 60_000;
    sandbox.faults = { status: 503, times: 1 };
    await wxpay.preEntrustSignApp(contract);
    assert.equal(downloads(), 2);
  }));

test('the maxRetries of a call does not apply to its download of certificates', () =>
  withSandbox(async ({ sandbox, client, downloads }) => {
    sandbox.faults = { status: 503, times: 1 };
    await client().preEntrustSignApp(contract, { maxRetries: 0 });
    assert.equal(downloads(), 2);
  }));

test('a signal also ends the download of the key that a response names', () =>
  withSandbox(async ({ sandbox, client, time }) => {
    const controller = new AbortController();
    let rotated = false;
    const wxpay = client({
      fetch(url, init) {
        if (rotated && url.endsWith('/v3/certificates')) controller.abort('gone');
        return fetch(url, init);
      },
    });
    await wxpay.preEntrustSignApp(contract);
    time.passed = 2 * 60_000;
    await sandbox.rotateCertificate();
    rotated = true;
    const call = wxpay.preEntrustSignApp(contract, { signal: controller.signal });
    await assert.rejects(call, (reason) => reason === 'gone');
  }));

test('the short timeout of one call does not fail other calls', () =>
  withSandbox(async ({ sandbox, client, downloads }) => {
    sandbox.faults = { delay: 30_000, times: 1 };
    const wxpay = client({ maxRetries: 0 });
    const hasty = wxpay.preEntrustSignApp(contract, { timeout: 200 });
    const patient = wxpay.preEntrustSignApp(contract);
    await assert.rejects(hasty, { code: 'ERR_TIMEOUT' });
    await patient;
    assert.equal(downloads(), 2);
  }));
