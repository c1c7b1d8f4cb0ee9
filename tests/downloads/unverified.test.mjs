// Files that WeChat Pay neither signs nor hashes, through the packed tarball: only for a caller who says
// so, only from the documented paths, and only where nothing could be verified.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Wechatpay } from 'wechatpay-wasm';
import { signedHeaders, withServer } from '../faults/responding-server.mjs';
import { merchant } from '../merchant.mjs';

const PICTURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]);
const path = '/v3/merchant-service/images/BB04A5DE%2F1.png';
const word = { acceptUnverifiedFile: true };

const picture = (_, response) =>
  response.writeHead(200, { 'Content-Type': 'image/png' }).end(PICTURE);

async function read(stream) {
  const parts = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
}

test('a picture of a complaint, by its path or its URL; the result says that nobody verified it', () =>
  withServer(picture, async ({ options, requests }) => {
    const wxpay = new Wechatpay(options);
    for (const url of [path, `${options.baseUrl}${path}`, `https://api.mch.weixin.qq.com${path}`]) {
      const { verified, contentType, bytes } = await wxpay.downloadBytes(url, word);
      assert.equal(verified, false);
      assert.equal(contentType, 'image/png');
      assert.deepEqual(Buffer.from(bytes), PICTURE);
      const { stream, ...rest } = await wxpay.download(url, word);
      assert.deepEqual(rest, { verified: false, contentType: 'image/png' });
      assert.deepEqual(await read(stream), PICTURE);
    }
    // From the client's own host in any case, and signed as every request.
    assert.equal(requests.length, 6);
    for (const { url, method, headers } of requests) {
      assert.equal(url, path);
      assert.equal(method, 'GET');
      assert.match(headers.authorization, /^WECHATPAY2-SHA256-RSA2048 /);
      assert.equal(headers.accept, '*/*');
    }
  }));

test('the chain, which verifies, says how such a file is fetched', () =>
  withServer(picture, async ({ options }) => {
    const wxpay = new Wechatpay(options);
    const told = /signs no file of this path: call download with acceptUnverifiedFile: true/;
    const unsigned = { code: 'ERR_SIGNATURE_MISSING', message: told };
    await assert.rejects(wxpay.chain(path.slice(1)).get(), unsigned);
    await assert.rejects(wxpay.v3.statements.get(), unsigned);
    await assert.rejects(wxpay.v3.certificates2.get(), {
      code: 'ERR_SIGNATURE_MISSING',
      message: /from a proxy or gateway on the way: image\/png/,
    });
  }));

test('a file without a type has none', () =>
  withServer(
    (_, response) => response.writeHead(200).end(PICTURE),
    async ({ options }) => {
      const result = await new Wechatpay(options).downloadBytes(path, word);
      assert.deepEqual(Object.keys(result), ['verified', 'contentType', 'bytes']);
      assert.equal(result.contentType, undefined);
    },
  ));

test('every documented path, and no other', async () => {
  const urls = [];
  const fetch = async (url) => {
    urls.push(url);
    return new Response('file');
  };
  const wxpay = new Wechatpay({ ...merchant, fetch });
  const documented = [
    '/v3/merchant-service/images/x',
    '/v3/global/merchant-service/images/x?complaint_id=200201820200101080076610000',
    '/v3/new-tax-control-fapiao/download?token=x',
    '/v3/statements?date=20180130',
    '/v3/global/statements?date=20180130',
    '/hk/v3/statements?date=20180130',
  ];
  for (const each of documented) await wxpay.downloadBytes(each, word);
  assert.deepEqual(
    urls,
    documented.map((each) => `https://api.mch.weixin.qq.com${each}`),
  );
  urls.length = 0;
  for (const each of [
    '/v3/billdownload/file?token=x',
    '/v3/transferdownload/elecvoucherfile?token=x',
    '/v3/transferdownload/signfile?token=x',
    '/v3/merchant-service/images/',
    '/v3/merchant-service/images/a/b',
    '/v3/merchant-service/images/upload/../../../pay',
    '/v3/merchant-service/images/%2e%2e',
    '/v3/merchant-service/images',
    '/v3/merchant-service/complaints-v2',
    '/v3/certificates',
    '/v3/statementsx',
    '/v3/x?/v3/statements',
    '//evil.example/v3/statements',
    'v3/statements',
    '',
    'https://evil.example/v3/statements',
    'http://api.mch.weixin.qq.com/v3/statements',
    'https://api.mch.weixin.qq.com.evil.example/v3/merchant-service/images/x',
  ]) {
    await assert.rejects(wxpay.downloadBytes(each, word), (error) => {
      assert.equal(error.name, 'ValidationError', each);
      assert.equal(error.field, 'downloadUrl', each);
      return true;
    });
  }
  assert.deepEqual(urls, []);
});

