// For Cloudflare Workers. Their runtime has the same version everywhere, and supports relaxed SIMD.

import module from './wechatpay_fused.wasm';

export default () => module;
