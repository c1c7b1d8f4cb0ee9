// A Cloudflare Worker. Its clients are made at module scope, where a Worker has no clock, no random
// bytes and no fetch. They then serve every request, and one of them downloads its certificates.

import * as wechatpay from 'wechatpay-wasm';
import connections from '#connections';
import { suite } from '../suite.mjs';

const wxpay = new wechatpay.Wechatpay(connections.good.options);
const keyless = new wechatpay.Wechatpay({
  ...connections.good.options,
  certs: 'auto',
  timeout: 60_000,
});
const clients = {
  '/call': () => wxpay,
  '/auto': () => keyless,
  '/env': (env) => wechatpay.Wechatpay.fromEnv(env),
};

export default {
  async fetch(request, env) {
    const { pathname } = new URL(request.url);
    if (pathname === '/suite') return Response.json(await suite(wechatpay, await request.json()));

    const client = clients[pathname](env);
    return Response.json(
      await client.preEntrustSignApp(await request.json(), { signal: request.signal }),
    );
  },
};
