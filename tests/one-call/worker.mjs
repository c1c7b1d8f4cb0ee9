// workerd: a Worker whose client is made at module scope, from the options that the bundle has.

import { Wechatpay } from 'wechatpay-wasm';
import options from '#connections';

const wxpay = new Wechatpay(options);

export default {
  async test() {
    const params = { appid: 'wxd678efh567h23787', outContractCode: 'ONE_1' };
    console.log(JSON.stringify(await wxpay.preEntrustSignApp(params)));
  },
};
