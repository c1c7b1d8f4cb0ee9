// Makes many calls in one process, with a `fetch` that responds immediately. Prints the memory
// before and after. The argument is JSON.

import { connection, result, signed } from '../connection.mjs';
import { memoryNow } from '../wasm-memory.mjs';

const { Wechatpay } = await import('wechatpay-wasm');

const { calls, settle } = JSON.parse(process.argv.at(-1));
const { certificate, ...options } = connection;
const body = JSON.stringify(result);
const params = { appid: 'wxd678efh567h23787', outContractCode: 'APPLYMENT_00000000001' };

let signedResponse;
const fetch = async () => new Response(body, { headers: signedResponse.headers });
const wxpay = new Wechatpay({ ...options, fetch });

async function many(count) {
  for (let turn = 0; turn < count; turn += 1) {
    // Signed again in time: the package accepts a response for 300 seconds.
    if (turn % 1_000 === 0) signedResponse = signed(body);
    await wxpay.preEntrustSignApp(params);
  }
}

await many(settle);
const before = memoryNow();
await many(calls);
console.log(JSON.stringify({ before, after: memoryNow() }));
