// Errors in both languages: of every class, from the core and from JavaScript, wherever a caller meets them.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { inspect } from 'node:util';

import {
  ApiError,
  ConfigError,
  InternalError,
  TransportError,
  ValidationError,
  VerificationError,
  Wechatpay,
} from 'wechatpay-wasm';

import { site } from '../../scripts/repository.mjs';
import { environmentOf } from '../environment-of.mjs';
import { result, signedHeaders } from '../faults/responding-server.mjs';
import { merchant, publicKeyId } from '../merchant.mjs';
import { errorOf, HAN, sameInBothLanguages } from './both-languages.mjs';

const params = { appid: 'wxd678efh567h23787', outContractCode: 'APPLYMENT_00000000001' };
const apiv3Key = 'x'.repeat(32);
const gives = (status, body, headers) => async () => new Response(body, { status, headers });
const breaks = async () => {
  throw Object.assign(new TypeError('fetch failed'), { code: 'ECONNRESET' });
};

/** What each of these does wrong, and what its error is. */
const wrong = [
  [
    'of an option',
    ConfigError,
    (o) => new Wechatpay({ ...o, mchid: 'x' }),
    { code: 'ERR_CONFIG', option: 'mchid' },
  ],
  [
    'of an option of a wrong type',
    ConfigError,
    (o) => new Wechatpay({ ...o, certs: 7 }),
    { option: 'certs' },
  ],
  [
    'of a name that is not known',
    ConfigError,
    (o) => new Wechatpay({ ...o, nonsense: 1 }),
    { option: 'nonsense' },
  ],
  [
    'of the environment',
    ConfigError,
    ({ locale }) => Wechatpay.fromEnv({ WECHATPAY_LOCALE: locale }),
    { code: 'ERR_CONFIG', option: 'mchid' },
  ],
  [
    'of a parameter, by the core',
    ValidationError,
    (o) => new Wechatpay(o).preEntrustSignApp({ ...params, outContractCode: '!' }),
    { code: 'ERR_PARAM', field: 'outContractCode' },
  ],
  [
    'of a parameter, by JavaScript',
    ValidationError,
    (o) => new Wechatpay(o).preEntrustSignApp({ ...params, appid: 7 }),
    { code: 'ERR_PARAM', field: 'appid' },
  ],
  [
    'of the chain',
    ValidationError,
    (o) => new Wechatpay(o).v3.pay._id_.get(),
    { code: 'ERR_PARAM', field: 'id' },
  ],
  [
    'of a body',
    ValidationError,
    (o) => new Wechatpay(o).v3.pay.post({ json: { amount: 1n } }),
    { code: 'ERR_PARAM', field: 'json.amount' },
  ],
  [
    'of a client that was freed',
    ConfigError,
    (o) => {
      const wxpay = new Wechatpay(o);
      wxpay.free();
      return wxpay.echo();
    },
    { code: 'ERR_CONFIG', option: 'client' },
  ],
  [
    'of WeChat Pay',
    ApiError,
    (o) =>
      new Wechatpay({ ...o, fetch: gives(403, '{"code":"NO_AUTH","message":"no"}', {}) }).echo(),
    { code: 'NO_AUTH', status: 403 },
    'NO_AUTH.html',
  ],
  [
    'of a signature',
    ApiError,
    (o) => new Wechatpay({ ...o, fetch: gives(401, '{"code":"SIGN_ERROR"}', {}) }).echo(),
    { code: 'SIGN_ERROR' },
    'SIGN_ERROR.html',
  ],
  [
    'of a gateway',
    ApiError,
    (o) => new Wechatpay({ ...o, fetch: gives(502, '<p>Bad Gateway', {}), maxRetries: 0 }).echo(),
    { code: 'HTTP_502' },
    '',
  ],
  [
    'of a response that is not signed',
    VerificationError,
    (o) => new Wechatpay({ ...o, fetch: gives(200, '{}', {}) }).preEntrustSignApp(params),
    { code: 'ERR_SIGNATURE_MISSING' },
    'ERR_SIGNATURE_MISSING.html',
  ],
  [
    'of a response that was changed',
    VerificationError,
    (o) =>
      new Wechatpay({ ...o, fetch: gives(200, '{}', signedHeaders(result)) }).preEntrustSignApp(
        params,
      ),
    { code: 'ERR_SIGNATURE_INVALID' },
  ],
  [
    'of a notification',
    VerificationError,
    (o) => new Wechatpay({ ...o, apiv3Key }).notification({ headers: {}, body: '{}' }),
    { code: 'ERR_SIGNATURE_MISSING' },
  ],
  [
    'of a request that is none',
    ValidationError,
    (o) => new Wechatpay({ ...o, apiv3Key }).notification(7),
    { code: 'ERR_PARAM', field: 'request' },
  ],
  [
    'of the network',
    TransportError,
    (o) => new Wechatpay({ ...o, fetch: breaks, maxRetries: 0 }).echo(),
    { code: 'ERR_NETWORK', reason: 'ECONNRESET' },
    'ERR_NETWORK.html',
  ],
  [
    "of what fetch returned, of which JavaScript's part is told to the core",
    TransportError,
    (o) => new Wechatpay({ ...o, fetch: async () => 7, maxRetries: 0 }).echo(),
    { code: 'ERR_RESPONSE_INVALID' },
  ],
  [
    'of a signer',
    ConfigError,
    ({ privateKey: _, ...o }) => new Wechatpay({ ...o, signer: () => 7 }).preEntrustSignApp(params),
    { code: 'ERR_CONFIG', option: 'signer' },
  ],
  [
    'within',
    InternalError,
    async (o) => {
      const wxpay = new Wechatpay(o);
      const { decode } = TextDecoder.prototype;
      TextDecoder.prototype.decode = () => {
        throw new Error('no');
      };
      try {
        return await wxpay.decrypt('x');
      } finally {
        TextDecoder.prototype.decode = decode;
      }
    },
    { code: 'ERR_INTERNAL' },
  ],
];

