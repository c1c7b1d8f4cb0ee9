// For every runtime that may compile bytes: the Wasm file is in this module, as base64.

import { bytesOf } from './bytes-of.mjs';
import base64 from './wechatpay_bg.wasm';

export default new WebAssembly.Module(bytesOf(base64));
