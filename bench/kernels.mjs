// How a kernel is forced, and how long it computes. Nobody else here knows.

import { readFile } from 'node:fs/promises';

// What the package reads when a client is made, in place of what its probe found.
const FORCED = Symbol.for('wechatpay-wasm.fused');

/**
 * The kernels that run here: each has a `name` (FMA or simd128), and `open(options)`, which
 * gives a `Wechatpay` of these options that computes with this kernel alone. None where the package
 * is not in a folder. `entry` is the URL of another build of it.
 */
export async function kernels(entry) {
  const found = await probed(entry);
  if (found === null) return [];
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
  return found ? [{ name: 'FMA', open: forced(true) }, simd] : [simd];
}

// Milliseconds in the kernel of fused multiply-add, and what it was asked first.
const spent = { powers: 0, check: 0 };
let first;

// Before a client is made, which instantiates the kernel.
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

/** Does `operation`, and gives how long the kernel computed in it: `powers` and `check`, in milliseconds. */
export async function inKernel(operation) {
  Object.assign(spent, { powers: 0, check: 0 });
  await operation();
  return { ...spent };
}

/**
 * Where a number begins in the operands, in bytes: two primes of 134 words, their exponents, the base, and behind
 * them the powers (`src/rsa/two_powers.rs`).
 */
export const OPERANDS = { exponents: 4 * 268, base: 4 * 332, powers: 4 * 396, end: 4 * 462 };

/** The fused kernel by itself: its exports, and the operands that it was given first, in bytes. */
export async function fusedKernel(entry) {
  const bytes = await readFile(new URL('wechatpay_fused.wasm', entry));
  const { exports } = new Instance(new WebAssembly.Module(bytes));
  return { ...exports, first };
}

// Whether the package's probe says yes here.
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
