// Compiles the second Wasm file on demand, if the runtime supports it.

import { secondBytes } from './inlined.mjs';

export default function open() {
  return WebAssembly.validate(secondBytes) ? new WebAssembly.Module(secondBytes) : undefined;
}
