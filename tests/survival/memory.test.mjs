// The Wasm's memory stays small, whatever is under way: bodies and files are collected in JavaScript.
//
// WECHATPAY_WIDE=1 has more under way.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const MIB = 2 ** 20;

// A thousand notifications have 64 MiB together at most; one may have 1 MiB.
const [uploads, notifications, resourceLength, uploadBytes, downloadBytes] =
  process.env.WECHATPAY_WIDE === '1'
    ? [200, 1_000, 40_000, 60 * MIB, 100 * MIB]
    : [20, 30, 650_000, 6 * MIB, 10 * MIB];

test(`${uploads} uploads, ${notifications} notifications, large files`, async (t) => {
  const child = spawn(process.execPath, [fileURLToPath(new URL('load.mjs', import.meta.url))], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(
    JSON.stringify({ uploads, notifications, resourceLength, uploadBytes, downloadBytes }),
  );
  const { wasm, instances, faults } = JSON.parse(await text(child.stdout));
  t.diagnostic(`${(wasm / MIB).toFixed(2)} MiB`);
  assert.deepEqual({ instances, faults }, { instances: 1, faults: [] });
  assert.ok(wasm <= 4 * MIB, `${wasm} bytes`);
});
