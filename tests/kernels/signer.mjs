// Started by kernels.test.mjs, one process per kernel. Signs with the given keys, and verifies
// responses if requested. Reports how many signatures node:crypto confirms, and how often the
// second module was called.
import { createPrivateKey, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';

const { kernel, signatures, responses, keys } = JSON.parse(await text(process.stdin));

let calls = 0;
let checks = 0;
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
    if (kernel !== 'miscounting') return;
    // Flips a bit in the last word of the powers that is not always zero.
    const operands = new Uint8Array(exports.memory.buffer, exports.operands());
    operands[operandsLength - 8] ^= 1;
  };
  const public_power = () => {
    checks += 1;
    exports.public_power();
    if (kernel !== 'miscounting') return;
    const operands = new Uint8Array(exports.memory.buffer, exports.public_operands());
    operands[publicOperandsLength - 8] ^= 1;
  };
  return { exports: { ...exports, powers, public_power } };
};
// Two primes of 134 words, their exponents, the base, and two powers of 33 words.
const operandsLength = 4 * (2 * 134 + 2 * 32 + 64 + 2 * 33);
// Three numbers, an inverse, the exponent, the base and the power.
const publicOperandsLength = 4 * (3 * 64 + 6 + 2 + 64 + 65);

if (kernel === 'simd128') globalThis[Symbol.for('wechatpay-wasm.fused')] = false;
if (['miscounting', 'throwing'].includes(kernel))
  globalThis[Symbol.for('wechatpay-wasm.fused')] = true;

const { Wechatpay } = await import('wechatpay-wasm');
const appid = 'wx2421b1c4370ec43b';

const wechatpayKey = createPrivateKey(
  readFileSync(new URL('../keys/wechatpay.pkcs8.pem', import.meta.url)),
);
const publicKeyId = 'PUB_KEY_ID_0119000072912024101100397200000006';

// The response of WeChat Pay. If `spoilt` is set, that byte of its signature is changed.
let spoilt;
async function fetch() {
  const body = '{"pre_entrustweb_id":"1d4b5b8a9c0e4f6f8a7b6c5d4e3f2a1b"}';
  const timestamp = String(Math.floor(Date.now() / 1000));
  const nonce = 'd824f2e086d3c1df967785d13fcd22ef';
  const signature = sign('sha256', Buffer.from(`${timestamp}\n${nonce}\n${body}\n`), wechatpayKey);
  if (spoilt !== undefined) signature[spoilt] ^= 1;
  const headers = {
    'Wechatpay-Timestamp': timestamp,
    'Wechatpay-Nonce': nonce,
    'Wechatpay-Serial': publicKeyId,
    'Wechatpay-Signature': signature.toString('base64'),
  };
  return new Response(body, { headers });
}

async function outcomes(wxpay) {
  const given = { right: 0, wrong: 0 };
  for (let at = 0; at < 10; at += 1) {
    spoilt = undefined;
    const { preEntrustwebId } = await wxpay.preEntrustSignApp({ appid, outContractCode: 'C1' });
    if (preEntrustwebId) given.right += 1;
    // From the second byte on, so that the signature stays below the modulus.
    spoilt = 1 + 25 * at;
    await wxpay.preEntrustSignApp({ appid, outContractCode: 'C1' }).catch((error) => {
      if (error.code === 'ERR_SIGNATURE_INVALID') given.wrong += 1;
    });
  }
  return given;
}

const results = [];
for (const { name, pem, wechatpay } of keys) {
  const before = { calls, checks };
  const wxpay = new Wechatpay({
    mchid: '1900007291',
    serial: '408B07E79B8269FEC3D5D3E6AB8ED163A6A380DB',
    privateKey: pem,
    certs: { [publicKeyId]: wechatpay },
    fetch,
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
  const signing = { calls: calls - before.calls, checks: checks - before.checks };
  const { right, wrong } = responses ? await outcomes(wxpay) : {};
  const verifying = checks - before.checks - signing.checks;
  wxpay.free();
  const now = memory && new Uint8Array(memory.buffer);
  // The memory of a kernel that threw is wiped completely.
  const clean = kernel === 'throwing' ? new Uint8Array(now.length) : untouched;
  const left = now?.reduce((sum, byte, at) => sum + (byte !== clean[at]), 0) ?? 0;
  results.push({ name, equal, ...signing, verifying, right, wrong, left, last });
}
console.log(JSON.stringify(results));