for (const [what, ofClass, work, fields, page] of wrong) {
  test(`an error ${what} is the same in both languages, but for its text`, async () => {
    await sameInBothLanguages(work, ofClass, fields, page);
  });
}

test('a cause of our own, and what hooks are told, are in the language of the client', async () => {
  const told = [];
  const wxpay = new Wechatpay({
    ...merchant,
    apiv3Key,
    certs: 'auto',
    locale: 'zh-CN',
    fetch: gives(404, '{"code":"RESOURCE_NOT_EXISTS"}', {}),
  });
  const error = await errorOf(() => wxpay.echo());
  assert.ok(error instanceof ConfigError && error.cause instanceof ApiError);
  assert.match(
    error.message,
    /certs：无法下载平台证书：RESOURCE_NOT_EXISTS；微信支付没有为该商户提供平台证书/,
  );
  assert.match(error.cause.message, /未签名/);
  const retrying = new Wechatpay({
    ...merchant,
    locale: 'zh-CN',
    fetch: gives(503, '', {}),
    maxRetries: 1,
    onRetry: (event) => told.push(event.error.message),
  });
  await errorOf(() => retrying.certificates());
  await errorOf(() => retrying.v3.x.get());
  assert.ok(told.length > 0);
  for (const message of told) assert.match(message, /未签名/);
});

test('streams fail in the language of the client', async () => {
  const wxpay = new Wechatpay({ ...merchant, locale: 'zh-CN', fetch: gives(200, 'x', {}) });
  const stream = await wxpay.download(
    'https://api.mch.weixin.qq.com/v3/billdownload/file?token=x',
    {
      hashType: 'SHA1',
      hashValue: '0'.repeat(40),
    },
  );
  const error = await errorOf(() => new Response(stream).text());
  assert.equal(error.code, 'ERR_HASH_MISMATCH');
  assert.equal(error.docs, `${site}zh/errors/ERR_HASH_MISMATCH.html`);
  assert.match(error.message, /1 字节内容的 SHA1 不一致/);
});

test('two clients of one process have a language each', async () => {
  const call = (locale) =>
    errorOf(() =>
      new Wechatpay({ ...merchant, locale }).preEntrustSignApp({ ...params, appid: '' }),
    );
  const messages = await Promise.all(['en', 'zh-CN', 'en', 'zh-CN'].map(call));
  const [en, zh] = [
    'appid: is empty; 1 to 32 characters are needed',
    'appid：为空；需要 1 至 32 个字符',
  ];
  assert.deepEqual(
    messages.map(({ message }) => message),
    [en, zh, en, zh],
  );
});

test('a locale that there is not is refused', () => {
  for (const locale of ['zh', 'fr', '', null, 7, {}, ['en']]) {
    assert.throws(() => new Wechatpay({ ...merchant, locale }), {
      name: 'ConfigError',
      option: 'locale',
      message: "locale: must be 'en' or 'zh-CN'",
    });
  }
});

test('the language is read from options that are wrong in another way', () => {
  assert.throws(() => new Wechatpay({ locale: 'zh-CN' }), {
    message: /^mchid：未提供；serial 未提供/,
  });
  assert.throws(
    () =>
      new Wechatpay({
        locale: 'zh-CN',
        get mchid() {
          throw 1;
        },
      }),
    {
      message: /无法读取/,
    },
  );
  assert.throws(() => Wechatpay.fromEnv({ LC_ALL: 'zh_CN.UTF-8' }), { message: /未设置/ });
  const env = { ...environmentOf(merchant), WECHATPAY_LOCALE: 'zh-CN' };
  for (const name of Object.keys(env)) if (env[name] === undefined) delete env[name];
  return assert.rejects(Wechatpay.fromEnv(env).decrypt(7), {
    message: /必须是字符串，而不是 number/,
  });
});

