// Cases that random numbers never reach: the second module, as published, with operands at the ends
// of their ranges; and keys whose primes are next to these ends, in every kernel.
import assert from 'node:assert/strict';
import { checkPrimeSync } from 'node:crypto';
import { test } from 'node:test';

import { edgeModuli } from './edge-moduli.mjs';
import { keyOf } from './numbers.mjs';
import { kernelProcess, signed } from './signed.mjs';

const E = 65537n;

test("the second module agrees with BigInt at the ends of its operands' ranges", async (t) => {
  const { fuses, powers, publicPowers } = await kernelProcess('edges.mjs', '');
  if (!fuses) return t.skip('no fused multiply-add here');
  assert.deepEqual(powers, { computed: 120, right: 120 });
  assert.deepEqual(publicPowers, { computed: 96, right: 96 });
});

/**
 * The first prime at or next to an edge, towards the middle of the range, that is usable in a key.
 */
function primeAt(edge) {
  const step = edge >> 1023n === 1n && edge >> 1022n === 3n ? -2n : 2n;
  let prime = edge;
  while ((prime - 1n) % E === 0n || !checkPrimeSync(prime)) prime += step;
  return prime;
}

test('keys of primes at the edges sign and verify in every kernel', async () => {
  const primes = [...new Set(edgeModuli(1024n).map(primeAt))];
  const keys = primes.flatMap((p, at) =>
    primes
      .slice(0, at)
      .filter((q) => (p * q) >> 2047n === 1n)
      .map((q, i) => ({ name: `${at} and ${i}`, privateKey: keyOf(p, q, E) })),
  );
  assert.ok(keys.length > 12, `${keys.length} keys`);
  for (const kernel of ['as found', 'simd128']) {
    for (const { name, equal } of await signed(kernel, keys, 4)) assert.equal(equal, 4, name);
  }
});
