// The second Wasm file, compiled when it is asked for and if this runtime takes it.

import { read } from './file.mjs';
import { inlined } from './inlined.mjs';

const name = 'wechatpay_fused.wasm';

export default function open() {
  const bytes = read(name) ?? inlined(name);
  return WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : undefined;
}
