// As Node's users write it, with @types/node and without the DOM's types.

import { readFileSync } from 'node:fs';
import { Wechatpay } from 'wechatpay-wasm';

const wxpay = new Wechatpay({
  mchid: '1900007291',
  serial: '408B',
  privateKey: readFileSync('apiclient_key.pem'),
  certs: { PUB_KEY_ID_01: readFileSync('pub_key.pem', 'utf8') },
  apiv3Key: process.env.APIV3_KEY,
  fetch: globalThis.fetch,
});
Wechatpay.fromEnv(process.env);
const params = { appid: 'wx', outContractCode: 'A' };
await wxpay.preEntrustSignApp(params, { signal: new AbortController().signal });
await wxpay.preEntrustSignApp(params, { signal: new Request('https://x').signal });
