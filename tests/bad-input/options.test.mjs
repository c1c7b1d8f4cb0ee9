// Wrong options and parameters, as JavaScript can pass them. Each is rejected with a typed error
// that names the field, and nothing is sent. tests/protocol/bad_input.rs checks which keys are
// rejected, and why.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';

import { ConfigError, ValidationError, Wechatpay, WechatpayError } from 'wechatpay-wasm';

import { key, keyBytes, merchant, publicKeyId } from '../merchant.mjs';
import { refusingFetch } from '../refusing-fetch.mjs';

const { fetch, sent } = refusingFetch();
const good = { ...merchant, fetch };

function refused(changed, option, message) {
  const options = { ...good, ...changed };
  assert.throws(
    () => new Wechatpay(options),
    (error) => {
      assert.ok(error instanceof ConfigError && error instanceof WechatpayError);
      assert.ok(error instanceof Error);
      assert.equal(error.code, 'ERR_CONFIG');
      assert.equal(error.option, option, error.message);
      assert.match(error.message, message);
      assert.ok(error.message.startsWith(`${option}: `), error.message);
      return true;
    },
  );
}

test('options that are not an object', () => {
  for (const options of [undefined, null, 7, 'x', true, [], Symbol('s'), () => {}]) {
    assert.throws(() => new Wechatpay(options), {
      name: 'ConfigError',
      option: 'options',
      message: /must be an object \{ mchid, serial, privateKey, certs/,
    });
  }
});

test('options of the wrong type, missing, or unknown', () => {
  refused({ mchid: 1900007291 }, 'mchid', /must be a string, not a number/);
  refused({ mchid: undefined }, 'mchid', /is missing/);
  refused({ mchid: null }, 'mchid', /not null/);
  refused({ mchid: '19000\ud80007291' }, 'mchid', /surrogate/);
  refused({ serial: 0x408b }, 'serial', /must be a string/);
  refused({ serial: '40:8B' }, 'serial', /hexadecimal/);
  refused({ privateKey: undefined }, 'privateKey', /is missing; give it, or a signer/);
  refused({ privateKey: {} }, 'privateKey', /a KeyObject or a CryptoKey, not an object/);
  refused({ privateKey: '' }, 'privateKey', /is empty/);
  refused({ privateKey: 'apiclient_key.pem' }, 'privateKey', /not its path/);
  refused({ certs: undefined }, 'certs', /is missing/);
  refused({ certs: [] }, 'certs', /not an array/);
  refused({ certs: 'x' }, 'certs', /not a string/);
  refused({ certs: {} }, 'certs', /is empty/);
  refused({ certs: { [publicKeyId]: 7 } }, 'certs', /a string or a Uint8Array/);
  refused({ certs: { [good.serial]: key('merchant.cert.pem') } }, 'certs', /own serial/);
  refused({ certs: 'auto' }, 'apiv3Key', /is missing; platform certificates are encrypted/);
  refused({ certs: { auto: true } }, 'apiv3Key', /is missing/);
  refused({ certs: 'Auto' }, 'certs', /must be 'auto', or an object/);
  refused({ certs: { ...good.certs, auto: 'true' } }, 'certs', /auto must be true or false/);
  refused({ certs: { auto: false } }, 'certs', /is empty/);
  refused({ certs: { wechatpay: good.privateKey } }, 'certs', /`wechatpay` is neither the id/);
  refused({ certs: { [good.privateKey]: '' } }, 'certs', /a name of \d+ characters is neither/);
  refused({ [good.privateKey]: '' }, 'options', /a member that is not known, a name of \d+ char/);
  refused({ baseUrl: 'https://999.999.999.999' }, 'baseUrl', /only an origin/);
  refused({ signer: async () => {} }, 'signer', /beside privateKey; give one of the two/);
  refused({ signer: 'kms', privateKey: undefined }, 'signer', /must be a function/);
  refused({ apiv3Key: 'x'.repeat(31) }, 'apiv3Key', /32 bytes, not 31/);
  refused({ apiv3Key: new Uint8Array(33) }, 'apiv3Key', /32 bytes, not 33/);
  refused({ baseUrl: 'http://api.mch.weixin.qq.com' }, 'baseUrl', /https/);
  refused({ baseUrl: new URL('https://api.mch.weixin.qq.com') }, 'baseUrl', /must be a string/);
  refused({ fetch: 'fetch' }, 'fetch', /must be a function/);
  refused({ clock: 7 }, 'clock', /must be a function/);
  refused({ onRetry: true }, 'onRetry', /must be a function/);
  refused({ onResponse: {} }, 'onResponse', /must be a function/);
  refused({ merchant: '1' }, 'merchant', /is not known here; known are mchid/);
  refused({ private_key: '1' }, 'private_key', /in JavaScript it is privateKey/);
  for (const timeout of [0, -1, 1.5, Number.NaN, Infinity, 2 ** 31, '1000', null]) {
    refused({ timeout }, 'timeout', /whole number from 1 to 2147483647/);
    refused({ deadline: timeout }, 'deadline', /whole number from 1 to 2147483647/);
  }
  for (const maxRetries of [-1, 11, 0.5, '0']) {
    refused({ maxRetries }, 'maxRetries', /whole number from 0 to 10/);
  }
  const throwing = Object.defineProperty({ ...good }, 'mchid', {
    enumerable: true,
    get() {
      throw new Error('no');
    },
  });
  assert.throws(() => new Wechatpay(throwing), { option: 'mchid', message: /getter throws/ });
  assert.throws(() => new Wechatpay(unlistable), { option: 'options', message: /it throws/ });
  refused({ certs: unlistable }, 'certs', /it throws/);
  const { proxy: revoked, revoke } = Proxy.revocable({}, {});
  revoke();
  assert.throws(() => new Wechatpay(revoked), { name: 'ConfigError', option: 'options' });
  for (const option of ['certs', 'privateKey', 'fetch', 'mchid', 'clock']) {
    refused({ [option]: revoked }, option, /./);
  }
  const detached = new Uint8Array(8);
  structuredClone(detached, { transfer: [detached.buffer] });
  refused({ privateKey: detached }, 'privateKey', /detached|is empty/);
});

test('all that is missing or not known is in one message', async () => {
  const said = (options) => {
    try {
      new Wechatpay(options);
    } catch (error) {
      return [error.option, error.message];
    }
    return assert.fail();
  };
  const known = Object.keys(good).length && /known are mchid, serial, privateKey, certs, /;
  assert.deepEqual(said({}), [
    'mchid',
    'mchid: is missing; serial is missing; give it, or a cert in its place; privateKey is missing; give ' +
      'it, or a signer in its place; certs is missing',
  ]);
  const [first, message] = said({
    mchId: '1',
    private_key: 'x',
    cert_s: {},
    foo: 1,
    [good.privateKey]: 1,
  });
  assert.equal(first, 'mchId');
  assert.match(
    message,
    /^mchId: is not known here; in JavaScript it is mchid; private_key is not known here; /,
  );
  assert.match(
    message,
    /in JavaScript it is privateKey; .*foo is not known here; has a member that is/,
  );
  assert.match(message, /serial is missing/);
  assert.match(message, known);
  assert.doesNotMatch(message, /mchid is missing|privateKey is missing|certs is missing|BEGIN/);
  const many = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`a${at}`, 1]));
  assert.ok(said(many)[1].length < 1_000);

  const wxpay = new Wechatpay(good);
  const call = wxpay.preEntrustSignAppWithRealName({ appid: 'a', realname: 'x', real_name: 'y' });
  await assert.rejects(call, {
    name: 'ValidationError',
    field: 'realname',
    message:
      /in JavaScript it is realName; real_name is not known.*outContractCode is missing; .*credId is/,
  });
  await assert.rejects(wxpay.download('https://x', {}), {
    field: 'hashType',
    message: 'hashType: is missing; hashValue is missing',
  });
});

