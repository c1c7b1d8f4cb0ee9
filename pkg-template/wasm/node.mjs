// For Node and what is like it: from the file, or else inlined.

import { read } from './file.mjs';

function fromFile() {
  try {
    return new WebAssembly.Module(read('wechatpay_bg.wasm'));
  } catch {
    // A test may have put something in the place of the file system.
    return undefined;
  }
}

export default fromFile() ?? new WebAssembly.Module(require('./wasm.cjs').firstBytes);
