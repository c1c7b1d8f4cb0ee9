// Whom a client believes, where somebody has the APIv3 key and the connection: a list of platform
// certificates that verifies itself, the merchant's own key as WeChat Pay's, headers that move the
// boundary of what is signed.
import assert from 'node:assert/strict';
import { generateKeyPairSync, sign } from 'node:crypto';
import { test } from 'node:test';

import { VerificationError, Wechatpay } from 'wechatpay-wasm';
import { createSandbox } from 'wechatpay-wasm/sandbox';

import { makeCertificate } from '../../pkg-template/sandbox/certificate.mjs';
import { encrypt } from '../../pkg-template/sandbox/encrypt.mjs';
import { key, merchant, publicKeyId } from '../merchant.mjs';

const apiv3Key = 'a7cde1ZJB1kG2e7VfTs3jQzaWizur8Gb';
const params = { appid: 'wxd678efh567h23787', outContractCode: 'APPLYMENT_00000000001' };
const body = '{"pre_entrustweb_id":"FORGED"}';
const year = 365 * 24 * 60 * 60;
const now = Math.floor(Date.now() / 1000);

/** A certificate of a key, and what signs with it. */
function signerOf(keys) {
  const { serialNo, pem } = makeCertificate(keys, { notBefore: now - year, notAfter: now + year });
  return { id: serialNo, pem, privateKey: keys.privateKey };
}
const newKeys = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const [wechatpay, forger] = [signerOf(newKeys()), signerOf(newKeys())];
const publicKey = { id: publicKeyId, privateKey: key('wechatpay.pkcs8.pem') };
const own = newKeys();
const ownPem = own.privateKey.export({ type: 'pkcs8', format: 'pem' });
const ownSpki = own.publicKey.export({ type: 'spki', format: 'pem' });
const ownCertificate = signerOf(own);

function response(text, { id, privateKey }, nonce = 'nonce') {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = sign('sha256', `${timestamp}\n${nonce}\n${text}\n`, privateKey);
  return new Response(text, {
    headers: {
      'Wechatpay-Timestamp': timestamp,
      'Wechatpay-Nonce': nonce,
      'Wechatpay-Serial': id,
      'Wechatpay-Signature': signature.toString('base64'),
    },
  });
}

function list(...signers) {
  const data = signers.map(({ id, pem }) => ({
    serial_no: id,
    effective_time: '2018-06-08T10:34:56+08:00',
    expire_time: '2038-06-08T10:34:56+08:00',
    encrypt_certificate: encrypt(pem, 'certificate', apiv3Key),
  }));
  return JSON.stringify({ data });
}

/** A client of a host that responds as `lists`, one after another, and `call` say. */
function client(options, { lists, call = () => response(body, forger) }) {
  const left = [...lists];
  const fetch = async (url) => (url.endsWith('/v3/certificates') ? left.shift()() : call());
  return new Wechatpay({ ...merchant, apiv3Key, maxRetries: 0, fetch, ...options });
}

const selfVerified = () => response(list(forger), forger);
const given = merchant.certs;
const pinned = { [wechatpay.id]: wechatpay.pem };
const unknown = { name: 'VerificationError', code: 'ERR_SERIAL_UNKNOWN' };

test('a list that verifies itself is refused by every client that was given a key', async () => {
  for (const certs of [given, { ...given, auto: true }, pinned, { ...pinned, auto: true }]) {
    const wxpay = client({ certs }, { lists: [selfVerified, selfVerified] });
    await assert.rejects(wxpay.certificates(), unknown);
    await assert.rejects(wxpay.preEntrustSignApp(params), unknown);
  }
});

test('a response of an unknown key brings no such list', async () => {
  const wxpay = client({ certs: { ...given, auto: true } }, { lists: [selfVerified] });
  await assert.rejects(wxpay.preEntrustSignApp(params), unknown);
});

test('after an honest first download, a list that verifies itself is refused', async () => {
  const honest = () => response(list(wechatpay), wechatpay);
  const wxpay = client({ certs: 'auto' }, { lists: [honest, selfVerified] });
  await wxpay.certificates();
  await assert.rejects(wxpay.certificates(), unknown);
  await assert.rejects(wxpay.preEntrustSignApp(params), unknown);
});

