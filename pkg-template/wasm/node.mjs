// For Node and what is like it: from the file, or else inlined.

import { read } from './file.mjs';
import { inlined } from './inlined.mjs';

const name = 'wechatpay_bg.wasm';

function fromFile() {
  try {
    return new WebAssembly.Module(read(name));
  } catch {
    // A test may have put something in the place of the file system.
    return undefined;
  }
}

export default fromFile() ?? new WebAssembly.Module(inlined(name));
