// Bun and Deno: the client's options are the argument, or else in the environment. What the call gave is the last
// line.
import { Wechatpay } from 'wechatpay-wasm';

const [options] = globalThis.Deno?.args ?? process.argv.slice(2);
const wxpay = options ? new Wechatpay(JSON.parse(options)) : Wechatpay.fromEnv();
const params = { appid: 'wxd678efh567h23787', outContractCode: 'ONE_1' };
console.log(JSON.stringify(await wxpay.preEntrustSignApp(params)));
