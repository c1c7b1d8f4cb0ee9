// Whatever goes wrong after a request that writes was sent, the error says that it may have been carried out.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Wechatpay } from 'wechatpay-wasm';

import { merchant } from '../merchant.mjs';
import { signedHeaders } from './responding-server.mjs';

const params = { appid: 'wxd678efh567h23787', outContractCode: 'APPLYMENT_1' };
const signed = (body) => new Response(body, { headers: signedHeaders(body) });
const gzip = { getReader: () => ({ read: async () => ({ done: false, value: 'text' }) }) };

for (const [code, respond] of Object.entries({
  ERR_NETWORK: () => Promise.reject(new TypeError('terminated')),
  ERR_TIMEOUT: () => new Promise(() => {}),
  ERR_REDIRECT: () => new Response(null, { status: 302, headers: { Location: '/' } }),
  ERR_RESPONSE_TOO_LARGE: () => new Response(new Uint8Array(2 ** 21)),
  'ERR_RESPONSE_INVALID, no Response': () => 'text',
  'ERR_RESPONSE_INVALID, no stream': () => ({ status: 200, headers: new Headers(), body: 7 }),
  'ERR_RESPONSE_INVALID, no bytes': () => ({ status: 200, headers: new Headers(), body: gzip }),
  'ERR_RESPONSE_INVALID, another form': () => signed('{"other":1}'),
  'ERR_RESPONSE_INVALID, no JSON': () => signed('<html>'),
  ERR_SIGNATURE_MISSING: () => new Response('{}'),
  ERR_SIGNATURE_INVALID: () => new Response('{} ', { headers: signedHeaders('{}') }),
})) {
  test(code, async () => {
    const wxpay = new Wechatpay({ ...merchant, fetch: async () => respond(), timeout: 50 });
    const error = await wxpay.preEntrustSignApp(params).catch((thrown) => thrown);
    assert.equal(error.code, code.split(',')[0], String(error));
    assert.match(error.message, /request may have been carried out: query its state before/);
  });
}
