// wxpay.certificates(): what it returns, and which responses it accepts.
import assert from 'node:assert/strict';
import { createCipheriv, generateKeyPairSync, sign, X509Certificate } from 'node:crypto';
import { test } from 'node:test';

import { Wechatpay } from 'wechatpay-wasm';
import { createSandbox } from 'wechatpay-wasm/sandbox';

const sandbox = await createSandbox({ merchant: 'migrating' });
const params = { appid: 'wxd678efh567h23787', outContractCode: 'APPLYMENT_00000000001' };
const client = (options) => new Wechatpay({ ...sandbox.options, ...options });

test('the certificates, decrypted, are valid X.509', async () => {
  for (const certs of [sandbox.options.certs, 'auto']) {
    const list = await client({ certs }).certificates();
    assert.equal(list.length, 1);
    const [{ serialNo, effectiveTime, expireTime, certificate, ...more }] = list;
    assert.deepEqual(more, {});
    const read = new X509Certificate(certificate);
    assert.equal(read.serialNumber, serialNo);
    assert.equal(read.checkIssued(read) && read.verify(read.publicKey), true);
    assert.equal(Date.parse(read.validFrom), Date.parse(effectiveTime));
    assert.equal(Date.parse(read.validTo), Date.parse(expireTime));
    assert.match(effectiveTime, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/);
  }
});

test('the returned certificates can be given to a client as its only certs', async () => {
  const [{ serialNo, certificate }] = await client().certificates();
  const wxpay = client({ certs: { [serialNo]: certificate } });
  await wxpay.preEntrustSignApp(params);
  const { headers } = sandbox.requests.at(-1);
  assert.equal('wechatpay-serial' in headers, false);
});

test('without an apiv3Key, or with a wrong one', async () => {
  await assert.rejects(client({ apiv3Key: undefined }).certificates(), {
    name: 'ConfigError',
    option: 'apiv3Key',
    message: /is missing/,
  });
  const apiv3Key = 'x'.repeat(32);
  for (const certs of [sandbox.options.certs, 'auto']) {
    await assert.rejects(client({ apiv3Key, certs }).certificates(), {
      name: 'ConfigError',
      option: 'apiv3Key',
      message: /does not decrypt the platform certificates/,
    });
  }
});

test('a wrong apiv3Key before a call: nothing of the call was sent', async () => {
  const wxpay = client({ apiv3Key: 'x'.repeat(32), certs: 'auto' });
  const { length } = sandbox.requests;
  const json = { name: 'SECRET' };
  await assert.rejects(wxpay.v3.pay.transactions.app.post({ json, encrypt: ['name'] }), (error) => {
    assert.equal(error.option, 'apiv3Key');
    assert.match(error.message, /Nothing of the call was sent/);
    assert.doesNotMatch(error.message, /carried out/);
    return true;
  });
  assert.deepEqual(
    sandbox.requests.slice(length).map(({ url }) => url),
    ['/v3/certificates'],
  );
});

test('an unverified response is rejected, whatever it contains', async () => {
  for (const [faults, code] of [
    [{ tamper: true }, /^ERR_SIGNATURE_INVALID$/],
    [{ unsigned: true }, /^ERR_SIGNATURE_MISSING$/],
    [{ stale: true }, /^ERR_TIMESTAMP_SKEW$/],
  ]) {
    sandbox.faults = faults;
    await assert.rejects(client().certificates(), (error) => {
      assert.match(error.code, code, `${JSON.stringify(faults)}: ${error}`);
      return true;
    });
    // Without a known key the client decrypts first, so that a changed ciphertext fails there.
    await assert.rejects(client({ certs: 'auto' }).certificates(), (error) => {
      assert.match(error.code, faults.tamper ? /^ERR_CONFIG$/ : code, String(error));
      return true;
    });
  }
  sandbox.faults = undefined;
});

/** A forged response: not made by WeChat Pay, but correctly signed with the forger's own key. */
function forged(body, serial, key) {
  const timestamp = Math.floor(Date.now() / 1000);
  const signature = sign('sha256', `${timestamp}\nnonce\n${body}\n`, key).toString('base64');
  return new Response(body, {
    headers: {
      'Wechatpay-Timestamp': String(timestamp),
      'Wechatpay-Nonce': 'nonce',
      'Wechatpay-Serial': serial,
      'Wechatpay-Signature': signature,
    },
  });
}

function encrypted(text, key) {
  const cipher = createCipheriv('aes-256-gcm', key, '012345678901').setAAD(
    Buffer.from('certificate'),
  );
  const parts = [cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()];
  return {
    algorithm: 'AEAD_AES_256_GCM',
    nonce: '012345678901',
    associated_data: 'certificate',
    ciphertext: Buffer.concat(parts).toString('base64'),
  };
}

const { privateKey: forger } = generateKeyPairSync('rsa', { modulusLength: 2048 });

test('nobody can forge a certificate without the APIv3 key', async () => {
  const [{ serialNo, certificate }] = await client().certificates();
  const entry = { serial_no: serialNo, effective_time: '', expire_time: '' };
  const body = JSON.stringify({
    data: [{ ...entry, encrypt_certificate: encrypted(certificate, 'z'.repeat(32)) }],
  });
  const wxpay = client({ certs: 'auto', fetch: async () => forged(body, serialNo, forger) });
  await assert.rejects(wxpay.certificates(), { option: 'apiv3Key' });

  // A genuine certificate, sent by somebody who cannot sign with it. Then the same with another
  // serial number.
  const replayed = JSON.stringify({
    data: [{ ...entry, encrypt_certificate: encrypted(certificate, sandbox.options.apiv3Key) }],
  });
  for (const [serial, code] of [
    [serialNo, 'ERR_SIGNATURE_INVALID'],
    ['5157F09E', 'ERR_SERIAL_UNKNOWN'],
  ]) {
    const fetch = async () => forged(replayed, serial, forger);
    await assert.rejects(client({ certs: 'auto', fetch }).certificates(), { code });
  }
});

test('a list of another form is rejected', async () => {
  const { apiv3Key } = sandbox.options;
  const [{ serialNo, certificate }] = await client().certificates();
  const entry = { serial_no: serialNo, effective_time: '', expire_time: '' };
  for (const body of [
    '{}',
    '[]',
    '',
    '{"data":[]}',
    '{"data":[{}]}',
    JSON.stringify({ data: [{ ...entry, encrypt_certificate: encrypted('no PEM', apiv3Key) }] }),
    JSON.stringify({
      data: [
        { ...entry, serial_no: '408B', encrypt_certificate: encrypted(certificate, apiv3Key) },
      ],
    }),
    JSON.stringify({
      data: [
        {
          ...entry,
          encrypt_certificate: { ...encrypted(certificate, apiv3Key), algorithm: 'ROT13' },
        },
      ],
    }),
  ]) {
    const fetch = async () => forged(body, serialNo, forger);
    await assert.rejects(client({ certs: 'auto', fetch }).certificates(), {
      name: 'TransportError',
      code: 'ERR_RESPONSE_INVALID',
    });
  }
});

// Not in a hook: Node 20.0 runs no hook outside a suite.
test('the sandbox closes', () => sandbox.close());
