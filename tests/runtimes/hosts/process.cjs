// Node by require(). The suite is a module, which every Node imports.

const wechatpay = require('wechatpay-wasm');

import('../suite.mjs').then(async ({ suite }) => {
  console.log(JSON.stringify(await suite(wechatpay, JSON.parse(process.argv[2]))));
});
