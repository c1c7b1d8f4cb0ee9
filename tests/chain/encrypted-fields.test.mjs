// Fields that the chain encrypts before it signs, and `encrypt`. What arrived is decrypted by node:crypto
// with WeChat Pay's private key.
import assert from 'node:assert/strict';
import { constants, privateDecrypt } from 'node:crypto';
import { test } from 'node:test';

import { ValidationError, Wechatpay } from 'wechatpay-wasm';
import { createSandbox } from 'wechatpay-wasm/sandbox';

import { signedHeaders } from '../faults/responding-server.mjs';
import { key, merchant, publicKeyId } from '../merchant.mjs';

const sent = [];
const client = (options) =>
  new Wechatpay({
    ...merchant,
    fetch: async (_url, { headers, body }) => {
      sent.push({ headers, json: JSON.parse(Buffer.from(body).toString()) });
      return new Response('{}', { headers: signedHeaders('{}') });
    },
    ...options,
  });
const wxpay = client();

const decrypted = (ciphertext) =>
  privateDecrypt(
    { key: key('wechatpay.pkcs8.pem'), padding: constants.RSA_PKCS1_OAEP_PADDING },
    Buffer.from(ciphertext, 'base64'),
  ).toString();

test('the named fields are encrypted, and nothing else is changed', async () => {
  const json = {
    payer: { identity: { name: '张三 "quoted" \\ 😀', type: 'ID' }, name: 'plain' },
    transfer_detail_list: [
      { user_name: '李四', amount: 1 },
      { amount: 2 },
      { user_name: '王五', amount: 3 },
    ],
    list: [['a', 'b'], ['c']],
    total: 1.5,
  };
  const before = structuredClone(json);
  const encrypt = ['transfer_detail_list.*.user_name?', 'payer.identity.name', 'list.*.*'];
  await wxpay.v3.x.post({ json, encrypt });
  assert.deepEqual(json, before);
  const { headers, json: arrived } = sent.pop();
  assert.equal(headers['Wechatpay-Serial'], publicKeyId);
  const { payer, transfer_detail_list: list, list: nested } = arrived;
  assert.equal(decrypted(payer.identity.name), json.payer.identity.name);
  assert.deepEqual([decrypted(list[0].user_name), decrypted(list[2].user_name)], ['李四', '王五']);
  assert.deepEqual(
    nested.map((each) => each.map(decrypted)),
    json.list,
  );
  // The others are as they were.
  payer.identity.name = json.payer.identity.name;
  list[0].user_name = '李四';
  list[2].user_name = '王五';
  arrived.list = json.list;
  assert.deepEqual(arrived, json);
});

test('a thousand fields in one request; equal texts look different', async () => {
  const list = Array.from({ length: 1_000 }, () => ({ user_name: '张三' }));
  await wxpay.v3.x.post({ json: { list }, encrypt: ['list.*.user_name'] });
  const { json } = sent.pop();
  assert.equal(new Set(json.list.map(({ user_name }) => user_name)).size, 1_000);
  for (const at of [0, 1, 500, 999]) assert.equal(decrypted(json.list[at].user_name), '张三');
});

test('a field that may be lacking is encrypted where it is', async () => {
  const json = { list: [{ name: '张三' }, { name: null }, {}], payer: null, empty: [] };
  const encrypt = ['list.*.name?', 'payer?.name', 'empty.*.name?', 'other?'];
  await wxpay.v3.x.post({ json, encrypt });
  const { json: arrived } = sent.pop();
  assert.equal(decrypted(arrived.list[0].name), '张三');
  arrived.list[0].name = '张三';
  assert.deepEqual(arrived, json);
});

test('more fields or paths than a request can have are refused at once', async () => {
  const list = Array(40_000).fill({ n: 'SECRET' });
  const before = performance.now();
  for (const [encrypt, message] of [
    [['list.*.n'], /^encrypt: names more than 1000 fields/],
    [Array(51).fill('list'), /^encrypt: has more than 50 paths/],
    [Array(1_001).fill('list'), /^encrypt: has more than 50 paths/],
    [['x.'.repeat(129)], /^encrypt: has a path that has more than 256 characters/],
  ]) {
    await assert.rejects(wxpay.v3.x.post({ json: { list }, encrypt }), {
      name: 'ValidationError',
      field: 'encrypt',
      message,
    });
  }
  // 40,000 fields took five seconds to encrypt.
  assert.ok(performance.now() - before < 3_000);
  assert.deepEqual(sent, []);
});

test('half of a surrogate pair in json is refused by its path', async () => {
  for (const [json, field] of [
    [{ payer: { name: 'a\ud83d' } }, 'json.payer.name'],
    [{ list: ['\udc00b'] }, 'json.list[0]'],
    [{ text: new String('\ud83d') }, 'json.text'],
    [{ 'a\ud83d': 1 }, 'json'],
  ]) {
    const encrypt = field === 'json.payer.name' ? ['payer.name'] : undefined;
    await assert.rejects(wxpay.v3.x.post({ json, encrypt }), {
      name: 'ValidationError',
      field,
      message: /half of a surrogate pair/,
    });
  }
  await wxpay.v3.x.post({ json: { text: '\ud83d\ude00' } });
  assert.equal(sent.pop().json.text, '😀');
});

