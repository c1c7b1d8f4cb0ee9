// The same as cold.mjs, by `require`: both other SDKs are CommonJS.

const begun = performance.now();
const [name, given] = process.argv.slice(2);

const contestants = {
  nothing: () => [performance.now()],
  'node:crypto'({ connection, message }) {
    const { createPrivateKey, sign } = require('node:crypto');
    const loaded = performance.now();
    return [loaded, sign('sha256', Buffer.from(message), createPrivateKey(connection.privateKey))];
  },
  'wechatpay-wasm'({ connection: { certificate, ...options }, launched }) {
    const { Wechatpay } = require('wechatpay-wasm');
    const loaded = performance.now();
    const wxpay = new Wechatpay(options);
    const opened = performance.now();
    return [loaded, wxpay.appLaunchParams(launched), opened];
  },
  'wechatpay-node-v3'({ connection, message }) {
    const WxPay = require('wechatpay-node-v3');
    const loaded = performance.now();
    const { mchid, certificate, privateKey } = connection;
    const pay = new WxPay({
      appid: 'wxd678efh567h23787',
      mchid,
      publicKey: Buffer.from(certificate),
      privateKey: Buffer.from(privateKey),
    });
    return [loaded, pay.sha256WithRsa(message)];
  },
  'wechatpay-axios-plugin'({ connection, message }) {
    const { Rsa, Wechatpay } = require('wechatpay-axios-plugin');
    const loaded = performance.now();
    const { mchid, serial, privateKey, certs } = connection;
    const wxpay = new Wechatpay({ mchid, serial, privateKey, certs });
    return [loaded, wxpay && Rsa.sign(message, Rsa.from(privateKey))];
  },
};

(async () => {
  const [loaded, signing, opened = loaded] = contestants[name](JSON.parse(given));
  const signature = await signing;
  const signed = performance.now();
  if (signature === undefined && name !== 'nothing') throw new Error(`${name} did not sign.`);
  const times = { load: loaded - begun, open: opened - loaded, total: signed - begun };
  console.log(JSON.stringify(times));
})();
