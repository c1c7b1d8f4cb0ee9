// Koa 3. POST /contracts takes { outContractCode } and responds with { preEntrustwebId }. With it the
// phone app opens WeChat's contract page. POST /notify takes WeChat Pay's notifications.
//
//   npx wechatpay-wasm sandbox node koa.mjs    on a sandbox
//   node koa.mjs                               with WECHATPAY_MCHID and the others set
import { bodyParser } from '@koa/bodyparser';
import Router from '@koa/router';
import Koa from 'koa';
import {
  notificationResponse,
  TransportError,
  ValidationError,
  VerificationError,
  Wechatpay,
  WechatpayError,
} from 'wechatpay-wasm';

const { APPID = 'wxd678efh567h23787', PORT = 3000 } = process.env;
const wxpay = Wechatpay.fromEnv();
const app = new Koa();
const router = new Router();

// Add your own authentication before this handler: its callers act in your name.
router.post('/contracts', bodyParser({ jsonLimit: '10kb' }), async (ctx) => {
  const gone = new AbortController();
  ctx.res.on('close', () => gone.abort());
  const params = { appid: APPID, outContractCode: ctx.request.body?.outContractCode };
  ctx.body = await wxpay.preEntrustSignApp(params, { signal: gone.signal });
});

// Use no body parser before this handler: the signature covers the raw body.
router.post('/notify', async (ctx) => {
  let response = notificationResponse();
  try {
    const { id, eventType } = await wxpay.notification(ctx);
    console.log(`notification ${id}: ${eventType}`); // your code, once per id: it may be sent again
  } catch (error) {
    console.error('notification not accepted', error);
    response = notificationResponse(error);
  }
  ctx.status = response.status;
  ctx.set(response.headers);
  ctx.body = response.body;
});

app.use(async (ctx, next) => {
  try {
    await next();
  } catch (error) {
    if (ctx.res.closed) return; // the caller has disconnected, and the call was aborted
    refuse(ctx, error);
  }
});
app.use(router.routes());

function refuse(ctx, error) {
  if (!(error instanceof WechatpayError)) {
    // The body parser rejected the body. This is the caller's fault.
    if (!(error.status < 500)) throw error;
    ctx.status = error.status;
    ctx.body = { code: 'BODY' };
    return;
  }
  const { code, field } = error;
  ctx.body = { code, field };
  ctx.status = 400;
  if (error instanceof ValidationError) return;
  // This is not the caller's fault. You may log the complete error: it never contains a key.
  const unverified = error instanceof VerificationError;
  console.error(unverified ? 'ALERT: not signed by WeChat Pay' : 'WeChat Pay failed', error);
  ctx.status = error instanceof TransportError ? 504 : 502;
  if (error.retryable) {
    ctx.status = 503;
    ctx.set('Retry-After', '5');
  }
}

const server = app.listen(PORT, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}`);
});
