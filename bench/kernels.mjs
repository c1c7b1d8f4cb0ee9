// How a kernel is forced. Nobody else here knows.

import { readFile } from 'node:fs/promises';

// What the package reads when a client is made, in place of what its probe found.
const FORCED = Symbol.for('wechatpay-wasm.fused');

/**
 * The kernels that run here: each has a `name` (FMA, simd128 or scalar), and `open(options)`, which
 * gives a `Wechatpay` of these options that computes with this kernel alone. None where the package
 * is not in a folder.
 */
export async function kernels() {
  const found = await probed();
  if (found === null) return [];
  const { Wechatpay } = await import('wechatpay-wasm');
  const forced = (fused) => (options) => {
    globalThis[FORCED] = fused;
    try {
      return new Wechatpay(options);
    } finally {
      delete globalThis[FORCED];
    }
  };
  const simd = { name: 'simd128', open: forced(false) };
  return found ? [{ name: 'FMA', open: forced(true) }, simd] : [simd];
}

// Whether the package's probe says yes here.
async function probed() {
  try {
    const entry = import.meta.resolve('wechatpay-wasm');
    const bytes = await readFile(new URL('wechatpay_fused.wasm', entry));
    if (!WebAssembly.validate(bytes)) return false;
    return (await WebAssembly.instantiate(bytes)).instance.exports.fused() === 1;
  } catch {
    return null;
  }
}
