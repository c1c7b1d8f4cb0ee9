// Compiles the second Wasm file on demand, if the runtime supports it.

import { read } from './file.mjs';

export default function open() {
  const bytes = read('wechatpay_fused.wasm') ?? require('./wasm.cjs').secondBytes;
  return WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : undefined;
}
