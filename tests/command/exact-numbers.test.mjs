// JSON that arrived is printed with its own digits, and what `get -i` prints can be verified.
import assert from 'node:assert/strict';
import { createCipheriv, createSign } from 'node:crypto';
import { describe, test } from 'node:test';

import { ExactJson, indented } from '../../pkg-template/cli/exact-json.mjs';
import { key, publicKeyId } from '../merchant.mjs';
import { sandboxAndMerchant } from './merchant-of.mjs';

const LARGE = '9007199254740993';

describe('numbers that JavaScript cannot hold', { timeout: 300_000 }, async () => {
  const { sandbox, merchant } = await sandboxAndMerchant();

  test('are indented as they are', () => {
    const values = [{}, [], { a: [] }, [1, { b: 'x: {,}"\\', c: [null, true] }], 'text', 1.5];
    for (const value of values) {
      const text = JSON.stringify(value);
      assert.equal(indented(new ExactJson(text)), JSON.stringify(value, undefined, 2));
      assert.equal(indented(value), JSON.stringify(value, undefined, 2));
      const both = { of: value, left: undefined };
      assert.equal(indented({ of: new ExactJson(text), left: undefined }), indented(both));
      assert.equal(indented(both), JSON.stringify(both, undefined, 2));
    }
    assert.equal(indented(new ExactJson(`[${LARGE},1.10]`)), `[\n  ${LARGE},\n  1.10\n]`);
  });

  test('get --include: exact, with the body that verify reads', async () => {
    const path = '/v3/some/path';
    sandbox.respond('GET', path, { status: 200, body: { a: 1, b: ['张三'] } });
    const done = await merchant.run(['get', path, '-i']);
    assert.equal(done.code, 0, done.stderr);
    const { data, body, status } = JSON.parse(done.stdout);
    assert.deepEqual([status, JSON.parse(body), data], [200, data, { a: 1, b: ['张三'] }]);
    const file = merchant.file('response.json', done.stdout);
    const verified = await merchant.run(['verify', `@${file}`]);
    assert.equal(verified.code, 0, verified.stderr);
    // Without its body it is no whole response: nothing is said of its signature.
    const { body: _, ...rest } = JSON.parse(done.stdout);
    const cut = await merchant.run(['verify', JSON.stringify(rest)]);
    assert.deepEqual([cut.code, cut.stdout], [2, '']);
    assert.match(cut.stderr, /^The message has no body, and a signature covers it/);
    const head = await merchant.run(['verify', 'POST /v3/a HTTP/1.1\nAuthorization: x']);
    assert.deepEqual([head.code, head.stdout], [2, '']);
  });

  test('a notification and its resource: verify and decrypt', async () => {
    const apiv3Key = '0'.repeat(32);
    const [nonce, associated] = ['0123456789ab', 'transaction'];
    const cipher = createCipheriv('aes-256-gcm', apiv3Key, nonce).setAAD(Buffer.from(associated));
    const resource = [cipher.update(`{"a":${LARGE}}`), cipher.final(), cipher.getAuthTag()];
    const body = JSON.stringify({
      id: 'EV-1',
      create_time: '2026-01-01T00:00:00+08:00',
      resource_type: 'encrypt-resource',
      event_type: 'TRANSACTION.SUCCESS',
      summary: '支付成功',
      resource: {
        algorithm: 'AEAD_AES_256_GCM',
        ciphertext: Buffer.concat(resource).toString('base64'),
        ...{ associated_data: associated, nonce, original_type: 'transaction' },
      },
    });
    const timestamp = String(Math.floor(Date.now() / 1000));
    const signature = createSign('RSA-SHA256')
      .update(`${timestamp}\n${nonce}\n${body}\n`)
      .sign(key('wechatpay.pkcs8.pem'), 'base64');
    const signed = { serial: publicKeyId, timestamp, nonce, signature };
    const headers = Object.entries(signed).map(([name, value]) => [`Wechatpay-${name}`, value]);
    const file = merchant.file('notification.json', JSON.stringify({ headers, body }));
    const env = {
      WECHATPAY_APIV3_KEY: apiv3Key,
      WECHATPAY_PUBLIC_KEY_ID: publicKeyId,
      WECHATPAY_PUBLIC_KEY: key('wechatpay.spki.pem'),
    };
    for (const command of ['verify', 'decrypt']) {
      const { code, stdout, stderr } = await merchant.run([command, `@${file}`], { env });
      assert.equal(code, 0, stderr);
      assert.ok(stdout.includes(`"a": ${LARGE}`), stdout);
    }
    const { resource: one } = JSON.parse(body);
    const list = await merchant.run(['decrypt', JSON.stringify([one, one])], { env });
    assert.equal(list.stdout.split(`"a": ${LARGE}`).length, 3);
  });
});
