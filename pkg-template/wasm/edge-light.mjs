// For Vercel's Edge runtime and Next.js. They import a Wasm file as a module, with the query
// `?module`.

import module from './wechatpay_bg.wasm?module';

export default () => module;