test('what Object.prototype has is no language, no text and no document', async () => {
  const { prototype } = Object;
  const names = [
    'locale',
    'WECHATPAY_LOCALE',
    'LANG',
    'docs',
    'zh',
    'en',
    'option',
    'field',
    '0',
    'chinese',
  ];
  const descriptor = { __proto__: null, value: 'zh-CN', configurable: true, writable: true };
  for (const name of names) Object.defineProperty(prototype, name, descriptor);
  let errors;
  try {
    errors = [
      await errorOf(() => new Wechatpay({ ...merchant }).echo(7)),
      await errorOf(() => new Wechatpay({ ...merchant, mchid: 'x' })),
      await errorOf(() => Wechatpay.fromEnv({})),
    ];
  } finally {
    for (const name of names) delete prototype[name];
  }
  for (const error of errors) {
    assert.doesNotMatch(error.message, HAN);
    assert.match(error.docs, /\/en\/errors\/[\w-]+\.html$/);
  }
  Object.defineProperty(prototype, 'locale', {
    __proto__: null,
    configurable: true,
    get() {
      throw new Error('polluted');
    },
  });
  try {
    assert.match(
      (await errorOf(() => new Wechatpay({ ...merchant, mchid: 'x' }))).message,
      /^mchid: /,
    );
  } finally {
    delete prototype.locale;
  }
});

test('no error has a key or another value in its text, in either language', async () => {
  const key = merchant.privateKey;
  const secrets = [key.split('\n')[1], apiv3Key, 'hunter2hunter2hunter2'];
  const [body, apiv3, password] = secrets;
  for (const locale of ['en', 'zh-CN']) {
    const options = { ...merchant, locale };
    const errors = [
      await errorOf(() => new Wechatpay({ ...options, mchid: key })),
      await errorOf(() => new Wechatpay({ ...options, serial: password })),
      await errorOf(() => new Wechatpay({ ...options, privateKey: body })),
      await errorOf(() => new Wechatpay({ ...options, [key]: 1 })),
      await errorOf(() => new Wechatpay({ ...options, certs: { [key]: body } })),
      await errorOf(() => new Wechatpay({ ...options, certs: { [publicKeyId]: key } })),
      await errorOf(() => new Wechatpay({ ...options, apiv3Key: `${apiv3}x` })),
      await errorOf(() => new Wechatpay({ ...options, baseUrl: `ftp://${password}` })),
      await errorOf(() =>
        new Wechatpay(options).preEntrustSignApp({ ...params, appid: `${body} ` }),
      ),
      await errorOf(() => new Wechatpay(options).v3.pay.get({ [`${password}!`]: 1 })),
      await errorOf(() => new Wechatpay(options).v3.pay.post({ json: { [`${password}!`]: 1n } })),
      await errorOf(() => new Wechatpay(options).decrypt(password)),
    ];
    for (const error of errors) {
      const shown = [String(error), JSON.stringify(error), error.stack, inspect(error)].join('\n');
      for (const secret of secrets) assert.ok(!shown.includes(secret), shown);
    }
  }
});

test('a number without a text gives the code, and nothing breaks', async () => {
  const dist = dirname(createRequire(import.meta.url).resolve('wechatpay-wasm'));
  const bundle = await readFile(join(dist, 'index.mjs'), 'utf8');
  const folder = await mkdtemp(join(tmpdir(), 'wechatpay-messages-'));
  try {
    const file = join(folder, 'other.mjs');
    await writeFile(file, bundle.replace(/^var numbers = "[^"]*";$/m, 'var numbers = "1 2 3";'));
    const other = await import(pathToFileURL(file));
    for (const locale of ['en', 'zh-CN']) {
      const options = { ...merchant, locale };
      assert.throws(() => new other.Wechatpay({ ...options, mchid: 'x' }), {
        name: 'ConfigError',
        message: 'ERR_CONFIG',
        option: 'mchid',
      });
      // JavaScript's own have their English text.
      assert.throws(() => new other.Wechatpay({ ...options, mchid: 7 }), {
        message: 'mchid: must be a string, not a number',
      });
      const refused = gives(403, '{"code":"NO_AUTH"}', {});
      const call = new other.Wechatpay({ ...options, fetch: refused }).echo();
      await assert.rejects(call, { name: 'ApiError', message: 'NO_AUTH' });
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});
