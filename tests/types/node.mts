// As Node's users write it, with @types/node and without the DOM's types.

import { createPrivateKey, type webcrypto } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type HostCryptoKey, type HostKeyObject, Wechatpay } from 'wechatpay-wasm';

const wxpay = new Wechatpay({
  mchid: '1900007291',
  serial: '408B',
  privateKey: readFileSync('apiclient_key.pem'),
  certs: { PUB_KEY_ID_01: readFileSync('pub_key.pem', 'utf8') },
  apiv3Key: process.env.APIV3_KEY,
  fetch: globalThis.fetch,
});
const privateKey = createPrivateKey(readFileSync('apiclient_key.pem'));
const keyObject: HostKeyObject = privateKey;
const certs = { PUB_KEY_ID_01: readFileSync('pub_key.pem') };
const cert = readFileSync('apiclient_cert.pem');
new Wechatpay({ mchid: '1', cert, privateKey, certs });
new Wechatpay({ mchid: '1', cert, serial: '408B', privateKey: keyObject, certs });
declare const cryptoKey: webcrypto.CryptoKey;
const ofNode: HostCryptoKey = cryptoKey;
new Wechatpay({ mchid: '1', cert, privateKey: ofNode, certs });
Wechatpay.fromEnv(process.env);
const params = { appid: 'wx', outContractCode: 'A' };
await wxpay.preEntrustSignApp(params, { signal: new AbortController().signal });
await wxpay.preEntrustSignApp(params, { signal: new Request('https://x').signal });
