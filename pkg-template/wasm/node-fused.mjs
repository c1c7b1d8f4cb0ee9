// The second Wasm file, compiled when it is asked for and if this runtime takes it.

import { read } from './file.mjs';

export default function open() {
  const bytes = read('wechatpay_fused.wasm') ?? require('./wasm.cjs').secondBytes;
  return WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : undefined;
}
