// Vercel's Edge runtime on its own, with a client that is made at module scope.

import * as wechatpay from 'wechatpay-wasm';
import connections from '#connections';
import { suite } from '../suite.mjs';

const wxpay = new wechatpay.Wechatpay(connections.good.options);

addEventListener('fetch', (event) => event.respondWith(response(event.request)));

async function response(request) {
  const { pathname } = new URL(request.url);
  const given = await request.json();
  return Response.json(
    pathname === '/suite' ? await suite(wechatpay, given) : await wxpay.preEntrustSignApp(given),
  );
}
