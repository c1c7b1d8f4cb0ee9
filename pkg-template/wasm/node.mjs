// For Node and similar runtimes: from the file, or else from the inlined text.

import { read } from './file.mjs';

function fromFile() {
  try {
    return new WebAssembly.Module(read('wechatpay_bg.wasm'));
  } catch {
    // A test may have replaced the file system.
    return undefined;
  }
}

export default () => fromFile() ?? require('./wasm.cjs').firstBytes();
