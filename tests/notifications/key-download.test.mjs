// Notifications while the certificates are being downloaded: what they hold is bounded, and a download that
// failed is what the error names.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { notificationResponse, Wechatpay } from 'wechatpay-wasm';

import { merchant } from '../merchant.mjs';
import { apiv3Key, notification } from './encrypted-notification.mjs';

const auto = (options) => new Wechatpay({ ...merchant, certs: 'auto', apiv3Key, ...options });
const { headers } = notification();
const unknown = { ...headers, 'Wechatpay-Serial': 'AB'.repeat(20) };

test('bodies that are there already count as well', async () => {
  for (const body of [new Uint8Array(2 ** 20), 'x'.repeat(2 ** 20)]) {
    const wxpay = auto({ fetch: () => new Promise(() => {}), timeout: 100, deadline: 500 });
    const codes = {};
    const all = Array.from({ length: 100 }, () =>
      wxpay.notification({ headers: unknown, body }).catch(({ code }) => {
        codes[code] = (codes[code] ?? 0) + 1;
      }),
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
    // 64 MiB of 100.
    assert.deepEqual(codes, { ERR_TOO_MANY_NOTIFICATIONS: 36 });
    await Promise.all(all);
  }
});

test('a download that fails is named, and is tried again soon', async () => {
  let downloads = 0;
  let now = Date.now();
  const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), {
    code: 'ECONNREFUSED',
  });
  const fetch = async () => {
    downloads += 1;
    throw refused;
  };
  const wxpay = auto({ fetch, maxRetries: 0, clock: () => now });
  const receive = () =>
    wxpay.notification({ headers: unknown, body: '{}' }).catch((error) => error);
  for (const expected of [1, 1]) {
    const error = await receive();
    assert.equal(error.name, 'ConfigError', String(error));
    assert.equal(error.option, 'certs');
    assert.equal(error.cause.reason, 'ECONNREFUSED');
    assert.equal(notificationResponse(error).status, 500);
    assert.equal(downloads, expected);
  }
  now += 5_000;
  await receive();
  assert.equal(downloads, 2);
  // No download brings a public key.
  now += 5_000;
  const { code } = await wxpay.notification({ headers, body: '{}' }).catch((error) => error);
  assert.deepEqual([code, downloads], ['ERR_SERIAL_UNKNOWN', 2]);
});
