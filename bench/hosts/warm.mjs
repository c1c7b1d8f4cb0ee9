// Signs or verifies in one process of Node, Bun or Deno. The argument is JSON. The last line of the
// output has the times.

import { Wechatpay } from 'wechatpay-wasm';
import { host } from '../contestants/host.mjs';
import { turns } from '../contestants/turns.mjs';
import { interleave } from '../interleave.mjs';

const { what, plan, given } = JSON.parse(process.argv.at(-1));
const open = (options) => new Wechatpay(options);
const { contestants, ...more } = await turns[what](open, given, host);
console.log(JSON.stringify({ times: await interleave(contestants, plan), ...more }));
