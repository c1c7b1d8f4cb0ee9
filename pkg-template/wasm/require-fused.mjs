// The second Wasm file, compiled when it is asked for and if this runtime takes it.

import { inlined } from './inlined.mjs';

export default function open() {
  const bytes = inlined('wechatpay_fused.wasm');
  return WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : undefined;
}