test('a certificate that was given is not replaced, whoever signed the list', async () => {
  const impostor = { ...forger, id: wechatpay.id };
  // `id` is only what the list says: the certificate needs the serial number itself.
  const certificate = Buffer.from(forger.pem.replace(/-.*-|\n/g, ''), 'base64').toString('hex');
  const hex = certificate.replace(forger.id.toLowerCase(), wechatpay.id.toLowerCase());
  const base64 = Buffer.from(hex, 'hex').toString('base64');
  impostor.pem = `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`;
  const wxpay = client(
    { certs: { ...given, ...pinned, auto: true } },
    {
      lists: [() => response(list(impostor), publicKey)],
      call: () => response(body, impostor),
    },
  );
  await wxpay.certificates();
  await assert.rejects(wxpay.preEntrustSignApp(params), { code: 'ERR_SIGNATURE_INVALID' });
});

test("the merchant's own key in a list is refused", async () => {
  const lists = [() => response(list(ownCertificate), ownCertificate)];
  for (const options of [
    { privateKey: ownPem },
    {
      privateKey: undefined,
      signer: (message) => sign('sha256', message, ownPem),
      cert: ownCertificate.pem,
      serial: ownCertificate.id,
    },
  ]) {
    const wxpay = client({ certs: 'auto', ...options }, { lists });
    await assert.rejects(wxpay.certificates(), {
      name: 'TransportError',
      code: 'ERR_RESPONSE_INVALID',
      message: /the merchant's own certificate or key/,
    });
  }
});

test('cert shows the key that a signer hides', async () => {
  const remote = { ...merchant, privateKey: undefined, signer: () => new Uint8Array(256) };
  const { id: serial, pem } = ownCertificate;
  const certs = { PUB_KEY_ID_01: ownSpki };
  const der = Buffer.from(pem.replace(/-.*-|\n/g, ''), 'base64');
  for (const cert of [pem, Buffer.from(pem), der]) {
    assert.throws(() => new Wechatpay({ ...remote, serial, certs, cert }), {
      name: 'ConfigError',
      option: 'certs',
      message: /the merchant's own key/,
    });
    new Wechatpay({ ...remote, serial, cert }).free();
    new Wechatpay({ ...merchant, privateKey: ownPem, serial, cert }).free();
  }
});

test('a cert that does not belong to the key or the serial is refused', () => {
  const remote = { privateKey: undefined, signer: () => new Uint8Array(256) };
  const { id: serial, pem: cert } = ownCertificate;
  for (const [options, message] of [
    [{ ...remote, cert }, /another serial number than serial/],
    [{ serial, cert }, /does not belong to the private key/],
    [{ cert: ownSpki }, /is not a certificate/],
    [{ cert: ownPem }, /is not a certificate/],
    [{ cert: 'apiclient_cert.pem' }, /not its path/],
    [{ cert: '' }, /is empty/],
    [{ cert: new Uint8Array() }, /is empty/],
    [{ cert: 7 }, /must be a string or a Uint8Array/],
  ]) {
    assert.throws(
      () => new Wechatpay({ ...merchant, ...options }),
      (error) => {
        assert.equal(error.name, 'ConfigError');
        assert.equal(error.option, 'cert');
        assert.match(error.message, message);
        assert.ok(!error.message.includes('MII'));
        return true;
      },
    );
  }
});

test('a bare public key under the serial number of a certificate is refused', () => {
  const certs = { [wechatpay.id]: key('wechatpay.spki.pem') };
  assert.throws(() => new Wechatpay({ ...merchant, certs }), {
    name: 'ConfigError',
    option: 'certs',
    message: /a bare public key; give the certificate, or .* under its id/,
  });
});

