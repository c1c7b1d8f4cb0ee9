// Forces a kernel, and measures how long it computes. No other file of the bench does this.

import { readFile } from 'node:fs/promises';

// If this global is set, the package uses its value in place of the result of its probe when a
// client is made.
const FORCED = Symbol.for('wechatpay-wasm.fused');

/**
 * The kernels that run here. Each has a `name` (FMA or simd128), and `open(options)`, which returns
 * a `Wechatpay` that computes with this kernel only. The list is empty if the package is not in a
 * folder. `entry` is the URL of another build of the package.
 */
export async function kernels(entry) {
  const hasFma = await probed(entry);
  if (hasFma === null) return [];
  const { Wechatpay } = await import(entry ?? 'wechatpay-wasm');
  const forced = (fused) => (options) => {
    globalThis[FORCED] = fused;
    try {
      return new Wechatpay(options);
    } finally {
      delete globalThis[FORCED];
    }
  };
  const simd = { name: 'simd128', open: forced(false) };
  return hasFma ? [{ name: 'FMA', open: forced(true) }, simd] : [simd];
}

// The milliseconds spent in the kernel of fused multiply-add, and the operands of its first call.
const spent = { powers: 0, check: 0 };
let first;

// Replaced before a client is made, since a client instantiates the kernel.
const { Instance } = WebAssembly;
WebAssembly.Instance = function instance(...args) {
  const made = new Instance(...args);
  const { powers, public_power } = made.exports;
  if (!powers) return made;
  const { memory, operands } = made.exports;
  const clocked = (part, compute) => () => {
    first ??= new Uint8Array(memory.buffer.slice(operands()));
    const begun = performance.now();
    compute();
    spent[part] += performance.now() - begun;
  };
  const exports = {
    ...made.exports,
    powers: clocked('powers', powers),
    public_power: clocked('check', public_power),
  };
  return { exports };
};

/**
 * Runs `operation`, and returns the milliseconds that the kernel computed in it: `powers` and
 * `check`.
 */
export async function inKernel(operation) {
  Object.assign(spent, { powers: 0, check: 0 });
  await operation();
  return { ...spent };
}

/**
 * The offsets of the numbers in the operands, in bytes: two primes of 134 words, their exponents,
 * the base, and then the powers (`src/rsa/two_powers.rs`).
 */
export const OPERANDS = { exponents: 4 * 268, base: 4 * 332, powers: 4 * 396, end: 4 * 462 };

/** The fused kernel alone: its exports, and the operands of its first call as bytes. */
export async function fusedKernel(entry) {
  const bytes = await readFile(new URL('wechatpay_fused.wasm', entry));
  const { exports } = new Instance(new WebAssembly.Module(bytes));
  return { ...exports, first };
}

// The result of the package's probe; null if the kernel's file cannot be read.
async function probed(entry) {
  try {
    const url = entry ?? import.meta.resolve('wechatpay-wasm');
    const bytes = await readFile(new URL('wechatpay_fused.wasm', url));
    if (!WebAssembly.validate(bytes)) return false;
    return (await WebAssembly.instantiate(bytes)).instance.exports.fused() === 1;
  } catch {
    return null;
  }
}
