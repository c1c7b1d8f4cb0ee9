// Hono on Node. POST /contracts takes { outContractCode } and responds with { preEntrustwebId }.
// With it the phone app opens WeChat's contract page. POST /notify takes WeChat Pay's
// notifications.
//
//   npx wechatpay-wasm sandbox node hono.mjs    on a sandbox
//   node hono.mjs                               with WECHATPAY_MCHID and the others set
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

// Add your own authentication before this handler: its callers act in your name.
app.post('/contracts', bodyLimit({ maxSize: 10_000 }), async (c) => {
  const body = await c.req.json().catch(() => undefined);
  const params = { appid: APPID, outContractCode: body?.outContractCode };
  return c.json(await wxpay.preEntrustSignApp(params, { signal: c.req.raw.signal }));
});

app.post('/notify', async (c) => {
  let response = notificationResponse();
  try {
    const { id, eventType } = await wxpay.notification(c.req.raw);
    console.log(`notification ${id}: ${eventType}`); // your code, once per id: it may be sent again
  } catch (error) {
    console.error('notification not accepted', error);
    response = notificationResponse(error);
  }
  return new Response(response.body, response);
});

app.onError((error, c) => {
  if (c.req.raw.signal.aborted) return c.body(null, 499); // the caller has disconnected
  if (error instanceof HTTPException) return error.getResponse(); // the body is too large
  if (!(error instanceof WechatpayError)) throw error;
  const { code, field } = error;
  if (error instanceof ValidationError) return c.json({ code, field }, 400);
  // This is not the caller's fault. You may log the complete error: it never contains a key.
  const unverified = error instanceof VerificationError;
  console.error(unverified ? 'ALERT: not signed by WeChat Pay' : 'WeChat Pay failed', error);
  if (error.retryable) return c.json({ code }, 503, { 'Retry-After': '5' });
  return c.json({ code }, error instanceof TransportError ? 504 : 502);
});

serve({ fetch: app.fetch, port: PORT, hostname: '127.0.0.1' }, ({ port }) => {
  console.log(`http://127.0.0.1:${port}`);
});
