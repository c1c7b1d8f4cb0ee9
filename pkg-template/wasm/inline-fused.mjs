// The second Wasm file, as base64, compiled when it is asked for and if this runtime takes it.

import { bytesOf } from './bytes-of.mjs';
import base64 from './wechatpay_fused.wasm';

export default function open() {
  const bytes = bytesOf(base64);
  return WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : undefined;
}
