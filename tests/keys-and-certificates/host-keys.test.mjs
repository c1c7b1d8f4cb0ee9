// A private key that the host holds: a KeyObject of node:crypto, or a CryptoKey. The host signs with it.
import assert from 'node:assert/strict';
import crypto, {
  constants,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  generateKeyPairSync,
  publicEncrypt,
  webcrypto,
} from 'node:crypto';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { createContext, runInContext } from 'node:vm';

import { ConfigError, ValidationError, Wechatpay } from 'wechatpay-wasm';
import { createSandbox } from 'wechatpay-wasm/sandbox';

import { key } from '../merchant.mjs';
import { refusingFetch } from '../refusing-fetch.mjs';

const sandbox = await createSandbox({ merchant: 'migrating' });
const { privateKey: pem, cert: _, ...options } = sandbox.options;
const params = { appid: 'wxd678efh567h23787', outContractCode: 'APPLYMENT_00000000001' };

const keyObject = createPrivateKey(pem);
const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
const pkcs8 = keyObject.export({ format: 'der', type: 'pkcs8' });
const imported = (given = algorithm, usages = ['sign'], der = pkcs8) =>
  webcrypto.subtle.importKey('pkcs8', der, given, false, usages);
const cryptoKey = await imported();

const skip = !process.getBuiltinModule && 'no node:crypto without an import before Node 20.16';
const open = (privateKey, more) => new Wechatpay({ ...options, ...more, privateKey });

/** Refused when the client is made, with an error that quotes no key. */
function refused(privateKey, message) {
  const { fetch, sent } = refusingFetch();
  assert.throws(
    () => open(privateKey, { fetch }),
    (error) => {
      assert.ok(error instanceof ConfigError, String(error));
      assert.equal(error.option, 'privateKey');
      assert.match(error.message, message);
      assert.doesNotMatch(inspect(error, { showHidden: true }), /BEGIN|MII/);
      return true;
    },
  );
  assert.deepEqual(sent, []);
}

test('a KeyObject signs every call, alone and with others', { skip }, async () => {
  const wxpay = open(keyObject);
  const { preEntrustwebId } = await wxpay.preEntrustSignApp(params);
  assert.equal(typeof preEntrustwebId, 'string');
  const { echoMessage, encryptedEchoMessage } = await wxpay.echo();
  assert.equal(encryptedEchoMessage, echoMessage);
  await wxpay.certificates();
  const launch = await wxpay.appLaunchParams({ ...params, preEntrustwebId });
  const paid = { type: 'jsapi', appid: params.appid, prepayId: 'wx21' };
  assert.match((await wxpay.paySign(paid)).paySign, /^[\w+/]{342}==$/);
  assert.match(launch.query, /signature=/);
  const many = Array.from({ length: 20 }, () => wxpay.preEntrustSignApp(params));
  for (const each of await Promise.all(many)) assert.equal(each.preEntrustwebId, preEntrustwebId);
});

test('its signature is that of the PEM', { skip }, async () => {
  const clock = () => 1_554_208_460_000;
  const { getRandomValues } = globalThis.crypto;
  const sent = [];
  const fetch = async (_, init) => {
    sent.push(init.headers.Authorization);
    throw new Error('enough');
  };
  globalThis.crypto.getRandomValues = (array) => array.fill(7);
  try {
    for (const each of [pem, keyObject, cryptoKey]) {
      const wxpay = open(each, { clock, fetch, maxRetries: 0 });
      await assert.rejects(wxpay.preEntrustSignApp(params), { code: 'ERR_NETWORK' });
    }
  } finally {
    globalThis.crypto.getRandomValues = getRandomValues;
  }
  assert.equal(sent.length, 3);
  assert.equal(new Set(sent).size, 1);
});

test('a CryptoKey that cannot be exported signs every call', async () => {
  const wxpay = open(cryptoKey);
  const { preEntrustwebId } = await wxpay.preEntrustSignApp(params);
  assert.equal(typeof preEntrustwebId, 'string');
  await Promise.all([wxpay.echo(), wxpay.certificates(), wxpay.preEntrustSignApp(params)]);
});

test('a key of another realm, and one behind a class of its own', { skip }, async () => {
  const context = createContext({ pem, crypto });
  const foreign = runInContext('crypto.createPrivateKey(pem)', context);
  await open(foreign).preEntrustSignApp(params);
  // One that only looks like a key is refused by node:crypto itself.
  refused({ type: 'private', export() {} }, /public key cannot be read: see the cause/);
});

test('a KeyObject decrypts what was encrypted for the merchant', { skip }, async () => {
  const wxpay = open(keyObject);
  const encrypted = (text, oaepHash = 'sha1') =>
    publicEncrypt(
      { key: createPublicKey(pem), padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash },
      Buffer.from(text),
    ).toString('base64');
  for (const text of ['', '张三', '\ufeff1']) {
    assert.equal(await wxpay.decrypt(encrypted(text)), text);
  }
  const whole = encrypted('张三');
  const wrong = [
    ['', /must be base64/],
    ['*', /is not base64/],
    [whole.slice(0, -4), /cannot be decrypted/],
    [encrypted('张三', 'sha256'), /cannot be decrypted/],
    [encrypted(Buffer.from([255])), /no text in UTF-8/],
  ];
  const withPem = open(pem);
  for (const [ciphertext, message] of wrong) {
    const failed = await wxpay.decrypt(ciphertext).catch((reason) => reason);
    assert.ok(failed instanceof ValidationError, String(failed));
    assert.match(failed.message, message);
    assert.equal(failed.cause, undefined);
    // As with the PEM.
    await assert.rejects(withPem.decrypt(ciphertext), { message: failed.message });
  }
});

