// Many calls in one process, responded at once by a `fetch` of our own: what the memory is before and
// after. Its argument is JSON.

import { connection, result, signed } from '../connection.mjs';
import { memoryNow } from '../wasm-memory.mjs';

const { Wechatpay } = await import('wechatpay-wasm');

const { calls, settle } = JSON.parse(process.argv.at(-1));
const { certificate, ...options } = connection;
const body = JSON.stringify(result);
const params = { appid: 'wxd678efh567h23787', outContractCode: 'APPLYMENT_00000000001' };

let responded;
const fetch = async () => new Response(body, { headers: responded.headers });
const wxpay = new Wechatpay({ ...options, fetch });

async function many(count) {
  for (let turn = 0; turn < count; turn += 1) {
    // Anew before the 300 seconds are over for which it is believed.
    if (turn % 1_000 === 0) responded = signed(body);
    await wxpay.preEntrustSignApp(params);
  }
}

await many(settle);
const before = memoryNow();
await many(calls);
console.log(JSON.stringify({ before, after: memoryNow() }));