test('a promise is named wherever it stands', async () => {
  const promise = Promise.resolve('x');
  for (const name of [
    'mchid',
    'serial',
    'privateKey',
    'certs',
    'cert',
    'apiv3Key',
    'baseUrl',
    'timeout',
    'fetch',
    'clock',
    'maxRetries',
  ]) {
    refused({ [name]: promise }, name, /is a promise; await it/);
  }
  refused(
    { certs: { [publicKeyId]: promise } },
    'certs',
    /under `PUB_KEY_ID_\w+` must be .*a promise; await it/,
  );
  assert.throws(() => new Wechatpay(Promise.resolve(good)), {
    option: 'options',
    message: /a promise; await/,
  });
  assert.throws(() => Wechatpay.fromEnv(Promise.resolve({})), {
    option: 'env',
    message: /a promise; await/,
  });

  const wxpay = new Wechatpay({ ...good, apiv3Key: 'x'.repeat(32) });
  const { x } = wxpay.v3;
  const params = { appid: 'a', outContractCode: 'b' };
  const notified = { headers: {}, body: '{}' };
  for (const [call, field] of [
    [wxpay.preEntrustSignApp(promise), 'params'],
    [wxpay.preEntrustSignApp({ ...params, appid: promise }), 'appid'],
    [wxpay.preEntrustSignApp(params, promise), 'options'],
    [wxpay.preEntrustSignApp(params, { timeout: promise }), 'options.timeout'],
    [wxpay.preEntrustSignApp(params, { signal: promise }), 'options.signal'],
    [wxpay.paySign(promise), 'params'],
    [wxpay.decrypt(promise), 'ciphertext'],
    [wxpay.upload('v3/x', { file: promise }), 'file'],
    [wxpay.upload(promise, {}), 'path'],
    [wxpay.download(promise, {}), 'downloadUrl'],
    [wxpay.chain(promise).get(), 'path'],
    [x.get(promise), 'options'],
    [x.get({ query: promise }), 'options.query'],
    [x.get({ query: { a: promise } }), 'query.a'],
    [x.get({ query: { a: [promise] } }), 'query.a'],
    [x.get({ headers: promise }), 'options.headers'],
    [x.get({ headers: { Accept: promise } }), 'headers'],
    [x.post({ json: promise }), 'options.json'],
    [x.post({ json: { a: promise } }), 'json.a'],
    [wxpay.chain('v3/{id}').get({ id: promise }), 'id'],
    [wxpay.notification(promise), 'request'],
    [wxpay.notification({ ...notified, headers: promise }), 'headers'],
  ]) {
    await assert.rejects(call, (error) => {
      assert.equal(error.name, 'ValidationError');
      assert.equal(error.field, field);
      assert.match(error.message, /a promise; await it/);
      return true;
    });
  }
  assert.equal(sent.length, 0);
});

