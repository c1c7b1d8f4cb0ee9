// What is far longer than it can be: refused by its length, before anything of it is copied. A memory of
// the Wasm never shrinks, so what once entered it would stay.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { merchant } from '../merchant.mjs';
import { apiv3Key, notification } from '../notifications/encrypted-notification.mjs';
import { refusingFetch } from '../refusing-fetch.mjs';
import { memories, Wechatpay } from '../survival/inside.mjs';

// As long as a string can be, nearly. It takes no memory until somebody reads all of it.
const long = 'x'.repeat(2 ** 28);
const bytes = new Uint8Array(2 ** 25);
const pem = 'PUB_KEY_ID_01';

const { fetch, sent } = refusingFetch();
const wxpay = new Wechatpay({ ...merchant, apiv3Key, fetch });
const size = () => memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
const before = size();

test('options', () => {
  for (const [option, value] of [
    ['mchid', long],
    ['serial', long],
    ['baseUrl', long],
    ['privateKey', long],
    ['privateKey', bytes],
    ['apiv3Key', long],
    ['apiv3Key', bytes],
    ['certs', { [pem]: long }],
    ['certs', { [pem]: bytes }],
    ['certs', { [long]: 'x' }],
    [
      'certs',
      Object.fromEntries(Array.from({ length: 101 }, (_, at) => [`PUB_KEY_ID_${at}`, 'x'])),
    ],
  ]) {
    assert.throws(() => new Wechatpay({ ...merchant, [option]: value }), { option }, option);
  }
  const many = Object.fromEntries(Array.from({ length: 1_001 }, (_, at) => [`a${at}`, 1]));
  assert.throws(() => new Wechatpay(many), { option: 'options' });
  const env = { WECHATPAY_MCHID: long };
  assert.throws(() => Wechatpay.fromEnv(env), { option: 'mchid' });
});

test('parameters', async () => {
  const file = { file: new Uint8Array(1), filename: 'a.png' };
  const hash = { hashType: 'SHA1', hashValue: '00' };
  const small = 'x'.repeat(60_000);
  for (const [field, call] of [
    ['ciphertext', () => wxpay.decrypt(long)],
    ['appid', () => wxpay.preEntrustSignApp({ appid: long, outContractCode: 'A' })],
    ['prepayId', () => wxpay.paySign({ type: 'jsapi', appid: 'wx', prepayId: long })],
    ['path', () => wxpay.upload(long, file)],
    ['filename', () => wxpay.upload('/v3/x', { ...file, filename: long })],
    ['contentType', () => wxpay.upload('/v3/x', { ...file, contentType: long })],
    ['file', () => wxpay.upload('/v3/x', { ...file, file: new Uint8Array(2 ** 25) })],
    ['downloadUrl', () => wxpay.download(long, hash)],
    [
      'hashValue',
      () => wxpay.download('https://api.mch.weixin.qq.com/x', { ...hash, hashValue: long }),
    ],
    ['path', () => wxpay.chain(long).get()],
    ['json', () => wxpay.v3.x.post({ json: { a: 'x'.repeat(2 ** 22) } })],
    ['query.a', () => wxpay.v3.x.get({ query: { a: long } })],
    ['query', () => wxpay.v3.x.get({ query: { a: [small, small] } })],
    ['headers', () => wxpay.v3.x.get({ headers: { a: long } })],
    ['headers', () => wxpay.v3.x.get({ headers: { a: small, b: small } })],
    ['headers', () => wxpay.notification({ headers: { 'Wechatpay-Nonce': long }, body: '{}' })],
    ['body', () => wxpay.notification({ ...notification(), body: long })],
    ['body', () => wxpay.notification({ ...notification(), body: bytes })],
    ['body', () => wxpay.notification({ ...notification(), body: new Blob([bytes]) })],
  ]) {
    await assert.rejects(call, { name: 'ValidationError', field }, field);
  }
  assert.deepEqual(sent, []);
});

test('nothing of it was copied into the Wasm', () => {
  assert.equal(size(), before);
});
