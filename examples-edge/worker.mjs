// Cloudflare Worker. POST /contracts takes { outContractCode } and responses { preEntrustwebId }, with
// which the phone app opens WeChat's contract page.
//
//   npx wechatpay-wasm sandbox --write-env .dev.vars npx wrangler dev worker.mjs    on a sandbox
//   npx wrangler secret put WECHATPAY_PRIVATE_KEY    and so on, for the names that fromEnv reads
//
// The compatibility flag `enable_request_signal` lets `request.signal` tell that the caller has gone: on
// Cloudflare, not in `wrangler dev` (cloudflare/workerd#5062).
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
    // At the first request: every one that this Worker serves has the same client.
    wxpay ??= Wechatpay.fromEnv(env);
    const route = `${request.method} ${new URL(request.url).pathname}`;
    if (route === 'POST /contracts') return contracts(request, env);
    if (route === 'POST /notify') return notify(request);
    return new Response(null, { status: 404 });
  },
};

// Your log-in belongs before it: whoever may call this asks in your name.
async function contracts(request, { APPID = 'wxd678efh567h23787' }) {
  try {
    // A body without a length, or over 10 kB, is not read.
    if (!(Number(request.headers.get('Content-Length') ?? NaN) <= 10_000)) {
      return new Response(null, { status: 413 });
    }
    const body = await request.json().catch(() => undefined);
    const params = { appid: APPID, outContractCode: body?.outContractCode };
    return Response.json(await wxpay.preEntrustSignApp(params, { signal: request.signal }));
  } catch (error) {
    // Nobody is there any more.
    if (request.signal.aborted) return new Response(null, { status: 499 });
    return refusal(error);
  }
}

async function notify(request) {
  let response = notificationResponse();
  try {
    const { id, eventType } = await wxpay.notification(request);
    console.log(`notification ${id}: ${eventType}`); // your work, once for each id: it may come again
  } catch (error) {
    console.error('notification not taken', error);
    response = notificationResponse(error);
  }
  return new Response(response.body, response);
}

function refusal(error) {
  if (!(error instanceof WechatpayError)) throw error;
  const { code, field } = error;
  if (error instanceof ValidationError) return Response.json({ code, field }, { status: 400 });
  // Not the caller's fault. No error of the package holds a key, so that it may be logged whole.
  const forged = error instanceof VerificationError;
  console.error(forged ? 'ALERT: not signed by WeChat Pay' : 'WeChat Pay failed', error);
  const again = { status: 503, headers: { 'Retry-After': '5' } };
  if (error.retryable) return Response.json({ code }, again);
  return Response.json({ code }, { status: error instanceof TransportError ? 504 : 502 });
}
