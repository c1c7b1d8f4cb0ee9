// What console.log and JSON.stringify show of a client, through the packed tarball.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';

import { Wechatpay } from 'wechatpay-wasm';
import { createSandbox } from 'wechatpay-wasm/sandbox';
import { environmentOf } from '../environment-of.mjs';
import { merchant, publicKeyId } from '../merchant.mjs';

const { mchid, serial } = merchant;
const apiv3Key = 'SECRETSECRETSECRETSECRETSECRET32';
const wanted = `Wechatpay {
  mchid: '${mchid}',
  serial: '${serial}',
  baseUrl: 'https://api.mch.weixin.qq.com',
  certs: [ '${publicKeyId}' ]
}`;

test('a client shows its merchant, its base URL and the ids of its keys, and nothing else', () => {
  const wxpay = new Wechatpay({ ...merchant, apiv3Key });
  assert.equal(inspect(wxpay), wanted);
  assert.equal(inspect(Wechatpay.fromEnv(environmentOf({ ...merchant, apiv3Key }))), wanted);
  const all = inspect(wxpay, { depth: Infinity, showHidden: true, getters: true });
  assert.doesNotMatch(all, /SECRET|PRIVATE|privateKey/);
  assert.equal(inspect({ a: { b: { c: { wxpay } } } }, { depth: 1 }), '{ a: { b: [Object] } }');
  assert.match(inspect({ wxpay }, { depth: 0 }), /\[Wechatpay\]/);
  assert.match(inspect([wxpay]), /mchid: '1900007291'/);
});

test('JSON.stringify shows nothing of it', () => {
  assert.equal(JSON.stringify(new Wechatpay({ ...merchant, apiv3Key })), '{}');
});

test('the ids are those of now', async (t) => {
  const sandbox = await createSandbox({ merchant: 'certificates' });
  t.after(() => sandbox.close());
  const wxpay = new Wechatpay({ ...sandbox.options, certs: 'auto' });
  assert.match(inspect(wxpay), /certs: \[\]/);
  const [{ serialNo }] = await wxpay.certificates();
  assert.match(inspect(wxpay), new RegExp(`certs: \\[ '${serialNo}' \\]`));
});

test('looking never throws', () => {
  const wxpay = new Wechatpay(merchant);
  wxpay.free();
  class Own extends Wechatpay {}
  for (const odd of [wxpay, Object.create(Wechatpay.prototype)]) {
    assert.equal(inspect(odd), 'Wechatpay {}');
  }
  assert.match(inspect(new Own(merchant)), /mchid/);
  const { [Symbol.for('nodejs.util.inspect.custom')]: custom } = Wechatpay.prototype;
  assert.equal(custom.call(undefined, 2, {}), 'Wechatpay {}');
  assert.match(custom.call(new Wechatpay(merchant), 2, {}), /^Wechatpay \{"mchid":/);
});
