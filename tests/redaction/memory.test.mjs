// What a freed client leaves of its key in the Wasm's memory: nothing.
import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { result, signedHeaders, withServer } from '../faults/responding-server.mjs';
import { needlesOf } from './needles.mjs';
import { memoryNow, Wechatpay } from './opened-package.mjs';

const { notification } = await import('../notifications/encrypted-notification.mjs');

const params = { appid: 'wxd678efh567h23787', outContractCode: 'APPLYMENT_00000000001' };
const apiv3Key = 'SECRETSECRETSECRETSECRETSECRET32';

// The second and third of its AES round keys, as aes 0.9 stores them. The stack once kept them.
// tests/protocol/round_keys.rs shows that a cipher contains them.
const roundKeys = readFileSync(new URL('round-keys.hex', import.meta.url), 'utf8')
  .trim()
  .split('\n');

const count = (needles) => {
  const haystack = memoryNow();
  return needles.filter((needle) => haystack.includes(needle)).length;
};

test('a freed client leaves nothing of its key', () =>
  withServer(
    (_, response) => response.writeHead(200, signedHeaders(result)).end(result),
    async ({ options }) => {
      const roundKeyBytes = roundKeys.map((line) => Buffer.from(line, 'hex'));
      const needles = [...needlesOf(options.privateKey, apiv3Key), ...roundKeyBytes];
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

      if (process.getBuiltinModule) {
        // Nor does a key that the host has ever enter it.
        const { privateKey, ...rest } = options;
        const hosted = new Wechatpay({ ...rest, privateKey: createPrivateKey(privateKey) });
        await hosted.preEntrustSignApp(params);
        assert.equal(count(needlesOf(privateKey, apiv3Key)), 0);
        hosted.free();
      }

      for (const wrong of [{ certs: {} }, { baseUrl: 'x' }, { mchid: 'x' }, { apiv3Key: 'x' }]) {
        assert.throws(() => new Wechatpay({ ...options, apiv3Key, ...wrong }));
        assert.equal(count(needles), 0, Object.keys(wrong).join());
      }
    },
  ));
