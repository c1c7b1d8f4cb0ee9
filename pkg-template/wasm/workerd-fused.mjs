// For Cloudflare Workers, whose runtime is of one version everywhere, and has relaxed SIMD.

import module from './wechatpay_fused.wasm';

export default () => module;
