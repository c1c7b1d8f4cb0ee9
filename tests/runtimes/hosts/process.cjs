// Node with require(). The suite is a module, which every Node can import.

const wechatpay = require('wechatpay-wasm');

import('../suite.mjs').then(async ({ suite }) => {
  console.log(JSON.stringify(await suite(wechatpay, JSON.parse(process.argv[2]))));
});
