// server/utils/wechatpay.ts: the client that all routes use.
import { Wechatpay } from 'wechatpay-wasm';

let client: Wechatpay | undefined;

/** Created at the first request: what Nuxt loads while it builds has no keys. */
export function useWechatpay() {
  client ??= Wechatpay.fromEnv();
  return client;
}