test('a control character in a header of the signature is refused', async () => {
  const resource = encrypt('{"out_trade_no":"1"}', 'transaction', apiv3Key);
  const event = {
    id: 'EV-1',
    create_time: '2018-06-08T10:34:56+08:00',
    resource_type: 'encrypt-resource',
    event_type: 'TRANSACTION.SUCCESS',
    summary: 'x',
    resource: { ...resource, original_type: 'transaction' },
  };
  const text = JSON.stringify(event);
  const wxpay = client({}, { lists: [] });
  const refused = (name) => ({
    code: 'ERR_SIGNATURE_INVALID',
    message: new RegExp(`its ${name} header contains a control character`),
  });
  // The signed body begins with a line that the nonce takes.
  const { headers } = response(`line\n${text}`, publicKey);
  const all = { ...Object.fromEntries(headers), 'wechatpay-nonce': 'nonce\nline' };
  await assert.rejects(
    wxpay.notification({ headers: all, body: text }),
    refused('Wechatpay-Nonce'),
  );
  const good = Object.fromEntries(response(text, publicKey).headers);
  assert.equal((await wxpay.notification({ headers: good, body: text })).id, 'EV-1');
  for (const name of ['Timestamp', 'Nonce', 'Serial', 'Signature']) {
    for (const character of ['\n', '\r', '\0', '\x7f']) {
      const header = `wechatpay-${name.toLowerCase()}`;
      const bad = { ...good, [header]: `${good[header]}${character}` };
      await assert.rejects(
        wxpay.notification({ headers: bad, body: text }),
        refused(`Wechatpay-${name}`),
      );
    }
  }
  // A response of a given fetch may have such headers, too.
  const signed = response(`line\n${body}`, publicKey);
  const nonce = {
    get: (name) => (name === 'Wechatpay-Nonce' ? 'nonce\nline' : signed.headers.get(name)),
  };
  const call = () => ({ status: 200, headers: nonce, body: new Response(body).body });
  await assert.rejects(
    client({}, { lists: [], call }).preEntrustSignApp(params),
    refused('Wechatpay-Nonce'),
  );
});

test('while WeChat Pay changes its certificate, a download asks for the known one', async () => {
  const time = { passed: 0 };
  const clock = () => Date.now() + time.passed;
  const sandbox = await createSandbox({ merchant: 'migrating', clock });
  try {
    const options = { ...sandbox.options, certs: 'auto', clock, maxRetries: 0 };
    const wxpay = new Wechatpay(options);
    const [{ serialNo }] = await wxpay.certificates();
    await sandbox.rotateCertificate();
    await wxpay.certificates();
    assert.equal(sandbox.requests.at(-1).headers['wechatpay-serial'], serialNo);
    await wxpay.preEntrustSignApp(params);

    // A host that signs with the new one all the same: the error says what to do.
    const without = new Wechatpay({
      ...options,
      fetch(url, { headers: { 'Wechatpay-Serial': _, ...headers }, ...init }) {
        return fetch(url, { ...init, headers });
      },
    });
    await without.certificates();
    await sandbox.rotateCertificate();
    await assert.rejects(without.certificates(), {
      ...unknown,
      message: /add that WeChat Pay public key or platform certificate if .* shows it as yours/,
    });
  } finally {
    await sandbox.close();
  }
});

test('a client whose downloaded certificates have all expired begins anew', async () => {
  const time = { passed: 0 };
  const clock = () => Date.now() + time.passed;
  const sandbox = await createSandbox({ merchant: 'migrating', clock });
  try {
    // The merchant's own certificate ends, too.
    const options = { ...sandbox.options, cert: undefined, clock, maxRetries: 0 };
    const wxpay = new Wechatpay({ ...options, certs: 'auto' });
    const [{ serialNo, certificate }] = await wxpay.certificates();
    const beside = new Wechatpay({ ...options, certs: { [serialNo]: certificate, auto: true } });
    await beside.preEntrustSignApp(params);
    time.passed = 6 * year * 1000;
    await sandbox.rotateCertificate();
    await wxpay.preEntrustSignApp(params);
    // Not where a key was given.
    await assert.rejects(beside.preEntrustSignApp(params), ({ option, cause }) => {
      assert.equal(option, 'certs');
      assert.ok(cause instanceof VerificationError);
      assert.equal(cause.code, unknown.code);
      return true;
    });
  } finally {
    await sandbox.close();
  }
});

test('the forged responses are as good as genuine ones', async () => {
  // So it is the check that refuses them above, and nothing else.
  const wxpay = client({ certs: 'auto' }, { lists: [selfVerified] });
  assert.deepEqual(await wxpay.preEntrustSignApp(params), { preEntrustwebId: 'FORGED' });
});
