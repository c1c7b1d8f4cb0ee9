// Bills, requested by hand: a signed response with a hash and a URL, then the file, which is not
// signed.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';

import { createSandbox } from 'wechatpay-wasm/sandbox';

import { assertRefused, assertSigned, send } from './signed-request.mjs';

let now = Date.now();
const sandbox = await createSandbox({ clock: () => now });
const ask = (query) => send(sandbox, { method: 'GET', path: `/v3/bill/tradebill?${query}` });
const pathOf = (response) => response.json.download_url.slice(sandbox.url.length);
const get = (path) =>
  send(sandbox, {
    method: 'GET',
    path,
    fields: { timestamp: String(Math.floor(now / 1000)) },
  });

test('the hash is that of the file before it is compressed', async () => {
  const plain = await ask('bill_date=2026-11-22&bill_type=ALL');
  const packed = await ask('bill_date=2026-11-22&tar_type=GZIP');
  for (const response of [plain, packed]) {
    assert.equal(response.status, 200);
    assertSigned(response, sandbox);
    assert.deepEqual(Object.keys(response.json), ['hash_type', 'hash_value', 'download_url']);
    assert.equal(response.json.hash_type, 'SHA1');
  }
  const file = await get(pathOf(plain));
  assert.equal(file.status, 200);
  assert.equal(file.headers['wechatpay-signature'], undefined);
  assert.equal(createHash('sha1').update(file.raw).digest('hex'), plain.json.hash_value);
  assert.equal(plain.json.hash_value, packed.json.hash_value);
  assert.deepEqual(gunzipSync((await get(pathOf(packed))).raw), file.raw);
});

test('the bill of a sub-merchant', async () => {
  const response = await ask('bill_date=2026-11-22&sub_mchid=1900000109');
  assert.equal(response.status, 200);
});

test('wrong queries', async () => {
  const refused = async (query, field, issue, value) => {
    assertRefused(await ask(query), sandbox, {
      status: 400,
      code: 'PARAM_ERROR',
      message: '参数错误',
      detail: { field, value, issue, location: 'query' },
    });
  };
  await refused('', 'bill_date', 'is required', '');
  await refused('bill_date=1&bill_date=2', 'bill_date', 'is there twice', '2');
  await refused('bill_date=2026-11-22&tar_type=ZIP', 'tar_type', 'is not GZIP', 'ZIP');
  const response = await ask('bill_date=20261122');
  assert.equal(response.json.code, 'INVALID_REQUEST');
});

test('a URL that was changed, and one that is too old', async () => {
  const path = pathOf(await ask('bill_date=2026-11-22'));
  assert.equal((await get(`${path}x`)).status, 400);
  assert.equal((await get('/v3/billdownload/file?token=x')).status, 400);
  const began = now;
  now += 300_000;
  assert.equal((await get(path)).status, 200);
  now += 1_000;
  const late = await get(path);
  assert.equal(late.status, 400);
  assert.match(sandbox.requests.at(-1).result.reason, /older than 5 min/);
  now = began;
});

test('a fault changes the file, too', async () => {
  const response = await ask('bill_date=2026-11-22');
  sandbox.faults = { tamper: true, times: 1 };
  const file = await get(pathOf(response));
  assert.notEqual(createHash('sha1').update(file.raw).digest('hex'), response.json.hash_value);
});

// Not in a hook: Node 20.0 runs no hook outside a suite.
test('the sandbox closes', () => sandbox.close());
