// node bench/timing.mjs [--signatures 1000000] [--kernel FMA|simd128] [--of whole|base|exponents]
//
// Whether the time of a signature tells what is signed, by dudect's method (Reparaz, Balasch, Verbauwhede,
// "Dude, is my code constant time?", 2017): signatures of one fixed message and of random ones, in random
// order, and Welch's t of their times, over all of them and over those that took less than some
// percentile, since what is slow is slow for reasons of the machine. Up to |t| = 4.5 nothing is seen; above
// 10, the times differ. A statistic proves no absence: it says what so many signatures did not show.
//
// The package is that which `npm test -- --only package` installed into tests/. Blinding makes random
// operands of either message, as it does in earnest. `--of base` and `--of exponents` have the fused kernel
// alone, without it, and give it the extremes of what it may be given.

import { randomBytes, randomInt } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';

const root = new URL('..', import.meta.url).pathname;
const { values } = parseArgs({
  options: {
    signatures: { type: 'string', default: '1000000' },
    kernel: { type: 'string', default: 'FMA' },
    of: { type: 'string', default: 'whole' },
  },
});
const count = Number(values.signatures);
const PERCENTILES = [100, 99, 95, 90, 75, 50];

const require = createRequire(join(root, 'tests/'));
const dist = dirname(require.resolve('wechatpay-wasm'));
if (values.kernel === 'simd128') globalThis[Symbol.for('wechatpay-wasm.fused')] = false;

// The last operands that the kernel was given, to give them to it again without the package.
let seen;
const { Instance } = WebAssembly;
WebAssembly.Instance = function instance(...args) {
  const { exports } = new Instance(...args);
  if (!exports.powers) return { exports };
  const powers = () => {
    seen ??= new Uint8Array(exports.memory.buffer.slice(exports.operands()));
    exports.powers();
  };
  return { exports: { ...exports, powers } };
};

const { Wechatpay } = await import(join(dist, 'index.mjs'));
const key = (name) => readFile(join(root, 'tests/keys', name), 'utf8');
const wxpay = new Wechatpay({
  mchid: '1900007291',
  serial: '408B07E79B8269FEC3D5D3E6AB8ED163A6A380DB',
  privateKey: await key('merchant.pkcs8.pem'),
  certs: { PUB_KEY_ID_0119000072912024101100397200000006: await key('wechatpay.spki.pem') },
});

const of = (prepayId) => ({ type: 'jsapi', appid: 'wx2421b1c4370ec43b', prepayId });
const fixed = Buffer.alloc(31);
// A string of its own each time, of either bytes.
const written = (bytes) => `wx${bytes.toString('hex')}`;
await wxpay.paySign(of(written(fixed)));
if ((seen === undefined) !== (values.kernel === 'simd128')) {
  throw new Error(`${values.kernel} is not what this runtime chooses`);
}

if (values.of === 'whole') {
  await measure(
    `${values.kernel}, whole signatures: one message or random ones`,
    async (random) => {
      // For either of them, so that what is done before is the same.
      const fresh = randomBytes(31);
      const params = of(written(random ? fresh : fixed));
      const began = process.hrtime.bigint();
      await wxpay.paySign(params);
      return Number(process.hrtime.bigint() - began);
    },
  );
} else {
  await measureKernel(values.of);
}

// The operands of the kernel: 2·134 words of primes, 2·32 of exponents, 64 of the base.
async function measureKernel(what) {
  const bytes = await readFile(join(dist, 'wechatpay_fused.wasm'));
  const { exports } = (await WebAssembly.instantiate(bytes)).instance;
  const place = exports.operands();
  const base = 4 * (2 * 134 + 2 * 32);
  const operands = seen.subarray(0, base + 256 + 4 * 66);
  const zero = new Uint8Array(256);
  const one = zero.slice();
  for (const at of [0, 128]) one[at] = 1;
  const [name, fixed, at] = {
    base: ['the base: zero or random', zero, base],
    exponents: ['the exponents: 1 or random', one, base - 256],
  }[what];
  await measure(`FMA, ${name}`, async (random) => {
    const fresh = randomBytes(256);
    operands.set(random ? fresh : fixed, at);
    new Uint8Array(exports.memory.buffer).set(operands, place);
    const began = process.hrtime.bigint();
    exports.powers();
    return Number(process.hrtime.bigint() - began);
  });
}

async function measure(name, once) {
  // Until the code is what it will be.
  for (let i = 0; i < 500; i += 1) await once(i % 2 === 0);
  const times = [[], []];
  for (let i = 0; i < count; i += 1) {
    const random = randomInt(2);
    times[random].push(await once(random === 1));
  }
  const sorted = times.flat().sort((a, b) => a - b);
  const lines = PERCENTILES.map((percentile) => {
    const most = sorted[Math.ceil((sorted.length * percentile) / 100) - 1];
    const kept = times.map((group) => group.filter((time) => time <= most));
    return `${String(percentile).padStart(4)} % ${welch(...kept)
      .toFixed(2)
      .padStart(8)}`;
  });
  console.log(
    `${name}, ${count} in ${process.version}: Welch's t by percentile\n${lines.join('\n')}`,
  );
}

function welch(a, b) {
  const [one, other] = [a, b].map((times) => {
    const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
    const squares = times.reduce((sum, time) => sum + (time - mean) ** 2, 0);
    return { mean, ofMean: squares / (times.length - 1) / times.length };
  });
  return (one.mean - other.mean) / Math.sqrt(one.ofMean + other.ofMean);
}
