// Hono on Node. POST /contracts takes { outContractCode } and responses { preEntrustwebId }, with which
// the phone app opens WeChat's contract page.
//
//   npx wechatpay-wasm sandbox node hono.mjs    on a sandbox
//   node hono.mjs                               with WECHATPAY_MCHID and the rest in the environment
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
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
const app = new Hono();

// Your log-in belongs before it: whoever may call this asks in your name.
app.post('/contracts', bodyLimit({ maxSize: 10_000 }), async (c) => {
  const body = await c.req.json().catch(() => undefined);
  const params = { appid: APPID, outContractCode: body?.outContractCode };
  return c.json(await wxpay.preEntrustSignApp(params, { signal: c.req.raw.signal }));
});

app.post('/notify', async (c) => {
  let response = notificationResponse();
  try {
    const { id, eventType } = await wxpay.notification(c.req.raw);
    console.log(`notification ${id}: ${eventType}`); // your work, once for each id: it may come again
  } catch (error) {
    console.error('notification not taken', error);
    response = notificationResponse(error);
  }
  return new Response(response.body, response);
});

app.onError((error, c) => {
  if (c.req.raw.signal.aborted) return c.body(null, 499); // nobody is there any more
  if (error instanceof HTTPException) return error.getResponse(); // the body is too large
  if (!(error instanceof WechatpayError)) throw error;
  const { code, field } = error;
  if (error instanceof ValidationError) return c.json({ code, field }, 400);
  // Not the caller's fault. No error of the package holds a key, so that it may be logged whole.
  const forged = error instanceof VerificationError;
  console.error(forged ? 'ALERT: not signed by WeChat Pay' : 'WeChat Pay failed', error);
  if (error.retryable) return c.json({ code }, 503, { 'Retry-After': '5' });
  return c.json({ code }, error instanceof TransportError ? 504 : 502);
});

serve({ fetch: app.fetch, port: PORT, hostname: '127.0.0.1' }, ({ port }) => {
  console.log(`http://127.0.0.1:${port}`);
});
