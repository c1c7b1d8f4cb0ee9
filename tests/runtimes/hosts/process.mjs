// Node, Bun and Deno, and a bundler's output for Node. The connections are the first argument,
// since Deno may read neither files nor the environment here. There is no top-level await: CommonJS
// has none.

import * as wechatpay from 'wechatpay-wasm';
import { suite } from '../suite.mjs';

const [connections] = globalThis.Deno?.args ?? process.argv.slice(2);
suite(wechatpay, JSON.parse(connections)).then((results) => console.log(JSON.stringify(results)));
