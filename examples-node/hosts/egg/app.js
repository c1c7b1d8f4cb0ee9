// Egg 4 (and 3). Created once, when the application starts: all requests use the same client, `app.wxpay`.
const { Wechatpay } = require('wechatpay-wasm');

module.exports = class AppBoot {
  constructor(app) {
    this.app = app;
  }

  configWillLoad() {
    this.app.wxpay = Wechatpay.fromEnv();
  }
};
