// The shop as a program: its merchant comes from the environment.
import { Wechatpay } from 'wechatpay-wasm';
import { startShop } from './shop.mjs';

const { WECHATPAY_MCHID: mchid, PORT = '3000' } = process.env;
const { url } = await startShop(Wechatpay.fromEnv(), { mchid, port: Number(PORT) });
console.log(url);
