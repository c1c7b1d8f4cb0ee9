// For Cloudflare Workers. They do not compile bytes, but import a Wasm file as a module.

export { default } from './wechatpay_bg.wasm';
