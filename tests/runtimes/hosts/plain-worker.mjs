// A Worker that answers with what is wrong when a client is made.

import { Wechatpay } from 'wechatpay-wasm';

export default {
  fetch() {
    try {
      Wechatpay.fromEnv({});
      return new Response('no error');
    } catch (error) {
      return new Response(`${error.name} ${error.message}`);
    }
  },
};