test('a CryptoKey says why it decrypts nothing', async () => {
  await assert.rejects(open(cryptoKey).decrypt('AAAA'), {
    name: 'ConfigError',
    option: 'privateKey',
    message: /CryptoKey that may only sign: its algorithm and its usages allow no decryption/,
  });
});

test('notifications need no key of the host', async () => {
  const event = { eventType: 'TRANSACTION.SUCCESS', resource: { out_trade_no: '1' } };
  const { resource } = await open(cryptoKey).notification(sandbox.notification(event));
  assert.equal(resource.out_trade_no, '1');
});

test('KeyObjects that sign nothing for WeChat Pay are refused', { skip }, () => {
  refused(createPublicKey(pem), /is a public KeyObject; give the private key: createPrivateKey/);
  refused(createSecretKey(Buffer.alloc(32)), /is a secret KeyObject/);
  refused(createPrivateKey(key('ec.pkcs8.pem')), /is an EC key/);
  refused(createPrivateKey(key('ed25519.pkcs8.pem')), /is not an RSA key/);
  refused(createPrivateKey(key('rsa1024.pem')), /1024 bits/);
  refused(createPrivateKey(key('rsa8192.pem')), /8192 bits/);
  const { privateKey } = generateKeyPairSync('rsa-pss', { modulusLength: 2048 });
  refused(privateKey, /is not an RSA key/);
  open(createPrivateKey(key('rsa3072.pem'))).free();
  open(createPrivateKey(key('rsa4096.pem'))).free();
});

test('CryptoKeys that sign nothing for WeChat Pay are refused', async () => {
  refused(await imported({ ...algorithm, hash: 'SHA-1' }), /another algorithm or hash/);
  refused(await imported({ name: 'RSA-PSS', hash: 'SHA-256' }), /another algorithm or hash/);
  const oaep = { name: 'RSA-OAEP', hash: 'SHA-1' };
  refused(await imported(oaep, ['decrypt']), /another algorithm or hash/);
  const short = createPrivateKey(key('rsa1024.pem')).export({ format: 'der', type: 'pkcs8' });
  refused(await imported(algorithm, ['sign'], short), /too few or too many bits/);
  const { subtle } = webcrypto;
  const spki = createPublicKey(pem).export({ format: 'der', type: 'spki' });
  const verifying = await subtle.importKey('spki', spki, algorithm, true, ['verify']);
  refused(verifying, /CryptoKey, but not a private one/);
  const ec = { name: 'ECDSA', namedCurve: 'P-256' };
  const { privateKey } = await subtle.generateKey(ec, false, ['sign', 'verify']);
  refused(privateKey, /another algorithm or hash/);
  // No host makes a private key without a usage; a copy of WebCrypto may.
  const like = { type: 'private', algorithm: cryptoKey.algorithm, usages: [] };
  refused(like, /may not sign; import it with the usages \['sign'\]/);
});

test('what the host fails with is the cause, and nothing is sent', async () => {
  const like = { type: 'private', algorithm: cryptoKey.algorithm, usages: ['sign'] };
  const { fetch, sent } = refusingFetch();
  await assert.rejects(open(like, { fetch }).preEntrustSignApp(params), (error) => {
    assert.ok(error instanceof ConfigError);
    assert.equal(error.option, 'privateKey');
    assert.match(error.message, /failed to sign: see the cause/);
    assert.ok(error.cause instanceof Error);
    return true;
  });
  assert.deepEqual(sent, []);
});

test('a runtime without node:crypto says so', { skip }, () => {
  const { getBuiltinModule } = process;
  try {
    process.getBuiltinModule = () => undefined;
    refused(keyObject, /gives no node:crypto to sign with .*20\.16.*apiclient_key\.pem/);
    process.getBuiltinModule = undefined;
    refused(keyObject, /gives no node:crypto to sign with/);
  } finally {
    process.getBuiltinModule = getBuiltinModule;
  }
});

test('a signal that is aborted before the signature, and while the host signs', async () => {
  const reason = new Error('the user went away');
  const keys = skip ? [cryptoKey] : [keyObject, cryptoKey];
  for (const each of keys) {
    const wxpay = open(each);
    const aborted = wxpay.preEntrustSignApp(params, { signal: AbortSignal.abort(reason) });
    await assert.rejects(aborted, (error) => error === reason);
    const controller = new AbortController();
    const calls = [1, 2].map(() =>
      wxpay.preEntrustSignApp(params, { signal: controller.signal }).catch((error) => error),
    );
    controller.abort(reason);
    assert.deepEqual(await Promise.all(calls), [reason, reason]);
  }
});

test('beside a signer it is refused, and a key of the client is never WeChat Pay’s', {
  skip,
}, () => {
  assert.throws(() => open(keyObject, { signer: () => '' }), {
    option: 'signer',
    message: /beside privateKey; give one of the two/,
  });
  const [id] = Object.keys(options.certs);
  const own = createPublicKey(pem).export({ format: 'pem', type: 'spki' });
  assert.throws(() => open(keyObject, { certs: { [id]: own } }), {
    option: 'certs',
    message: /the merchant's own key/,
  });
});

// Not in a hook: Node 20.0 runs no hook outside a suite.
test('the sandbox closes', () => sandbox.close());
