// The kernel of fused multiply-add, where this runtime has one: a WebAssembly module of its own, since
// one without relaxed SIMD refuses it. What it computes is checked against the public key (`src/rsa/`).

import open from 'fused-module';

// Tests say with it what the probe is to have found: true or false.
const FORCED = Symbol.for('wechatpay-wasm.fused');

let instance;

export function findKernel() {
  const forced = globalThis[FORCED];
  if (forced === false) return undefined;
  instance ??= instantiate();
  return forced || instance?.fused() ? compute : undefined;
}

function instantiate() {
  const module = open();
  return module && new WebAssembly.Instance(module).exports;
}

// `operands` are the other module's memory: into this one's, computed with, and back over them.
function compute(operands, isPublic) {
  const { memory, operands: place, powers, public_operands, public_power } = instance;
  const at = isPublic ? public_operands() : place();
  const here = new Uint8Array(memory.buffer, at, operands.length);
  try {
    here.set(operands);
    if (isPublic) public_power();
    else powers();
    operands.set(here);
  } catch {
    // No stack was left, say. Where it ended, a key may be anywhere, and nobody goes on there.
    new Uint8Array(memory.buffer).fill(0);
    instance = undefined;
  } finally {
    here.fill(0);
  }
}
