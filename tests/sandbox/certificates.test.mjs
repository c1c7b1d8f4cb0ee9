import assert from 'node:assert/strict';
import {
  createDecipheriv,
  privateDecrypt,
  publicEncrypt,
  verify,
  X509Certificate,
} from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { createSandbox } from 'wechatpay-wasm/sandbox';
import { assertSigned, send } from './signed-request.mjs';

// Hooks are in a suite because Node.js 20.0 runs no hook outside a suite.
describe('the platform certificates of a sandbox', () => {
  let sandbox;
  before(async () => {
    sandbox = await createSandbox({ merchant: 'migrating' });
  });
  after(() => sandbox.close());

  const unasked = { headers: { 'Wechatpay-Serial': undefined } };
  const download = () => send(sandbox, { method: 'GET', path: '/v3/certificates', ...unasked });

  /** The listed certificates, newest first. */
  async function listed() {
    const { status, json } = await download();
    assert.equal(status, 200);
    return json.data.map(({ serial_no: serial, encrypt_certificate: encrypted, ...times }) => {
      const bytes = Buffer.from(encrypted.ciphertext, 'base64');
      const opener = createDecipheriv('aes-256-gcm', sandbox.options.apiv3Key, encrypted.nonce)
        .setAAD(Buffer.from(encrypted.associated_data))
        .setAuthTag(bytes.subarray(-16));
      const pem = Buffer.concat([opener.update(bytes.subarray(0, -16)), opener.final()]);
      return { serial, times, certificate: new X509Certificate(pem) };
    });
  }

  function holds({ headers, raw }, { certificate }) {
    const message = `${headers['wechatpay-timestamp']}\n${headers['wechatpay-nonce']}\n${raw}\n`;
    const signature = Buffer.from(headers['wechatpay-signature'], 'base64');
    return verify('sha256', Buffer.from(message), certificate.publicKey, signature);
  }

  test('are encrypted, and are X.509 signed by their own key', async () => {
    const [{ serial, times, certificate }] = await listed();
    assert.match(serial, /^[4-7][0-9A-F]{39}$/);
    assert.equal(certificate.serialNumber, serial);
    assert.ok(certificate.checkIssued(certificate));
    assert.ok(certificate.verify(certificate.publicKey));
    assert.equal(Date.parse(certificate.validFrom), Date.parse(times.effective_time));
    assert.equal(Date.parse(certificate.validTo), Date.parse(times.expire_time));
  });

  test('sign the responses to calls that do not request the public key', async () => {
    const [newest] = await listed();
    for (const response of [
      await send(sandbox, unasked),
      await send(sandbox, { headers: { 'Wechatpay-Serial': newest.serial } }),
      await send(sandbox, { ...unasked, json: {} }),
    ]) {
      assert.equal(response.headers['wechatpay-serial'], newest.serial);
      assert.ok(holds(response, newest));
    }
    assertSigned(await send(sandbox), sandbox);
  });

  test('decrypt what was encrypted for them, also the one before the newest', async () => {
    await sandbox.rotateCertificate();
    for (const { serial, certificate } of await listed()) {
      const encrypt = (text) =>
        publicEncrypt({ key: certificate.publicKey, oaepHash: 'sha1' }, Buffer.from(text)).toString(
          'base64',
        );
      const json = { echo_message: 'hello', encrypted_echo_message: encrypt('hello') };
      const headers = { 'Wechatpay-Serial': serial };
      const response = await send(sandbox, { path: '/v3/security/echo', json, headers });
      assert.equal(response.status, 200);
      const back = Buffer.from(response.json.encrypted_echo_message, 'base64');
      const key = { key: sandbox.options.privateKey, oaepHash: 'sha1' };
      assert.equal(privateDecrypt(key, back).toString(), 'hello');
    }
  });

  test('are replaced by a new one, and the old one stays in the list', async () => {
    const [old] = await listed();
    const serial = await sandbox.rotateCertificate();
    const [newest, before_, ...more] = await listed();
    assert.equal(newest.serial, serial);
    assert.equal(before_.serial, old.serial);
    assert.deepEqual(more, []);
    const response = await send(sandbox, unasked);
    assert.equal(response.headers['wechatpay-serial'], serial);
    assert.ok(holds(response, newest));
    await sandbox.rotateCertificate();
    assert.equal((await listed()).length, 2);
  });

  test('sign a notification that requests it', async () => {
    const [{ serial }] = await listed();
    const event = { eventType: 'TRANSACTION.SUCCESS', resource: {} };
    const { headers } = sandbox.notification({ ...event, signedBy: 'certificate' });
    assert.equal(headers['Wechatpay-Serial'], serial);
    assert.throws(() => sandbox.notification({ ...event, signedBy: 'me' }), {
      name: 'TypeError',
      message: /signedBy must be one of public-key, certificate/,
    });
  });

  test('past 2049 have years of four digits', async () => {
    const late = await createSandbox({ merchant: 'migrating', clock: () => Date.UTC(2048, 0, 1) });
    try {
      const { privateKey, ...rest } = late.options;
      assert.ok(privateKey && rest.certs);
      const timestamp = String(Date.UTC(2048, 0, 1) / 1000);
      const response = await send(late, {
        method: 'GET',
        path: '/v3/certificates',
        fields: { timestamp },
        ...unasked,
      });
      const [{ expire_time: expires }] = response.json.data;
      assert.match(expires, /^2052-12-/);
    } finally {
      await late.close();
    }
  });
});
