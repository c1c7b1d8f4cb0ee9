// The same types where the package is loaded with require.
import wechatpay = require('wechatpay-wasm');
import sandbox = require('wechatpay-wasm/sandbox');

async function call(): Promise<string> {
  const { options } = await sandbox.createSandbox();
  const wxpay: wechatpay.Wechatpay = new wechatpay.Wechatpay(options);
  const response = await wxpay.preEntrustSignApp({ appid: 'wx', outContractCode: 'A' });
  return response.preEntrustwebId;
}

export = call;
