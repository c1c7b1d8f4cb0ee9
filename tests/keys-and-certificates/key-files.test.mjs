// Keys and certificates in the forms in which people have them: as OpenSSL and Node take them, and as
// configuration centres and CI secrets keep them. What cannot be opened is named, with what mends it.
import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import { test } from 'node:test';

import { ConfigError, Wechatpay } from 'wechatpay-wasm';
import { signedHeaders } from '../faults/responding-server.mjs';
import { key, merchant, publicKeyId } from '../merchant.mjs';

const text = (name) => key(name).toString();
/** The base64 of a PEM file, in lines. */
const bodyOf = (pem) => pem.replace(/-----.*-----|\s+$/g, '').trim();
const relabelled = (pem, from, to) => pem.replaceAll(` ${from}-----`, ` ${to}-----`);
const base64 = (value) => Buffer.from(value).toString('base64');
const inLines = (value) => value.replace(/.{76}/g, '$&\n');
const bags = 'Bag Attributes\n    localKeyID: 01\nKey Attributes: <No Attributes>\n';

const pkcs8 = text('merchant.pkcs8.pem');
const pkcs1 = text('merchant.pkcs1.pem');
const own = text('merchant.cert.pem');
const spki = text('wechatpay.spki.pem');
const platform = text('platform.cert.pem');
const platformSerial = '5157F09EFDC096DE15EBE81A47057A7232F1B8E1';
const publicPkcs1 = createPublicKey(spki).export({ type: 'pkcs1', format: 'pem' });

/** A file in the forms that do not depend on what it is. */
const forms = (pem) => ({
  'as it is': pem,
  'with a byte order mark': `\ufeff${pem}`,
  'its body alone, in lines': bodyOf(pem),
  'its body alone, on one line': bodyOf(pem).replace(/\s/g, ''),
  'its body alone, with \\n': bodyOf(pem).replace(/\n/g, '\\n'),
  'its body alone, in quotes': `"${bodyOf(pem).replace(/\s/g, '')}"`,
  'its body alone, with CR LF around it': `\r\n${bodyOf(pem).replace(/\n/g, '\r\n')}\r\n`,
  'base64 of the whole': base64(pem),
  'base64 of the whole, in lines': inLines(base64(pem)),
  'base64 of the whole with CR LF': base64(pem.replace(/\n/g, '\r\n')),
  DER: Buffer.from(bodyOf(pem), 'base64'),
});

async function works(options) {
  const fetch = async () => new Response('{}', { headers: signedHeaders('{}') });
  const wxpay = new Wechatpay({ ...merchant, fetch, ...options });
  const { status } = await wxpay.v3.pay.transactions.id._id_.get({ id: '1' });
  assert.equal(status, 200);
  wxpay.free();
}

function refused(options, option, message) {
  assert.throws(
    () => new Wechatpay({ ...merchant, ...options }),
    (error) => {
      assert.ok(error instanceof ConfigError, String(error));
      assert.equal(error.option, option);
      assert.match(error.message, message);
      // Nothing of the value.
      assert.doesNotMatch(error.message, /MII|BEGIN RSA PRIVATE KEY-----\n/);
      return true;
    },
  );
}

for (const [name, pem] of Object.entries({ 'PKCS#8': pkcs8, 'PKCS#1': pkcs1 })) {
  test(`a private key in ${name}`, async (t) => {
    for (const [form, privateKey] of Object.entries(forms(pem))) {
      await t.test(form, () => works({ privateKey }));
    }
  });
}

test('formats under the label of another one', async () => {
  await works({ privateKey: relabelled(pkcs8, 'PRIVATE KEY', 'RSA PRIVATE KEY') });
  await works({ privateKey: relabelled(pkcs1, 'RSA PRIVATE KEY', 'PRIVATE KEY') });
  for (const one of [
    publicPkcs1,
    relabelled(publicPkcs1, 'RSA PUBLIC KEY', 'PUBLIC KEY'),
    relabelled(spki, 'PUBLIC KEY', 'RSA PUBLIC KEY'),
  ]) {
    await works({ certs: { [publicKeyId]: one } });
  }
});

