// The second Wasm file in Node and similar runtimes.

import { read } from './file.mjs';

export default () => read('wechatpay_fused.wasm') ?? require('./wasm.cjs').secondBytes();
