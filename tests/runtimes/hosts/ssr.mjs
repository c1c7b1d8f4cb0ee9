// A module of a page that a dev server renders.

export * from 'wechatpay-wasm';
