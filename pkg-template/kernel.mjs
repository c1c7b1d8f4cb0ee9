// The kernel with fused multiply-add, if the runtime supports it. It is a separate WebAssembly
// module, since a runtime without relaxed SIMD rejects it. Its results are checked with the public
// key (`src/rsa/`).

import open from 'fused-module';
import { ConfigError } from './errors.mjs';
import { makeInstance } from './instance.mjs';

// Tests set it to override the probe: true or false.
const FORCED = Symbol.for('wechatpay-wasm.fused');

/** The instance's exports; null where the runtime has no room for it, or no relaxed SIMD. */
let instance;
/** The memory of a kernel that threw, until it is wiped. */
let unwiped;
const soon = Promise.resolve();

export function findKernel() {
  wipeKernel();
  const forced = globalThis[FORCED];
  if (forced === false) return undefined;
  if (instance === undefined) instance = instantiate();
  return instance && (forced || instance.fused()) ? compute : undefined;
}

/** Wipes a kernel that threw, where that is still to be done. */
export function wipeKernel() {
  if (unwiped === undefined) return;
  new Uint8Array(unwiped.buffer).fill(0);
  unwiped = undefined;
}

function instantiate() {
  try {
    return makeInstance(open).exports;
  } catch (thrown) {
    if (thrown instanceof ConfigError) return null;
    throw thrown;
  }
}

// `operands` is a view of the main module's memory. It is copied into this module's memory, and the
// result is copied back over it.
function compute(operands, isPublic) {
  const { memory, operands: place, powers, public_operands, public_power } = instance;
  const at = isPublic ? public_operands() : place();
  const here = new Uint8Array(memory.buffer, at, operands.length);
  try {
    here.set(operands);
    if (isPublic) public_power();
    else powers();
    operands.set(here);
    here.fill(0);
  } catch {
    // For example, the stack overflowed. Parts of a key may then be anywhere in this memory. Erase
    // all of it, and do not use this instance again. Not now: the stack may have no room for it.
    unwiped = memory;
    instance = undefined;
    soon.then(wipeKernel);
  }
}
