// As a Worker's users write it, with only Cloudflare's types.

import { Wechatpay } from 'wechatpay-wasm';

interface Env {
  WECHATPAY_MCHID: string;
  PROXY: Fetcher;
}

export default {
  async fetch(request, env) {
    const wxpay = Wechatpay.fromEnv(env);
    const params = { appid: 'wx', outContractCode: 'A' };
    return Response.json(await wxpay.preEntrustSignApp(params, { signal: request.signal }));
  },
} satisfies ExportedHandler<Env>;

declare const env: Env;
declare const privateKey: CryptoKey;
new Wechatpay({ mchid: '1', cert: 'pem', privateKey, certs: {} });
new Wechatpay({
  mchid: '1900007291',
  serial: '408B',
  privateKey: await (await env.PROXY.fetch('https://key')).text(),
  certs: {},
  fetch: (url, init) => env.PROXY.fetch(url, init),
});
