// No error of an upload, a download or decrypt contains a file, its name, a bill's token, a
// decrypted or encrypted text, or an Authorization header.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';

import { Wechatpay } from 'wechatpay-wasm';

import { merchant } from '../merchant.mjs';

const authorizations = [];

// As axios does: the error carries the complete request.
const talkative = async (url, init) => {
  authorizations.push(init.headers.Authorization);
  throw Object.assign(new Error('failed'), { config: init, url });
};
const wrong = async (_, init) => {
  authorizations.push(init.headers.Authorization);
  return new Response(`SECRETFILE ${init.headers.Authorization}`);
};
const refusing = async (_, init) => {
  authorizations.push(init.headers.Authorization);
  const echoed = { code: 'NO_AUTH', message: init.headers.Authorization };
  return new Response(JSON.stringify(echoed), { status: 403 });
};

test('whatever goes wrong with a file, no secret is shown', async () => {
  const secrets = ['SECRETFILE', 'SECRETNAME', 'SECRETTOKEN', 'SECRETENCRYPTED'];
  const errors = [];
  const caught = async (call) => errors.push(await call.then(assert.fail, (error) => error));
  const url = 'https://api.mch.weixin.qq.com/v3/billdownload/file?token=SECRETTOKEN';
  const hash = { hashType: 'SHA1', hashValue: '0'.repeat(40) };
  const file = new TextEncoder().encode('SECRETFILE');
  const path = '/v3/merchant/media/upload';
  for (const fetch of [talkative, wrong, refusing]) {
    const wxpay = new Wechatpay({ ...merchant, fetch });
    await caught(wxpay.upload(path, { file, filename: 'SECRETNAME.jpg' }));
    await caught(wxpay.upload(path, { file, filename: 'SECRETNAME/a.jpg' }));
    await caught(wxpay.upload(path, { file: 'SECRETFILE', filename: 'a.jpg' }));
    await caught(wxpay.upload(path, { file, filename: 'SECRETNAME.jpg', maxBytes: 3 }));
    await caught(wxpay.downloadBytes(url, hash));
    await caught(wxpay.downloadBytes(url, { ...hash, gzip: true }));
    await caught(wxpay.downloadBytes(url, { ...hash, maxBytes: 3 }));
    await caught(wxpay.downloadBytes(url.replace('api.', 'evil.'), hash));
    await caught(wxpay.downloadBytes(`${url}#`, hash));
    await caught(wxpay.decrypt('SECRETENCRYPTED'));
    await caught(wxpay.decrypt('SECRETENCRYPTEDx'));
  }
  for (const authorization of authorizations) {
    secrets.push(authorization, /signature="([^"]{40})/.exec(authorization)[1]);
  }
  assert.ok(authorizations.length >= 9);
  for (const error of errors) {
    const shown = [
      inspect(error, { depth: Infinity, showHidden: true }),
      JSON.stringify(error),
      String(error.stack),
      inspect(error.cause, { depth: Infinity, showHidden: true }),
    ].join('\n');
    for (const secret of secrets) assert.ok(!shown.includes(secret), `${secret} in ${shown}`);
  }
});
