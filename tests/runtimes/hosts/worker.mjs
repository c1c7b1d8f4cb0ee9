// A Cloudflare Worker. Its client is made at module scope, where a Worker has neither clock nor random
// bytes nor fetch, and serves every request after that.

import * as wechatpay from 'wechatpay-wasm';
import connections from '#connections';
import { suite } from '../suite.mjs';

const wxpay = new wechatpay.Wechatpay(connections.good.options);

export default {
  async fetch(request, env) {
    const { pathname } = new URL(request.url);
    if (pathname === '/suite') return Response.json(await suite(wechatpay, await request.json()));

    const client = pathname === '/env' ? wechatpay.Wechatpay.fromEnv(env) : wxpay;
    return Response.json(
      await client.preEntrustSignApp(await request.json(), { signal: request.signal }),
    );
  },
};