test('the word is given in full, and not beside a hash', async () => {
  const urls = [];
  const fetch = async (url) => urls.push(url);
  const wxpay = new Wechatpay({ ...merchant, fetch });
  const refused = async (params, field, message) =>
    assert.rejects(wxpay.download(path, params), { name: 'ValidationError', field, message });
  await refused({}, 'hashType', /is missing/);
  await refused({ acceptUnverifiedFile: false }, 'hashType', /is missing/);
  await refused({ acceptUnverifiedFile: 'true' }, 'acceptUnverifiedFile', /true or false/);
  await refused({ acceptUnverifiedFile: 1 }, 'acceptUnverifiedFile', /true or false/);
  await refused({ unverified: true }, 'unverified', /not known/);
  const more = {
    hashType: 'SHA1',
    hashValue: '0'.repeat(40),
    encryptKey: 'AA==',
    nonce: 'n',
    gzip: false,
  };
  for (const [name, value] of Object.entries(more)) {
    await refused({ ...word, [name]: value }, 'acceptUnverifiedFile', new RegExp(name));
  }
  // What Object.prototype has is not the caller's word.
  Object.defineProperty(Object.prototype, 'acceptUnverifiedFile', {
    value: true,
    configurable: true,
  });
  try {
    await refused({}, 'hashType', /is missing/);
  } finally {
    delete Object.prototype.acceptUnverifiedFile;
  }
  assert.deepEqual(urls, []);
});

test('a file that WeChat Pay did sign is not taken without a check', () =>
  withServer(
    (_, response) => response.writeHead(200, signedHeaders(PICTURE)).end(PICTURE),
    async ({ options }) => {
      const wxpay = new Wechatpay(options);
      for (const method of ['download', 'downloadBytes']) {
        await assert.rejects(wxpay[method](path, word), {
          name: 'TransportError',
          code: 'ERR_RESPONSE_INVALID',
          message: /signed this file/,
        });
      }
    },
  ));

test('limits, errors and an abort as of any download', () =>
  withServer(
    (request, response) => {
      if (request.url.endsWith('refused')) {
        const body = '{"code":"NO_AUTH","message":"no"}';
        return response.writeHead(403, signedHeaders(body)).end(body);
      }
      if (request.url.endsWith('redirect'))
        return response.writeHead(302, { Location: '/x' }).end();
      if (request.url.endsWith('hangs')) return response.writeHead(200).write('x');
      return response.writeHead(200).end(Buffer.alloc(1_000));
    },
    async ({ options }) => {
      const wxpay = new Wechatpay(options);
      const at = (name) => `/v3/merchant-service/images/${name}`;
      await assert.rejects(wxpay.downloadBytes(at('large'), { ...word, maxBytes: 999 }), {
        code: 'ERR_RESPONSE_TOO_LARGE',
      });
      const { bytes } = await wxpay.downloadBytes(at('large'), { ...word, maxBytes: 1_000 });
      assert.equal(bytes.length, 1_000);
      const refused = { name: 'ApiError', code: 'NO_AUTH', verified: true };
      await assert.rejects(wxpay.download(at('refused'), word), refused);
      await assert.rejects(wxpay.download(at('redirect'), word), { code: 'ERR_REDIRECT' });
      await assert.rejects(wxpay.downloadBytes(at('hangs'), word, { timeout: 200 }), {
        code: 'ERR_TIMEOUT',
      });
      const reason = new Error('the user went away');
      const controller = new AbortController();
      const { stream } = await wxpay.download(at('hangs'), word, { signal: controller.signal });
      controller.abort(reason);
      await assert.rejects(read(stream), (error) => error === reason);
    },
  ));
