// For Cloudflare Workers. They do not compile bytes, but import a Wasm file as a module.

import module from './wechatpay_bg.wasm';

export default () => module;
