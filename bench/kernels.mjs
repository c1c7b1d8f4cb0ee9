// How a kernel is forced. Nobody else here knows.

const ENTRY = 'wechatpay-wasm/kernels';

/**
 * The kernels that run here: each has a `name` (FMA, simd128 or scalar), and `open(options)`, which
 * gives a `Wechatpay` of these options that computes with this kernel alone. None where the package
 * lets nobody choose.
 */
export async function kernels() {
  const entry = found(ENTRY);
  return entry === null ? [] : (await import(entry)).kernels();
}

function found(specifier) {
  try {
    return import.meta.resolve(specifier);
  } catch {
    return null;
  }
}
