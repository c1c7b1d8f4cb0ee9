// node bench/timing.mjs [--signatures 1000000] [--kernel FMA|simd128] [--unblinded] [--of
// whole|base|exponents]
//
// Tests whether the time of a signature depends on the signed message, by dudect's method (Reparaz,
// Balasch, Verbauwhede, "Dude, is my code constant time?", 2017). It signs one fixed message and
// random messages, in random order, and prints Welch's t of their times: over all signatures, and
// over those below several percentiles, since the slowest ones are slow because of the machine. Up
// to |t| = 4.5, no difference is visible. Above 10, the times differ. A statistic cannot prove that
// there is no difference. It shows what this number of signatures did not reveal.
//
// The clock is fixed, so a message is as random as its nonce. Blinding gives the kernels random
// operands for either message, as in real use. `--unblinded` measures a build without blinding
// (`builds.mjs`), in which the fixed message always gives the kernels the same operands. `--of
// base` and `--of exponents` measure the fused kernel alone, with the extreme values of its
// operands. It needs a Node that has the kernel. Run `npm run bench -- --quick` first: it installs
// what this program needs.

import { randomBytes, randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { buildBlinded, buildUnblinded } from './builds.mjs';
import { connection } from './connection.mjs';
import { fusedKernel, kernels, OPERANDS } from './kernels.mjs';

const { values } = parseArgs({
  options: {
    signatures: { type: 'string', default: '1000000' },
    kernel: { type: 'string', default: 'FMA' },
    unblinded: { type: 'boolean', default: false },
    of: { type: 'string', default: 'whole' },
  },
});
const count = Number(values.signatures);
const PERCENTILES = [100, 99, 95, 90, 75, 50];
const PARTS = ['whole', 'base', 'exponents'];
// The package takes this number of random bytes for each attempt. The nonce is at their start.
const ATTEMPT = 48;
const NONCE = 16;

if (!(Number.isSafeInteger(count) && count > 1))
  throw new Error('--signatures must be a whole number above 1');
if (!PARTS.includes(values.of)) throw new Error(`--of must be one of ${PARTS}`);
if (values.of !== 'whole' && values.kernel !== 'FMA') {
  throw new Error(`--of ${values.of} measures the kernel FMA alone; for simd128, use --unblinded`);
}

const entry = await (values.unblinded ? buildUnblinded() : buildBlinded());
const available = await kernels(entry);
const kernel = available.find(({ name }) => name === values.kernel);
if (!kernel) {
  const names = available.map(({ name }) => name);
  throw new Error(`Node ${process.version} has only the kernels ${names} on this machine`);
}

// The nonce of the next attempt.
let nonce = Buffer.alloc(NONCE);
const { getRandomValues } = crypto;
crypto.getRandomValues = (array) => {
  getRandomValues.call(crypto, array);
  if (array.byteLength === ATTEMPT) array.set(nonce);
  return array;
};

const { certificate, ...options } = connection;
const wxpay = kernel.open({ ...options, clock: () => 1_700_000_000_000 });
const params = { type: 'jsapi', appid: 'wx2421b1c4370ec43b', prepayId: 'wx0123456789' };
const fixed = Buffer.alloc(NONCE);

async function signedWith(bytes) {
  nonce = bytes;
  return (await wxpay.paySign(params)).paySign;
}

// The scheme is deterministic: a signature is as random as its message.
const one = await signedWith(fixed);
const again = await signedWith(fixed);
const other = await signedWith(randomBytes(NONCE));
if (one !== again || one === other)
  throw new Error('A nonce does not decide the signature: the measurement would mean nothing.');

if (values.of === 'whole') {
  const blinded = values.unblinded ? 'unblinded' : 'blinded';
  await measure(`${values.kernel}, ${blinded}, one message or random ones`, async (random) => {
    // For both kinds of messages, so that the work before the measurement is the same.
    const fresh = randomBytes(NONCE);
    nonce = random ? fresh : Buffer.from(fixed);
    const began = process.hrtime.bigint();
    await wxpay.paySign(params);
    return Number(process.hrtime.bigint() - began);
  });
} else {
  await measureKernel(values.of);
}

async function measureKernel(what) {
  const { memory, powers, operands, first } = await fusedKernel(entry);
  const place = operands();
  const given = first.subarray(0, OPERANDS.end);
  const zero = new Uint8Array(256);
  const ones = zero.slice();
  for (const at of [0, 128]) ones[at] = 1;
  const [name, extreme, at] = {
    base: ['the base: zero or random', zero, OPERANDS.base],
    exponents: ['the exponents: 1 or random', ones, OPERANDS.exponents],
  }[what];
  await measure(`FMA, ${name}`, async (random) => {
    const fresh = randomBytes(256);
    given.set(random ? fresh : extreme, at);
    new Uint8Array(memory.buffer).set(given, place);
    const began = process.hrtime.bigint();
    powers();
    return Number(process.hrtime.bigint() - began);
  });
}

async function measure(name, once) {
  // Until the engine has optimised the code.
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
