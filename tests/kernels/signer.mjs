// Started by kernels.test.mjs, one process for a kernel: signs with the keys that come in, and says
// what node:crypto says of the signatures, and how often the second module was called.
import { createPrivateKey, sign } from 'node:crypto';
import { text } from 'node:stream/consumers';

const { kernel, signatures, keys } = JSON.parse(await text(process.stdin));

let calls = 0;
let memory;
let untouched;
const { Instance } = WebAssembly;
WebAssembly.Instance = function instance(...args) {
  const { exports } = new Instance(...args);
  if (!exports.powers) return { exports };
  memory = exports.memory;
  untouched = Buffer.from(memory.buffer.slice());
  const powers = () => {
    calls += 1;
    if (kernel === 'throwing') throw new RangeError('no stack is left');
    exports.powers();
    // The trial of a key's first computation is right, what is signed after it is not.
    if (kernel !== 'miscounting' || calls % 2 === 1) return;
    // A bit of the last word of the powers that is not always zero.
    const operands = new Uint8Array(exports.memory.buffer, exports.operands());
    operands[operandsLength - 8] ^= 1;
  };
  return { exports: { ...exports, powers } };
};
// Two primes of 134 words, their exponents, the base, and two powers of 33 words.
const operandsLength = 4 * (2 * 134 + 2 * 32 + 64 + 2 * 33);

if (kernel === 'simd128') globalThis[Symbol.for('wechatpay-wasm.fused')] = false;
if (['miscounting', 'throwing'].includes(kernel))
  globalThis[Symbol.for('wechatpay-wasm.fused')] = true;

const { Wechatpay } = await import('wechatpay-wasm');
const appid = 'wx2421b1c4370ec43b';

const results = [];
for (const { name, pem, wechatpay } of keys) {
  const before = calls;
  const wxpay = new Wechatpay({
    mchid: '1900007291',
    serial: '408B07E79B8269FEC3D5D3E6AB8ED163A6A380DB',
    privateKey: pem,
    certs: { PUB_KEY_ID_0119000072912024101100397200000006: wechatpay },
  });
  const key = createPrivateKey(pem);
  let equal = 0;
  let last;
  for (let i = 0; i < signatures; i += 1) {
    const {
      timeStamp,
      nonceStr,
      package: prepay,
      paySign,
    } = await wxpay.paySign({
      type: 'jsapi',
      appid,
      prepayId: `wx${i}`,
    });
    const message = `${[appid, timeStamp, nonceStr, prepay].join('\n')}\n`;
    if (sign('sha256', Buffer.from(message), key).toString('base64') === paySign) equal += 1;
    last = { message, signature: paySign };
  }
  wxpay.free();
  const now = memory && new Uint8Array(memory.buffer);
  // What threw was wiped as a whole.
  const clean = kernel === 'throwing' ? new Uint8Array(now.length) : untouched;
  const left = now?.reduce((sum, byte, at) => sum + (byte !== clean[at]), 0) ?? 0;
  results.push({ name, equal, calls: calls - before, left, last });
}
console.log(JSON.stringify(results));