test('what holds its values in another way is no empty object', () => {
  refused({ certs: new Map([[publicKeyId, 'x']]) }, 'certs', /not a Map/);
  refused({ certs: new Headers() }, 'certs', /not a Headers/);
  refused({ certs: { get: async () => 'x' } }, 'certs', /is a function|a string or a Uint8Array/);
  class Binding {
    get() {}
  }
  refused({ certs: new Binding() }, 'certs', /an object with get\(\), as a secret of Workers is/);
  refused({ privateKey: new Binding() }, 'privateKey', /an object with get\(\)/);
  refused(
    { certs: { ...good.certs, [publicKeyId]: 7 } },
    'certs',
    /the key under `PUB_KEY_ID_\w+` must/,
  );
  refused({ certs: { [good.serial]: 7 } }, 'certs', /the key under `[0-9A-F]{40}` must/);
  for (const secret of [good.privateKey, 'a1b2c3d4e5f6a7b8c9d0e1f2a3b4c5d6']) {
    refused({ certs: { [secret]: 7 } }, 'certs', /the key under a name of \d+ characters must/);
  }
});

test('unusable keys: each error names the reason', () => {
  const pem = (name) => ({ privateKey: key(name) });
  refused(pem('encrypted.pkcs8.pem'), 'privateKey', /passphrase.*openssl pkey/);
  refused(pem('encrypted.pkcs1.pem'), 'privateKey', /passphrase/);
  refused(pem('ec.pkcs8.pem'), 'privateKey', /EC key/);
  refused(pem('rsa1024.pem'), 'privateKey', /1024 bits/);
  refused(pem('merchant.cert.pem'), 'privateKey', /is a certificate/);
  refused({ privateKey: good.privateKey.slice(0, 900) }, 'privateKey', /cut short/);
  const der = keyBytes('merchant.pkcs8.der');
  refused({ privateKey: der.subarray(0, 900) }, 'privateKey', /cut short/);
});

