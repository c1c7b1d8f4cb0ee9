// For `require` in every runtime that may compile bytes.

import { inlined } from './inlined.mjs';

export default new WebAssembly.Module(inlined('wechatpay_bg.wasm'));
