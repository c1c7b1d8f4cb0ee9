// Cloudflare Worker. POST /contracts takes { outContractCode } and responds with
// { preEntrustwebId }. With it the phone app opens WeChat's contract page. POST /notify takes WeChat
// Pay's notifications.
//
//   npx wechatpay-wasm sandbox --write-env .dev.vars npx wrangler dev worker.mjs    on a sandbox
//   npx wrangler secret put WECHATPAY_PRIVATE_KEY    and the other names that fromEnv reads
//
// With the compatibility flag `enable_request_signal`, `request.signal` aborts when the caller
// disconnects. This works on Cloudflare, but not in `wrangler dev` (cloudflare/workerd#5062).
import {
  notificationResponse,
  TransportError,
  ValidationError,
  VerificationError,
  Wechatpay,
  WechatpayError,
} from 'wechatpay-wasm';

let wxpay;

export default {
  async fetch(request, env) {
    // Created at the first request: all requests of this Worker use the same client.
    wxpay ??= Wechatpay.fromEnv(env);
    const route = `${request.method} ${new URL(request.url).pathname}`;
    if (route === 'POST /contracts') return contracts(request, env);
    if (route === 'POST /notify') return notify(request);
    return new Response(null, { status: 404 });
  },
};

// Add your own authentication before this handler: its callers act in your name.
async function contracts(request, { APPID = 'wxd678efh567h23787' }) {
  try {
    // Do not read a body without a length or over 10 kB.
    if (!(Number(request.headers.get('Content-Length') ?? NaN) <= 10_000)) {
      return new Response(null, { status: 413 });
    }
    const body = await request.json().catch(() => undefined);
    const params = { appid: APPID, outContractCode: body?.outContractCode };
    return Response.json(await wxpay.preEntrustSignApp(params, { signal: request.signal }));
  } catch (error) {
    // The caller has disconnected.
    if (request.signal.aborted) return new Response(null, { status: 499 });
    return refusal(error);
  }
}

async function notify(request) {
  let response = notificationResponse();
  try {
    const { id, eventType } = await wxpay.notification(request);
    console.log(`notification ${id}: ${eventType}`); // your code, once per id: it may be sent again
  } catch (error) {
    console.error('notification not accepted', error);
    response = notificationResponse(error);
  }
  return new Response(response.body, response);
}

function refusal(error) {
  if (!(error instanceof WechatpayError)) throw error;
  const { code, field } = error;
  if (error instanceof ValidationError) return Response.json({ code, field }, { status: 400 });
  // This is not the caller's fault. You may log the complete error: it never contains a key.
  const unverified = error instanceof VerificationError;
  console.error(unverified ? 'ALERT: not signed by WeChat Pay' : 'WeChat Pay failed', error);
  const again = { status: 503, headers: { 'Retry-After': '5' } };
  if (error.retryable) return Response.json({ code }, again);
  return Response.json({ code }, { status: error instanceof TransportError ? 504 : 502 });
}
