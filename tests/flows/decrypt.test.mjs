// Encrypted fields of responses, decrypted through the packed tarball: what node:crypto encrypted
// decrypts, and every invalid ciphertext gives the same error.
import assert from 'node:assert/strict';
import { constants, createPublicKey, publicEncrypt } from 'node:crypto';
import { test } from 'node:test';
import { inspect } from 'node:util';

import { Wechatpay } from 'wechatpay-wasm';

import { key, merchant } from '../merchant.mjs';

const open = (name) => new Wechatpay({ ...merchant, privateKey: key(name) });
const wxpay = open('merchant.pkcs8.pem');

function encrypt(text, { name = 'merchant.pkcs8.pem', oaepHash = 'sha1', oaepLabel } = {}) {
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  const options = { key: createPublicKey(key(name)), padding, oaepHash, oaepLabel };
  return publicEncrypt(options, Buffer.from(text)).toString('base64');
}

test('what was encrypted for the merchant decrypts, with keys of every length', async () => {
  for (const text of ['13800138000', '张三', '', 'x'.repeat(214), '\u0000']) {
    assert.equal(await wxpay.decrypt(encrypt(text)), text);
  }
  for (const name of ['rsa3072.pem', 'rsa4096.pem']) {
    assert.equal(await open(name).decrypt(encrypt('张三', { name })), '张三');
  }
});

test('what is decrypted and is no text blames no key', async () => {
  await assert.rejects(wxpay.decrypt(encrypt(Buffer.from([0xff, 0xfe]))), (error) => {
    assert.equal(error.code, 'ERR_PARAM');
    assert.equal(error.field, 'ciphertext');
    assert.match(error.message, /was decrypted, but contains no text in UTF-8/);
    assert.doesNotMatch(error.message, /another key/);
    return true;
  });
});

test('one error for every ciphertext that cannot be decrypted', async () => {
  const encrypted = Buffer.from(encrypt('13800138000'), 'base64');
  const changed = Buffer.from(encrypted);
  changed[100] ^= 1;
  const pkcs1 = {
    key: createPublicKey(key('merchant.pkcs8.pem')),
    padding: constants.RSA_PKCS1_PADDING,
  };
  const messages = new Set();
  for (const ciphertext of [
    changed.toString('base64'),
    encrypted.subarray(1).toString('base64'),
    Buffer.concat([encrypted, Buffer.alloc(1)]).toString('base64'),
    Buffer.alloc(256).toString('base64'),
    Buffer.alloc(256, 0xff).toString('base64'),
    encrypt('x', { name: 'wechatpay.pkcs8.pem' }),
    encrypt('x', { name: 'rsa4096.pem' }),
    encrypt('x', { oaepHash: 'sha256' }),
    encrypt('x', { oaepLabel: Buffer.from('label') }),
    publicEncrypt(pkcs1, Buffer.from('x')).toString('base64'),
    'AAAA',
  ]) {
    const error = await wxpay.decrypt(ciphertext).catch((reason) => reason);
    assert.equal(error.name, 'ValidationError', inspect(error));
    assert.equal(error.field, 'ciphertext');
    assert.ok(!inspect(error).includes(ciphertext.slice(0, 16)) || ciphertext.length < 16);
    messages.add(error.message);
  }
  assert.equal(messages.size, 1, [...messages].join('\n'));
  assert.match([...messages][0], /cannot be decrypted with this merchant's key/);
});

test('an input that is not base64 is reported as such', async () => {
  for (const [wrong, message] of [
    [undefined, /must be a string, not undefined/],
    [Buffer.from('x'), /not an object/],
    ['', /must be base64/],
    ['x'.repeat(5_000), /must be base64/],
    ['13800138000', /is not base64/],
    ['AAA', /is not base64/],
    ['A A=', /is not base64/],
  ]) {
    await assert.rejects(wxpay.decrypt(wrong), {
      name: 'ValidationError',
      field: 'ciphertext',
      message,
    });
  }
});

test('a client with a remote signer decrypts nothing, and names privateKey', async () => {
  let calls = 0;
  const remote = new Wechatpay({
    mchid: '1900007291',
    serial: '408B07E79B8269FEC3D5D3E6AB8ED163A6A380DB',
    signer: () => {
      calls += 1;
      return new Uint8Array(256);
    },
    certs: { PUB_KEY_ID_0119000072912024101100397200000006: key('wechatpay.spki.pem') },
  });
  await assert.rejects(remote.decrypt(encrypt('13800138000')), {
    name: 'ConfigError',
    code: 'ERR_CONFIG',
    option: 'privateKey',
    message: /a signer cannot decrypt/,
  });
  assert.equal(calls, 0);
});

test('a freed client decrypts nothing', async () => {
  const freed = open('merchant.pkcs8.pem');
  freed.free();
  await assert.rejects(freed.decrypt(encrypt('x')), { option: 'client' });
});
