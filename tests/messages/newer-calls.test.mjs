// Errors in both languages: of keys that the host holds, of certificates, loggers, lists, files and
// notifications of several merchants.
import assert from 'node:assert/strict';
import { createCipheriv, createPublicKey, createSecretKey, publicEncrypt } from 'node:crypto';
import { test } from 'node:test';

import {
  ConfigError,
  TransportError,
  ValidationError,
  VerificationError,
  Wechatpay,
} from 'wechatpay-wasm';

import { environmentOf } from '../environment-of.mjs';
import { signedHeaders } from '../faults/responding-server.mjs';
import { key, merchant } from '../merchant.mjs';
import { sameInBothLanguages } from './both-languages.mjs';

const apiv3Key = 'x'.repeat(32);
const params = { appid: 'wxd678efh567h23787', outContractCode: 'APPLYMENT_00000000001' };
const bill = 'https://api.mch.weixin.qq.com/v3/billdownload/file?token=x';
const picture = '/v3/merchant-service/images/BB04A5DE.bmp';
const hash = { hashType: 'SHA1', hashValue: '0'.repeat(40) };
const answers = (body) => async () =>
  new Response(body, { status: 200, headers: signedHeaders(body) });
const gives = (body) => async () => new Response(body);

/** A client with other options. */
const client = (options, more) => new Wechatpay({ ...options, ...more });
const withKey = (options, privateKey) => client(options, { privateKey });

/** A key of WebCrypto that may sign. */
async function cryptoKey(algorithm) {
  const der = Buffer.from(key('merchant.pkcs8.pem').replace(/-----.*/g, ''), 'base64');
  return await crypto.subtle.importKey('pkcs8', der, algorithm, false, ['sign']);
}
const RSASSA = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };

const encryptKey = () =>
  publicEncrypt({ key: createPublicKey(merchant.privateKey), oaepHash: 'sha1' }, apiv3Key).toString(
    'base64',
  );

/** An encrypted file whose tag is that of another nonce. */
function changedFile() {
  const cipher = createCipheriv('aes-256-gcm', apiv3Key, 'another nonce');
  return Buffer.concat([cipher.update('x'), cipher.final(), cipher.getAuthTag()]);
}

const firstOf = (list) => list.next();
const complaints = 'v3/merchant-service/complaints-v2';

const option = (name) => ({ code: 'ERR_CONFIG', option: name });
const field = (name) => ({ code: 'ERR_PARAM', field: name });