test('the key that the headers name encrypts', async () => {
  const certificate = '5157F09EFDC096DE15EBE81A47057A7232F1B8E1';
  const both = client({ certs: { ...merchant.certs, [certificate]: key('platform.cert.pem') } });
  const headers = { 'wechatpay-serial': certificate };
  await both.v3.x
    .post({ json: { name: '张三' }, encrypt: ['name'], headers })
    .catch((error) => assert.equal(error.name, 'VerificationError'));
  const { headers: sentHeaders, json } = sent.pop();
  assert.equal(sentHeaders['Wechatpay-Serial'], certificate);
  const plain = privateDecrypt(
    { key: key('platform.pkcs8.pem'), padding: constants.RSA_PKCS1_OAEP_PADDING },
    Buffer.from(json.name, 'base64'),
  );
  assert.equal(plain.toString(), '张三');
});

test('with certs: auto, the certificates are downloaded first', async () => {
  const sandbox = await createSandbox({ merchant: 'migrating' });
  try {
    const automatic = new Wechatpay({ ...sandbox.options, certs: 'auto' });
    const { ciphertext, serial } = await automatic.encrypt('张三');
    assert.equal(sandbox.requests.at(-1).url, '/v3/certificates');
    assert.match(serial, /^[0-9A-F]{40}$/);
    assert.match(ciphertext, /^[\w+/]{342}==$/);
  } finally {
    await sandbox.close();
  }
});

test('encrypt', async () => {
  const { ciphertext, serial } = await wxpay.encrypt('张三');
  assert.equal(serial, publicKeyId);
  assert.equal(decrypted(ciphertext), '张三');
  assert.equal(decrypted((await wxpay.encrypt('')).ciphertext), '');
  for (const [text, message] of [
    [undefined, /^text: must be a string/],
    [7, /^text: must be a string/],
    ['x'.repeat(215), /^text: has 215 bytes in UTF-8/],
    ['a\ud83d', /^text: contains half of a surrogate pair/],
  ]) {
    await assert.rejects(wxpay.encrypt(text), { name: 'ValidationError', field: 'text', message });
  }
  assert.deepEqual(sent, []);
});

test('what would not be encrypted is refused before anything is sent', async () => {
  const json = {
    name: '张三',
    number: 7,
    list: [{ name: 'SECRET' }],
    some: [{ name: 'SECRET' }, { nam: 'SECRET' }],
    nulls: [{ name: 'SECRET' }, { name: null }],
    empty: [],
    long: '张'.repeat(72),
  };
  for (const [encrypt, message] of [
    ['name', /must be an array of paths/],
    [{ name: true }, /must be an array of paths/],
    [[7], /has a path that must be a string/],
    [['nam'], /names a field that json does not have .*: nam$/],
    [['name.first'], /names a field that json does not have/],
    [['list.name'], /names a field that json does not have/],
    [['empty.*.name'], /names a field that json does not have/],
    [['list.*.nam'], /names a field that json does not have/],
    [['some.*.name'], /names a field that json does not have .*: some\.\*\.name$/],
    [['some.*.name', 'some.*.nam?'], /names a field that json does not have/],
    [['nulls.*.name'], /names a field that is null, and so lacking .*: nulls/],
    [['name.first?'], /names a field that json does not have/],
    [['list.*.name?', 'list.*.name'], /names a field twice/],
    [['name.*'], /has a \* where json has no array/],
    [['number'], /names a field that is no string/],
    [['list'], /names a field that is no string/],
    [['name', 'name'], /names a field twice/],
    [['list.*.name', 'list.*.name'], /names a field twice/],
    [['long'], /has 216 bytes in UTF-8/],
    [['SECRET 张三'], /names a field that json does not have [^:]*$/],
    [[''], /names a field that json does not have [^:]*$/],
  ]) {
    await assert.rejects(wxpay.v3.x.post({ json, encrypt }), (error) => {
      assert.ok(error instanceof ValidationError, String(error));
      assert.equal(error.field, 'encrypt');
      assert.match(error.message, message);
      assert.doesNotMatch(error.message, /SECRET|张/);
      return true;
    });
  }
  await assert.rejects(wxpay.v3.x.post({ encrypt: ['name'] }), { field: 'encrypt' });
  await assert.rejects(wxpay.v3.x.get({ json, encrypt: ['name'] }), { field: 'json' });
  await assert.rejects(wxpay.chain('v3/{encrypt}').get({ encrypt: 'a' }), { field: 'path' });
  // A body without encrypted fields.
  await wxpay.v3.x.post({ json, encrypt: [] });
  assert.deepEqual(sent.pop().json, json);
  assert.deepEqual(sent, []);
});
