// Wrong downloads: each is rejected with a typed error, and nothing is sent. The Authorization
// header is sent to WeChat Pay's own hosts and to the client's base URL only.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Wechatpay } from 'wechatpay-wasm';

import { merchant } from '../merchant.mjs';

const sent = [];
const options = {
  ...merchant,
  fetch: (url) => {
    sent.push(url);
    return Promise.resolve(new Response('abc'));
  },
};
const wxpay = new Wechatpay(options);
const path = '/v3/billdownload/file?token=6XIv5TUPto7pByrTQKhd6kwvyKLG2uY2w&tartype=gzip';
const url = `https://api.mch.weixin.qq.com${path}`;
const params = { hashType: 'SHA1', hashValue: 'a9993e364706816aba3e25717850c26c9cd0d89d' };

function refused(call, field, message) {
  return assert.rejects(call, { name: 'ValidationError', code: 'ERR_PARAM', field, message });
}

test('hosts that are not WeChat Pay’s', async () => {
  for (const wrong of [
    'https://evil.example/v3/billdownload/file?token=x',
    'https://api.mch.weixin.qq.com.evil.example/v3/x',
    'https://api.mch.weixin.qq.com@evil.example/v3/x',
    'https://evil.example\\@api.mch.weixin.qq.com/v3/x',
    'https://evil.example/\\api.mch.weixin.qq.com/v3/x',
    'https://api.mch.weixin.qq.com:444/v3/x',
    'http://api.mch.weixin.qq.com/v3/x',
    'http://127.0.0.1/v3/x',
    'http://localhost:8080/v3/x',
    'javascript:alert(1)',
    'file:///etc/passwd',
    path,
    '',
    ' ',
  ]) {
    await refused(
      wxpay.download(wrong, params),
      'downloadUrl',
      /requests to other hosts are never signed/,
    );
  }
  for (const wrong of [undefined, null, 7, new URL(url)]) {
    await refused(wxpay.download(wrong, params), 'downloadUrl', /must be a string/);
  }
  assert.deepEqual(sent, []);
});

test('paths that URL parsing would change', async () => {
  const host = 'https://api.mch.weixin.qq.com';
  for (const wrong of [`${host}/v3/../x`, `${host}/v3/x#y`, `${host}/v3/a b`, `${host}/v3/x?'`]) {
    await refused(wxpay.download(wrong, params), 'downloadUrl', /segment|percent-encode/);
  }
  await refused(wxpay.download(`${host}/v3/x?`, params), 'downloadUrl', /question mark/);
  assert.deepEqual(sent, []);
});

test('invalid hashes', async () => {
  for (const hashType of ['MD5', 'sha1', 'SHA-1', '']) {
    await refused(wxpay.download(url, { ...params, hashType }), 'hashType', /SHA1 or SHA256/);
  }
  for (const hashValue of [
    '',
    'a9993e',
    `${params.hashValue}00`,
    `g${params.hashValue.slice(1)}`,
  ]) {
    await refused(wxpay.download(url, { ...params, hashValue }), 'hashValue', /40 hexadecimal/);
  }
  await refused(wxpay.download(url, { ...params, hashType: 'SHA256' }), 'hashValue', /64 hexadec/);
  await refused(wxpay.download(url, { hashType: 'SHA1' }), 'hashValue', /is missing/);
  await refused(wxpay.download(url), 'params', /must be an object/);
});

test('invalid options', async () => {
  await refused(wxpay.download(url, { ...params, gzip: 'yes' }), 'gzip', /true or false/);
  await refused(wxpay.download(url, { ...params, maxBytes: 0 }), 'maxBytes', /whole number/);
  await refused(wxpay.download(url, { ...params, hash_type: 'SHA1' }), 'hash_type', /hashType/);
  await refused(wxpay.download(url, params, { time: 1 }), 'options.time', /known/);
  assert.deepEqual(sent, []);
});

test('WeChat Pay’s hosts, as WeChat Pay writes them', async () => {
  const old = ['api', 'api2', 'apihk'].map((name) => `${name}.mch.weixin.qq.com`);
  for (const host of [...old, 'api.wechatpay.cn', 'api2.wechatpay.cn']) {
    const requested = `https://${host}${path}`;
    assert.equal((await wxpay.downloadBytes(requested, params)).length, 3);
    assert.equal(sent.at(-1), requested);
  }
  await wxpay.downloadBytes(`HTTPS://API.MCH.weixin.qq.com:443${path}`, params);
  assert.equal(sent.at(-1), url);
});

test("with a proxy as the base URL, WeChat Pay's URLs are requested from the proxy", async () => {
  const proxied = new Wechatpay({ ...options, baseUrl: 'https://proxy.example' });
  await proxied.downloadBytes(url, params);
  assert.equal(sent.at(-1), `https://proxy.example${path}`);
  await proxied.downloadBytes(`https://proxy.example${path}`, params);
  assert.equal(sent.at(-1), `https://proxy.example${path}`);
  await refused(proxied.download('https://other.example/v3/x', params), 'downloadUrl', /must be/);
});