test('several blocks in one file: that of the option counts', async () => {
  for (const privateKey of [
    own + pkcs8,
    pkcs8 + own,
    `${bags}${own}${platform}${bags}${pkcs8}`,
    own + pkcs1,
    base64(own + pkcs8),
    spki + pkcs8,
  ]) {
    await works({ privateKey });
  }
  for (const cert of [pkcs8 + own, own + pkcs8, `${bags}${own}${bags}${pkcs8}`]) {
    await works({ cert });
  }
  for (const both of [platform + spki, spki + platform]) {
    await works({ certs: { [publicKeyId]: both, [platformSerial]: both } });
  }
});

test('public keys and certificates', async () => {
  for (const form of Object.values(forms(spki))) await works({ certs: { [publicKeyId]: form } });
  for (const form of Object.values(forms(platform))) {
    await works({ certs: { [publicKeyId]: spki, [platformSerial]: form } });
  }
  for (const cert of Object.values(forms(own))) await works({ cert });
});

test('from the environment, too', async () => {
  const { mchid, serial } = merchant;
  for (const [privateKey, publicKey] of [
    [base64(pkcs8), base64(spki)],
    [bodyOf(pkcs8).replace(/\s/g, ''), bodyOf(spki).replace(/\s/g, '')],
  ]) {
    Wechatpay.fromEnv({
      WECHATPAY_MCHID: mchid,
      WECHATPAY_SERIAL: serial,
      WECHATPAY_PRIVATE_KEY: privateKey,
      WECHATPAY_PUBLIC_KEY_ID: publicKeyId,
      WECHATPAY_PUBLIC_KEY: publicKey,
    }).free();
  }
});

/** How each option is given a value. */
const given = {
  privateKey: (value) => ({ privateKey: value }),
  cert: (value) => ({ cert: value }),
  certs: (value) => ({ certs: { [publicKeyId]: value } }),
};

for (const [option, give] of Object.entries(given)) {
  test(`${option}: what cannot be opened is named`, () => {
    const pem = option === 'privateKey' ? pkcs8 : option === 'cert' ? own : spki;
    const utf16 = Buffer.from(`\ufeff${pem}`, 'utf16le');
    for (const value of [
      utf16,
      utf16.swap16(),
      Buffer.from(pem, 'utf16le').toString(),
      base64(utf16),
    ]) {
      refused(give(value), option, /UTF-16.*iconv -f UTF-16 -t UTF-8/);
    }
    // PFX ::= SEQUENCE { version 3, SEQUENCE { … } }, in DER and in BER.
    for (const beginning of ['30820a4b020103308209', '3080020103308006']) {
      const p12 = Buffer.concat([Buffer.from(beginning, 'hex'), Buffer.alloc(600, 7)]);
      for (const value of [p12, p12.toString('base64'), inLines(p12.toString('base64'))]) {
        refused(give(value), option, /PKCS#12.*openssl pkcs12 -in .* -nodes/);
      }
    }
    for (const path of ['./cert/apiclient_key.pem', '/run/secrets/wechatpay', 'C:\\keys\\a.pem']) {
      refused(give(path), option, /is the path of a file.*readFileSync/);
    }
    refused(give('not a key'), option, /is neither PEM .* nor DER, nor base64/);
  });
}

test('an encrypted key is named in each of its forms', () => {
  const [pkcs8Encrypted, pkcs1Encrypted] = ['pkcs8', 'pkcs1'].map((each) =>
    text(`encrypted.${each}.pem`),
  );
  for (const privateKey of [
    ...Object.values(forms(pkcs8Encrypted)),
    pkcs1Encrypted,
    base64(pkcs1Encrypted),
    own + pkcs8Encrypted,
    own + pkcs1Encrypted,
    relabelled(pkcs8Encrypted, 'ENCRYPTED PRIVATE KEY', 'PRIVATE KEY'),
  ]) {
    refused({ privateKey }, 'privateKey', /passphrase.*openssl pkey -in/);
  }
});

test('another thing than the option wants is named, also in base64', () => {
  for (const form of Object.values(forms(own))) {
    refused({ privateKey: form }, 'privateKey', /is a certificate; give the private key/);
  }
  for (const form of [...Object.values(forms(spki)), publicPkcs1]) {
    refused({ privateKey: form }, 'privateKey', /is a public key|is not a private key/);
  }
  for (const pem of [pkcs8, pkcs1]) {
    for (const form of Object.values(forms(pem))) {
      refused({ certs: { [publicKeyId]: form } }, 'certs', /contains a private key/);
      refused({ cert: form }, 'cert', /is not a certificate/);
    }
  }
});
