// POST /contracts takes { outContractCode } and responds with { preEntrustwebId }. With it the phone app
// opens WeChat's contract page. POST /notify takes WeChat Pay's notifications.
const { Controller } = require('egg');
const {
  notificationResponse,
  TransportError,
  ValidationError,
  VerificationError,
  WechatpayError,
} = require('wechatpay-wasm');

const { APPID = 'wxd678efh567h23787' } = process.env;

module.exports = class WechatpayController extends Controller {
  // Add your own authentication before this handler: its callers act in your name.
  async contracts() {
    const { ctx, app } = this;
    const gone = new AbortController();
    ctx.res.on('close', () => gone.abort());
    const params = { appid: APPID, outContractCode: ctx.request.body?.outContractCode };
    try {
      ctx.body = await app.wxpay.preEntrustSignApp(params, { signal: gone.signal });
    } catch (error) {
      if (ctx.res.closed) return; // the caller has disconnected, and the call was aborted
      refuse(ctx, error);
    }
  }

  async notify() {
    const { ctx, app } = this;
    let response = notificationResponse();
    try {
      // Egg's body parser keeps the raw body beside the parsed one: the signature covers the raw body.
      const { id, eventType } = await app.wxpay.notification(ctx);
      ctx.logger.info(`notification ${id}: ${eventType}`); // your code, once per id: it may be sent again
    } catch (error) {
      ctx.logger.error('notification not accepted', error);
      response = notificationResponse(error);
    }
    ctx.status = response.status;
    ctx.set(response.headers);
    ctx.body = response.body;
  }
};

function refuse(ctx, error) {
  if (!(error instanceof WechatpayError)) throw error;
  const { code, field } = error;
  ctx.body = { code, field };
  ctx.status = 400;
  if (error instanceof ValidationError) return;
  // This is not the caller's fault. You may log the complete error: it never contains a key.
  const unverified = error instanceof VerificationError;
  ctx.logger.error(unverified ? 'ALERT: not signed by WeChat Pay' : 'WeChat Pay failed', error);
  ctx.status = error instanceof TransportError ? 504 : 502;
  if (error.retryable) {
    ctx.status = 503;
    ctx.set('Retry-After', '5');
  }
}
