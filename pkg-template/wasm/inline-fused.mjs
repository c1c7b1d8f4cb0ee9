// The second Wasm file, compiled when it is asked for and if this runtime takes it.

import { secondBytes } from './inlined.mjs';

export default function open() {
  return WebAssembly.validate(secondBytes) ? new WebAssembly.Module(secondBytes) : undefined;
}
