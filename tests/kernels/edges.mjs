// Started by edges.test.mjs with relaxed SIMD. The second module computes with operands at the ends
// of their ranges, and BigInt checks the results.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import { edgeModuli } from './edge-moduli.mjs';
import { inverse, powerModulo } from './numbers.mjs';

const require = createRequire(import.meta.url);
const file = join(dirname(require.resolve('wechatpay-wasm')), 'wechatpay_fused.wasm');
const bytes = readFileSync(file);
const exports = WebAssembly.validate(bytes)
  ? new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports
  : undefined;

const words = (number, length) =>
  Array.from({ length }, (_, at) => Number((number >> BigInt(32 * at)) & 0xffff_ffffn));
const number = (words) => words.reduceRight((sum, word) => (sum << 32n) | BigInt(word), 0n);

/** The precomputed values of a modulus, for `digits` digits of `bits` bits each. */
function precomputed(m, bits, digits) {
  const B4 = 1n << (4n * bits);
  const R = 1n << (bits * digits);
  return { fold: inverse(B4, m), entry: (R * R) % m, minusInverse: B4 - inverse(m, B4) };
}

function run(place, compute, operands, results) {
  const memory = new Uint32Array(exports.memory.buffer, place());
  memory.set(operands);
  compute();
  const length = results.reduce((sum, length) => sum + length, 0);
  let at = operands.length;
  const all = new Uint32Array(exports.memory.buffer, place(), at + length);
  return results.map((length) => {
    at += length;
    return number([...all.slice(at - length, at)]);
  });
}

function twoPowers(primes, base, exponents) {
  const prime = (p) => {
    const { fold, entry, minusInverse } = precomputed(p, 47n, 22n);
    const upper = (entry << 1024n) % p;
    return [...[p, fold, entry, upper].flatMap((n) => words(n, 32)), ...words(minusInverse, 6)];
  };
  const operands = [
    ...primes.flatMap(prime),
    ...exponents.flatMap((exponent) => words(exponent, 32)),
    ...words(base, 64),
  ];
  return run(exports.operands, exports.powers, operands, [33, 33]);
}

function publicPower(m, base, exponent) {
  const { fold, entry, minusInverse } = precomputed(m, 46n, 46n);
  const operands = [
    ...[m, fold, entry].flatMap((n) => words(n, 64)),
    ...words(minusInverse, 6),
    ...words(exponent, 2),
    ...words(base, 64),
  ];
  return run(exports.public_operands, exports.public_power, operands, [65])[0];
}

function* twoPowersAtTheEdges() {
  const moduli = edgeModuli(1024n);
  const all = (1n << 1024n) - 1n;
  for (const [at, p] of moduli.entries()) {
    const q = moduli[(at + 1) % moduli.length];
    const n = p * q;
    const bases = [0n, 1n, 2n, p - 1n, p, n, n - 1n, (all << 1024n) | all, all << 1024n, all];
    const exponents = [0n, 1n, 31n, 32n, all / 31n, p - 2n, all];
    for (const [turn, base] of bases.entries()) {
      const pair = [exponents[turn % 7], exponents[(turn + 3) % 7]];
      const computed = twoPowers([p, q], base, pair);
      yield computed.every((power, lane) => power === powerModulo(base, pair[lane], [p, q][lane]));
    }
  }
}

function* publicPowersAtTheEdges() {
  const exponents = [3n, 5n, 65_537n, (1n << 32n) | 1n, (1n << 33n) - 1n];
  for (const [at, m] of edgeModuli(2048n).entries()) {
    const exponent = exponents[at % 5];
    const half = 1n << 2047n;
    for (const base of [0n, 1n, 2n, m - 1n, m - 2n, m / 2n, half - 1n, half % m]) {
      yield publicPower(m, base, exponent) === powerModulo(base, exponent, m);
    }
  }
}

const fuses = exports?.fused() === 1;
const counted = (results) => {
  const all = [...results];
  return { computed: all.length, right: all.filter(Boolean).length };
};
console.log(
  JSON.stringify({
    fuses,
    powers: fuses && counted(twoPowersAtTheEdges()),
    publicPowers: fuses && counted(publicPowersAtTheEdges()),
  }),
);
