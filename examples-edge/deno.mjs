// Deno. POST /contracts takes { outContractCode } and responds with { preEntrustwebId }. With it
// the phone app opens WeChat's contract page. POST /notify takes WeChat Pay's notifications.
//
//   npx wechatpay-wasm sandbox deno run --allow-net --allow-env deno.mjs    on a sandbox
//   deno run --allow-net --allow-env deno.mjs    with WECHATPAY_MCHID and the others set
//
// Deno warns once that `request.signal` also aborts after a response. This does no harm: no call is
// running then.
import {
  notificationResponse,
  TransportError,
  ValidationError,
  VerificationError,
  Wechatpay,
  WechatpayError,
} from 'wechatpay-wasm';

const appid = Deno.env.get('APPID') ?? 'wxd678efh567h23787';
const port = Number(Deno.env.get('PORT') ?? 3000);
const wxpay = Wechatpay.fromEnv();

Deno.serve({ hostname: '127.0.0.1', port }, (request) => {
  const route = `${request.method} ${new URL(request.url).pathname}`;
  if (route === 'POST /contracts') return contracts(request);
  if (route === 'POST /notify') return notify(request);
  return new Response(null, { status: 404 });
});

// Add your own authentication before this handler: its callers act in your name.
async function contracts(request) {
  try {
    // Do not read a body without a length or over 10 kB.
    if (!(Number(request.headers.get('Content-Length') ?? NaN) <= 10_000)) {
      return new Response(null, { status: 413 });
    }
    const body = await request.json().catch(() => undefined);
    const params = { appid, outContractCode: body?.outContractCode };
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
