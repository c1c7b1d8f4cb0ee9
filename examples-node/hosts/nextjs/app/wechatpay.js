// app/wechatpay.js: the client that all routes use.
import { Wechatpay } from 'wechatpay-wasm';

let client;

/** Created at the first request: `next build` loads the routes too, and has no keys. */
export function wechatpay() {
  client ??= Wechatpay.fromEnv();
  return client;
}
