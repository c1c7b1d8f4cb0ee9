// Each kernel against node:crypto, through the packed tarball: signatures of PKCS #1 v1.5 are of one
// value only, so they are compared byte for byte.
import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

import { committed, of2048 } from './kinds-of-keys.mjs';
import { signed } from './signed.mjs';

const SIGNATURES = 100;

const longer = ['rsa3072.pem', 'rsa4096.pem'].map((name) => ({
  name,
  privateKey: createPrivateKey(committed(name)),
}));

// Whether this processor and this Node fuse: that is what the probe is asked for.
const [{ calls: fuses }] = await signed('as found', of2048.slice(0, 1), 1);

test('a processor that has the instruction is found to fuse', () => {
  const flags = existsSync('/proc/cpuinfo') ? readFileSync('/proc/cpuinfo', 'utf8') : '';
  if (/^flags\s*:.* fma /m.test(flags)) assert.ok(fuses > 0);
});

test('fused multiply-add', { skip: fuses === 0 && 'nothing is fused here' }, async () => {
  for (const { name, equal, calls, left } of await signed('as found', of2048, SIGNATURES)) {
    assert.equal(equal, SIGNATURES, name);
    // A few pointers on the stack, which is not wiped up to its end; no number of a key is as short.
    assert.ok(left < 32, `${name}: ${left} bytes are left in the kernel's memory`);
    // One more tries the key.
    assert.equal(calls, SIGNATURES + 1, name);
  }
});

test('simd128, where the probe says that nothing is fused', async () => {
  for (const { name, equal, calls } of await signed('simd128', of2048, SIGNATURES)) {
    assert.deepEqual([equal, calls], [SIGNATURES, 0], name);
  }
});

test('longer keys, one prime after the other', async () => {
  for (const { name, equal, calls } of await signed('as found', longer, 20)) {
    assert.deepEqual([equal, calls], [20, 0], name);
  }
});

test('a kernel that miscounts is given up for good, and what leaves is right', async () => {
  for (const { name, equal, calls } of await signed('miscounting', of2048.slice(0, 2), 20)) {
    assert.equal(equal, 20, name);
    assert.equal(calls, 2, name);
  }
});

test('a kernel that throws is given up for good, and nothing of a key is left in it', async () => {
  const results = await signed('throwing', of2048.slice(0, 2), 20);
  // The first key's; the second client is given a kernel of its own.
  assert.deepEqual(
    results.map(({ equal, calls, left }) => ({ equal, calls, left })),
    results.map(() => ({ equal: 20, calls: 1, left: 0 })),
  );
});

test('answers are verified in every kernel, whatever it says', async () => {
  const some = [of2048[0], longer[0]];
  for (const kernel of ['as found', 'simd128', 'miscounting', 'throwing']) {
    for (const { name, right, wrong } of await signed(kernel, some, 1, { answers: true })) {
      assert.deepEqual([right, wrong], [10, 10], `${kernel}: ${name}`);
    }
  }
});

test('a check and a verification ask the kernel once', async () => {
  const kernels = { 'as found': fuses === 0 ? 0 : 1, simd128: 0, miscounting: 1, throwing: 0 };
  for (const [kernel, each] of Object.entries(kernels)) {
    const [{ checks, verifying }] = await signed(kernel, of2048.slice(0, 1), 4, {
      answers: true,
    });
    // Five signatures of which one tries the key; one is made again here, if the kernel miscounts. Ten
    // answers that are right, and ten that are not, of which each signs one request more.
    const again = kernel === 'miscounting' ? 1 : 0;
    assert.deepEqual([checks, verifying], [(5 + again) * each, 40 * each], kernel);
  }
});