const wrong = [
  [
    'a public KeyObject',
    ConfigError,
    (o) => withKey(o, createPublicKey(merchant.privateKey)),
    option('privateKey'),
  ],
  [
    'a secret KeyObject',
    ConfigError,
    (o) => withKey(o, createSecretKey(Buffer.from('x'))),
    option('privateKey'),
  ],
  [
    'a CryptoKey of another hash',
    ConfigError,
    async (o) => withKey(o, await cryptoKey({ ...RSASSA, hash: 'SHA-1' })),
    option('privateKey'),
  ],
  [
    'a CryptoKey that is to decrypt',
    ConfigError,
    async (o) =>
      withKey(o, await cryptoKey(RSASSA)).decrypt(Buffer.alloc(256, 1).toString('base64')),
    option('privateKey'),
  ],
  [
    'a signer with another key than that of cert',
    ConfigError,
    ({ privateKey: _, ...o }) =>
      client(o, {
        cert: key('merchant.cert.pem'),
        signer: () => new Uint8Array(256),
      }).preEntrustSignApp(params),
    option('signer'),
  ],
  [
    'a certificate of the platform',
    ConfigError,
    (o) => client(o, { cert: key('merchant.platform.cert.pem') }),
    option('cert'),
  ],
  [
    'a certificate of another merchant',
    ConfigError,
    (o) => client(o, { cert: key('merchant.other.cert.pem') }),
    option('cert'),
  ],
  [
    'a certificate that has expired',
    ConfigError,
    ({ serial: _, ...o }) => client(o, { cert: key('merchant.expired.cert.pem') }).echo(),
    option('cert'),
  ],
  [
    'an environment without serial and certificate',
    ConfigError,
    ({ locale }) =>
      Wechatpay.fromEnv({ WECHATPAY_LOCALE: locale, WECHATPAY_MCHID: merchant.mchid }),
    option('serial'),
  ],
  ['a logger that is none', ConfigError, (o) => client(o, { logger: 7 }), option('logger')],
  [
    'a logger with a member that is no function',
    ConfigError,
    (o) => client(o, { logger: { warn: [] } }),
    option('logger'),
  ],
  [
    'a level that there is not',
    ConfigError,
    ({ locale }) => {
      const env = {
        ...environmentOf({ ...merchant, apiv3Key, baseUrl: 'http://127.0.0.1' }),
        WECHATPAY_LOCALE: locale,
        WECHATPAY_LOG: 'loud',
      };
      return Wechatpay.fromEnv(env);
    },
    option('logger'),
  ],
  [
    'a list with a wrong option',
    ValidationError,
    (o) => firstOf(client(o).paginate(complaints, { offsetCounts: 'x' })),
    field('options.offsetCounts'),
  ],
  [
    'a list with a wrong query',
    ValidationError,
    (o) => firstOf(client(o).paginate(complaints, { query: [] })),
    field('query'),
  ],
  [
    'a list that is not known',
    ValidationError,
    (o) => firstOf(client(o).paginate('v3/card/card-links')),
    field('path'),
  ],
  [
    'a list that the call itself refuses',
    ValidationError,
    (o) => firstOf(client(o).paginate('v3/{id}')),
    field('id'),
  ],
  [
    'a response with two lists',
    ValidationError,
    (o) => firstOf(client(o, { fetch: answers('{"a":[1],"b":[2]}') }).paginate(complaints)),
    field('options.items'),
  ],
  [
    'a list that gives the same page again and again',
    TransportError,
    async (o) => {
      const fetch = answers('{"data":[1],"total_count":9}');
      for await (const _ of client(o, { fetch }).paginate(complaints));
    },
    { code: 'ERR_RESPONSE_INVALID' },
  ],
  [
    'a list that gives less than it says',
    TransportError,
    (o) => firstOf(client(o, { fetch: answers('{"total_count":9}') }).paginate(complaints)),
    { code: 'ERR_RESPONSE_INVALID' },
  ],
  [
    'half of what an encrypted file needs',
    ValidationError,
    (o) => client(o).download(bill, { ...hash, nonce: 'x' }),
    field('encryptKey'),
  ],
  [
    'a key that is no key of a file',
    ValidationError,
    (o) => client(o).download(bill, { ...hash, nonce: 'x', encryptKey: 'AAAA' }),
    field('encryptKey'),
  ],
  [
    'an encrypted file that was changed',
    VerificationError,
    (o) => {
      const encrypted = { encryptKey: encryptKey(), nonce: 'a8607ef79034' };
      return client(o, { fetch: gives(changedFile()) }).download(bill, { ...hash, ...encrypted });
    },
    { code: 'ERR_HASH_MISMATCH' },
  ],
  [
    'a hash of a file that nobody verifies',
    ValidationError,
    (o) => client(o).download(picture, { ...hash, acceptUnverifiedFile: true }),
    field('acceptUnverifiedFile'),
  ],
  [
    'a bill that nobody verifies',
    ValidationError,
    (o) => client(o).download('/v3/billdownload/file', { acceptUnverifiedFile: true }),
    field('downloadUrl'),
  ],
  [
    'a signed file that nobody verifies',
    TransportError,
    (o) => client(o, { fetch: answers('{}') }).download(picture, { acceptUnverifiedFile: true }),
    { code: 'ERR_RESPONSE_INVALID' },
  ],
  [
    'a notification of several merchants that is too old',
    VerificationError,
    (o) => {
      const body = '{}';
      const headers = { ...signedHeaders(body), 'Wechatpay-Timestamp': '1' };
      const clients = [client(o, { apiv3Key }), client(o, { apiv3Key, mchid: '1900007292' })];
      return Wechatpay.notificationOf(clients, { headers, body });
    },
    { code: 'ERR_TIMESTAMP_SKEW' },
  ],
  [
    'a request of several merchants that is none',
    ValidationError,
    (o) => Wechatpay.notificationOf([client(o, { apiv3Key })], 7),
    field('request'),
  ],
];

for (const [what, ofClass, work, fields] of wrong) {
  test(`${what}: the same error in both languages, but for its text`, async () => {
    await sameInBothLanguages(work, ofClass, fields);
  });
}

test('of a notification, the merchants whose keys were tried are named in both languages', async () => {
  const numbers = Array.from({ length: 12 }, (_, at) => String(1900007291 + at));
  const work = (o) =>
    Wechatpay.notificationOf(
      numbers.map((mchid) => client(o, { apiv3Key, mchid })),
      { headers: { ...signedHeaders('{}'), 'Wechatpay-Nonce': 'x' }, body: '{}' },
    );
  const named = numbers.slice(0, 10).join(', ');
  const { en, zh } = await sameInBothLanguages(work, VerificationError, {});
  assert.ok(en.message.endsWith(` (tried with the keys of ${named} and 2 more)`), en.message);
  assert.ok(zh.message.endsWith(`（已用以下商户的密钥尝试：${named}，另有 2 个商户）`), zh.message);
});

test('lines of a log are English in any language, and its errors are not', async () => {
  const lines = [];
  const write = (line, fields) => lines.push([line, fields.message]);
  const work = (o) => client(o, { logger: { error: write } }).preEntrustSignApp(7);
  await sameInBothLanguages(work, ValidationError, { code: 'ERR_PARAM' });
  const [[en, inEnglish], [zh, inChinese]] = lines;
  assert.equal(en.replace(/\d+ ms/, ''), zh.replace(/\d+ ms/, ''));
  assert.match(inEnglish, /must be an object/);
  assert.match(inChinese, /必须是/);
});
