// `verify` of a merchant's request: what WeChat Pay refuses is not valid, whatever its signature.
import assert from 'node:assert/strict';
import { createSign } from 'node:crypto';
import { describe, test } from 'node:test';

import { sandboxAndMerchant } from './merchant-of.mjs';

const NONCE = '593BEC0C930BF1AFEB40B4A08C8FB242';
const DAY = 86_400;
const now = Math.floor(Date.now() / 1000);

describe('verify of a request', { timeout: 300_000 }, async () => {
  const { sandbox, merchant } = await sandboxAndMerchant({ baseUrl: 'http://127.0.0.1:9' });

  function request({ timestamp = now, signed = (text) => text, ...fields } = {}) {
    const message = `GET\n/v3/a?b=1\n${timestamp}\n${NONCE}\n\n`;
    const signature = createSign('RSA-SHA256')
      .update(signed(message))
      .sign(sandbox.options.privateKey, 'base64');
    const { mchid, serial } = sandbox.options;
    const all = { mchid, nonce_str: NONCE, signature, timestamp, serial_no: serial, ...fields };
    const written = Object.entries(all).map(([name, value]) => `${name}="${value}"`);
    const authorization = `WECHATPAY2-SHA256-RSA2048 ${written.join(',')}`;
    return JSON.stringify({ method: 'GET', url: '/v3/a?b=1', headers: { authorization } });
  }

  async function verify(given, code, { args = [], env = {} } = {}) {
    const done = await merchant.run(['verify', given, ...args], { env });
    assert.equal(done.code, code, done.stderr);
    return { ...JSON.parse(done.stdout), stderr: done.stderr };
  }

  test('is valid with the right fields, its serial number in either case', async () => {
    const { verified, note } = await verify(request(), 0);
    assert.deepEqual([verified, note], [true, undefined]);
    await verify(request({ serial_no: sandbox.options.serial.toLowerCase() }), 0);
  });

  for (const [name, fields, mistake] of [
    ['the number of another merchant', { mchid: '1900007299' }, /^mchid is not \d+$/],
    ['another serial number', { serial_no: 'A'.repeat(40) }, /^serial_no is not [\dA-F]+, the/],
    ['a time in milliseconds', { timestamp: `${now}.5` }, /^timestamp is not in decimal seconds/],
  ]) {
    test(`is refused with ${name}, although it is signed`, async () => {
      const result = await verify(request(fields), 1);
      assert.equal(result.verified, false);
      assert.match(result.mistake, mistake);
      assert.match(result.stderr, /^WeChat Pay refuses the request: /);
      assert.doesNotMatch(result.stderr, /another key/);
    });
  }

  test('the serial number is that of the certificate, or the one that was set', async () => {
    const env = { WECHATPAY_CERT: '' };
    const other = request({ serial_no: 'A'.repeat(40) });
    assert.match((await verify(other, 1, { env })).mistake, /^serial_no is not/);
    const none = { WECHATPAY_CERT: '', WECHATPAY_SERIAL: '', WECHATPAY_MCHID: '' };
    // With nothing to compare it with, the signature alone counts.
    await verify(other, 0, { env: none });
  });

  test('two mistakes are both told', async () => {
    const signed = (text) => text.replace('?b=1', '');
    const { mistake, parts } = await verify(request({ mchid: '1900007299', signed }), 1);
    assert.match(mistake, /^mchid is not \d+; it signs the string without its query$/);
    assert.equal(parts.of, 'URL');
  });

  test('an old one, or one of the future, is valid, with a note', async () => {
    const old = await verify(request({ timestamp: now - 9 * DAY }), 0);
    assert.equal(old.verified, true);
    assert.match(old.note, /^It is 7776\d\d s old\. .* refuses it\.$/);
    assert.ok(old.stderr.includes(old.note));
    const early = await verify(request({ timestamp: now + DAY }), 0);
    assert.match(early.note, /^Its time is 86\d{3} s ahead of this machine’s/);
  });

  test('speaks Chinese to a Chinese reader', async () => {
    const args = ['--lang', 'zh-CN'];
    const signed = (text) => text.replace('?b=1', '');
    const { mistake, stderr } = await verify(request({ signed }), 1, { args });
    assert.equal(mistake, '待签名串缺少查询参数');
    assert.match(stderr, /^签名未通过验证：待签名串缺少查询参数。$/m);
    const other = await verify(request({ mchid: '1900007299' }), 1, { args });
    assert.match(other.stderr, /^微信支付会拒绝该请求：mchid 不是 \d+。$/m);
    const bare = request().replace(/WECHATPAY2-SHA256-RSA2048 /, '');
    assert.match((await verify(bare, 1, { args })).mistake, /^Authorization 的认证类型不是/);
  });
});
