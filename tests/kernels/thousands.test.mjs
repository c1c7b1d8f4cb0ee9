// Thousands of keys in each published kernel, compared with node:crypto, which is OpenSSL. Some of
// them are also compared with the `openssl` command, if it is installed. The keys are all pairs of
// a few primes.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { of2048 } from './kinds-of-keys.mjs';
import { newKey } from './new-key.mjs';
import { keyOf, toBigInt } from './numbers.mjs';
import { signed } from './signed.mjs';

const PRIMES = 64;
const E = 65537n;

const primes = [];
while (primes.length < PRIMES) {
  const { p, q } = newKey().export({ format: 'jwk' });
  primes.push(toBigInt(p), toBigInt(q));
}

// Every pair, with the larger index first or second in turn.
const keys = primes.flatMap((p, at) =>
  primes.slice(0, at).map((q, i) => ({
    name: `${at} and ${i}`,
    privateKey: (at + i) % 2 ? keyOf(p, q, E) : keyOf(q, p, E),
  })),
);

test(`${keys.length} keys in every kernel`, async () => {
  const kernels = ['as found', 'simd128'];
  const all = await Promise.all(kernels.map((kernel) => signed(kernel, keys, 1)));
  for (const [at, results] of all.entries()) {
    assert.equal(results.length, (PRIMES * (PRIMES - 1)) / 2);
    // One signature of each key, by the requested kernel.
    const calls = at === 0 && all[0][0].calls > 0 ? 1 : 0;
    for (const { name, equal, calls: made } of results)
      assert.deepEqual([equal, made], [1, calls], name);
  }
});

test('hundreds of signatures by each kind of key in every kernel', async () => {
  const each = 400;
  for (const kernel of ['as found', 'simd128'])
    for (const { name, equal } of await signed(kernel, of2048, each))
      assert.equal(equal, each, name);
});

const openssl = spawnSync('openssl', ['version']).status === 0;

test('some keys, against the command', { skip: !openssl && 'there is no openssl' }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kernels-'));
  const file = join(folder, 'key.pem');
  try {
    const some = keys.filter((_, at) => at % 40 === 0);
    for (const kernel of ['as found', 'simd128']) {
      const results = await signed(kernel, some, 1);
      for (const [at, { name, last }] of results.entries()) {
        writeFileSync(file, some[at].privateKey.export({ format: 'pem', type: 'pkcs1' }));
        const args = ['dgst', '-sha256', '-sign', file];
        const bytes = execFileSync('openssl', args, { input: last.message });
        assert.equal(bytes.toString('base64'), last.signature, name);
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
