// What a freed client leaves of its key in the Wasm's memory: nothing.
import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { result, signedHeaders, withServer } from '../faults/responding-server.mjs';
import { memoryNow, Wechatpay } from './opened-package.mjs';

const { notification } = await import('../notifications/encrypted-notification.mjs');

const params = { appid: 'wxd678efh567h23787', outContractCode: 'APPLYMENT_00000000001' };
const apiv3Key = 'SECRETSECRETSECRETSECRETSECRET32';

// The second and third of its AES round keys, as aes 0.9 stores them. The stack once kept them.
// tests/round_keys.rs shows that a cipher contains them.
const roundKeys = readFileSync(new URL('round-keys.hex', import.meta.url), 'utf8')
  .trim()
  .split('\n');

/** Parts of every secret number of the key, in both byte orders, and of its PEM. */
function needlesOf(pem) {
  const { p, q, d, dp, dq, qi } = createPrivateKey(pem).export({ format: 'jwk' });
  const needles = [Buffer.from(apiv3Key), ...roundKeys.map((line) => Buffer.from(line, 'hex'))];
  for (const number of [p, q, d, dp, dq, qi]) {
    const bytes = Buffer.from(number, 'base64url');
    for (let at = 0; at + 16 <= bytes.length; at += 16) {
      const part = bytes.subarray(at, at + 16);
      needles.push(part, Buffer.from(part).reverse());
    }
  }
  const lines = pem.split('\n').filter((line) => line.length === 64);
  return needles.concat(lines.map((line) => Buffer.from(line)));
}

const count = (needles) => {
  const haystack = memoryNow();
  return needles.filter((needle) => haystack.includes(needle)).length;
};

test('a freed client leaves nothing of its key', () =>
  withServer(
    (_, response) => response.writeHead(200, signedHeaders(result)).end(result),
    async ({ options }) => {
      const needles = needlesOf(options.privateKey);
      const wxpay = new Wechatpay({ ...options, apiv3Key });
      await wxpay.preEntrustSignApp(params);
      assert.ok(count(needles) > 8, 'the search finds the key of an open client');
      for (let turn = 0; turn < 10; turn += 1) await wxpay.preEntrustSignApp(params);
      // A decrypted text is for the caller only, and is wiped once the caller has it.
      const secret = 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o';
      const { resource } = await wxpay.notification(notification({ resource: { secret } }));
      assert.equal(resource.secret, secret);
      assert.equal(count([Buffer.from(secret)]), 0);
      wxpay.free();
      assert.equal(count(needles), 0);

      for (const wrong of [{ certs: {} }, { baseUrl: 'x' }, { mchid: 'x' }, { apiv3Key: 'x' }]) {
        assert.throws(() => new Wechatpay({ ...options, apiv3Key, ...wrong }));
        assert.equal(count(needles), 0, Object.keys(wrong).join());
      }
    },
  ));