test('keys in every form that JavaScript has', async () => {
  const der = keyBytes('merchant.pkcs8.der');
  const other = runInNewContext('(bytes) => Uint8Array.from(bytes)');
  const padded = new Uint8Array(der.length + 8);
  padded.set(der, 4);
  for (const privateKey of [
    der,
    Uint8Array.from(der),
    padded.subarray(4, 4 + der.length),
    other(der),
    Buffer.from(good.privateKey),
    good.privateKey.replaceAll('\n', '\\n'),
  ]) {
    new Wechatpay({ ...good, privateKey, apiv3Key: 'k'.repeat(32) }).free();
  }
  new Wechatpay({ ...good, certs: { [publicKeyId]: keyBytes('wechatpay.spki.der') } }).free();
});

const unlistable = new Proxy(
  {},
  {
    ownKeys() {
      throw new Error('no');
    },
  },
);

test('wrong parameters are rejected, and nothing is sent', async () => {
  const wxpay = new Wechatpay(good);
  const params = { appid: 'wxd678efh567h23787', outContractCode: 'APPLYMENT_00000000001' };
  const cases = [
    [undefined, 'params', /must be an object \{ appid, outContractCode \}, not undefined/],
    [null, 'params', /not null/],
    [[], 'params', /not an array/],
    ['x', 'params', /not a string/],
    [{}, 'appid', /is missing/],
    [{ ...params, appid: undefined }, 'appid', /is missing/],
    [{ ...params, appid: 7 }, 'appid', /must be a string, not a number/],
    [{ ...params, appid: null }, 'appid', /not null/],
    [{ ...params, appid: '' }, 'appid', /is empty/],
    [{ ...params, appid: 'w'.repeat(33) }, 'appid', /at most 32/],
    [{ ...params, appid: 'wx 1' }, 'appid', /at position 3/],
    [{ appid: 'w' }, 'outContractCode', /is missing/],
    [{ ...params, outContractCode: '' }, 'outContractCode', /is empty/],
    [{ ...params, outContractCode: 'c'.repeat(129) }, 'outContractCode', /at most 128/],
    [{ ...params, outContractCode: 'a/b' }, 'outContractCode', /at position 2/],
    [{ ...params, outContractCode: 'a\ud83d' }, 'outContractCode', /half of a surrogate pair/],
    [{ ...params, outContractCode: '\ude00a' }, 'outContractCode', /half of a surrogate pair/],
    [{ ...params, outContractCode: '😀' }, 'outContractCode', /at position 1/],
    [{ ...params, outContractCode: new String('c') }, 'outContractCode', /not an object/],
    [{ ...params, openid: 'o' }, 'openid', /is not known here; known are appid, outContractCode/],
    [{ appid: 'w', out_contract_code: 'c' }, 'out_contract_code', /it is outContractCode/],
    [{ ...params, 张三: 'o' }, 'params', /a member that is not known, a name of 2 characters/],
    [unlistable, 'params', /it throws/],
  ];
  for (const [given, field, message] of cases) {
    await assert.rejects(wxpay.preEntrustSignApp(given), (error) => {
      assert.ok(error instanceof ValidationError, String(error));
      assert.equal(error.code, 'ERR_PARAM');
      assert.equal(error.field, field);
      assert.match(error.message, message);
      return true;
    });
  }
  const options = [
    [null, 'options'],
    [7, 'options'],
    [{ singal: 1 }, 'options.singal'],
    [{ timeout: 0 }, 'options.timeout'],
    [{ timeout: '1' }, 'options.timeout'],
    [{ deadline: 0 }, 'options.deadline'],
    [{ maxRetries: 1.5 }, 'options.maxRetries'],
    [{ signal: {} }, 'options.signal'],
    [{ signal: new AbortController() }, 'options.signal'],
    [unlistable, 'options'],
    [{ signal: unlistable }, 'options.signal'],
  ];
  for (const [given, field] of options) {
    const call = wxpay.preEntrustSignApp(params, given);
    await assert.rejects(call, { name: 'ValidationError', code: 'ERR_PARAM', field });
  }
  assert.deepEqual(sent, []);
  wxpay.free();
});
