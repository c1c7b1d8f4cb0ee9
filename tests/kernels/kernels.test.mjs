// Compares each kernel with node:crypto, through the packed tarball. An RSASSA-PKCS1-v1_5 signature
// has exactly one value, so that the signatures are compared byte for byte.
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

// The number of fused calls: 0 if this processor or this Node does not fuse. The probe decides
// that.
const [{ calls: fuses }] = await signed('as found', of2048.slice(0, 1), 1);

test('the probe detects a processor that has the instruction', () => {
  const flags = existsSync('/proc/cpuinfo') ? readFileSync('/proc/cpuinfo', 'utf8') : '';
  if (/^flags\s*:.* fma /m.test(flags)) assert.ok(fuses > 0);
});

test('fused multiply-add', { skip: fuses === 0 && 'no fused multiply-add here' }, async () => {
  for (const { name, equal, calls, left } of await signed('as found', of2048, SIGNATURES)) {
    assert.equal(equal, SIGNATURES, name);
    // A few pointers remain on the stack, whose end is not wiped. No number of a key is as short.
    assert.ok(left < 32, `${name}: ${left} bytes are left in the kernel's memory`);
    // One more call checks the key.
    assert.equal(calls, SIGNATURES, name);
  }
});

test('simd128, where the probe finds nothing fused', async () => {
  for (const { name, equal, calls } of await signed('simd128', of2048, SIGNATURES)) {
    assert.deepEqual([equal, calls], [SIGNATURES, 0], name);
  }
});

test('longer keys, one prime after the other', async () => {
  for (const { name, equal, calls } of await signed('as found', longer, 20)) {
    assert.deepEqual([equal, calls], [20, 0], name);
  }
});

test('a kernel with wrong results is not used again, and every signature is right', async () => {
  for (const { name, equal, calls } of await signed('miscounting', of2048.slice(0, 2), 20)) {
    assert.equal(equal, 20, name);
    assert.equal(calls, 1, name);
  }
});

test('a kernel that throws is not used again, and nothing of a key stays in it', async () => {
  const results = await signed('throwing', of2048.slice(0, 2), 20);
  // One call, with the first key. The second client gets a kernel of its own.
  assert.deepEqual(
    results.map(({ equal, calls, left }) => ({ equal, calls, left })),
    results.map(() => ({ equal: 20, calls: 1, left: 0 })),
  );
});

test('every kernel verifies responses correctly, even one with wrong results', async () => {
  const some = [of2048[0], longer[0]];
  for (const kernel of ['as found', 'simd128', 'miscounting', 'throwing']) {
    for (const { name, right, wrong } of await signed(kernel, some, 1, { responses: true })) {
      assert.deepEqual([right, wrong], [10, 10], `${kernel}: ${name}`);
    }
  }
});

test('a check and a verification call the kernel once each', async () => {
  const kernels = { 'as found': fuses === 0 ? 0 : 1, simd128: 0, miscounting: 1, throwing: 0 };
  for (const [kernel, each] of Object.entries(kernels)) {
    const [{ checks, verifying }] = await signed(kernel, of2048.slice(0, 1), 4, {
      responses: true,
    });
    // Four signatures are checked. If the kernel miscounts, one is made again. Then ten responses are
    // valid and ten are not, and each call signs one more request.
    const again = kernel === 'miscounting' ? 1 : 0;
    assert.deepEqual([checks, verifying], [(4 + again) * each, 40 * each], kernel);
  }
});
