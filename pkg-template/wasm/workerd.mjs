// For Cloudflare Workers, which refuse to compile bytes and import a Wasm file as its module.

export { default } from './wechatpay_bg.wasm';
