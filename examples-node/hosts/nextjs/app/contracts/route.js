// Next.js, a route handler in Node.js: app/contracts/route.js. POST /contracts takes { outContractCode } and
// responds with { preEntrustwebId }. With it the phone app opens WeChat's contract page.
//
//   npx wechatpay-wasm sandbox npx next dev    on a sandbox
//   npx next build && npx next start           with WECHATPAY_MCHID and the others set
import { TransportError, ValidationError, VerificationError, WechatpayError } from 'wechatpay-wasm';
import { wechatpay } from '../wechatpay.js';

const { APPID = 'wxd678efh567h23787' } = process.env;

// Add your own authentication before this handler: its callers act in your name.
export async function POST(request) {
  try {
    // Do not read a body without a length or over 10 kB.
    if (!(Number(request.headers.get('Content-Length') ?? NaN) <= 10_000)) {
      return new Response(null, { status: 413 });
    }
    const body = await request.json().catch(() => undefined);
    const params = { appid: APPID, outContractCode: body?.outContractCode };
    return Response.json(await wechatpay().preEntrustSignApp(params, { signal: request.signal }));
  } catch (error) {
    // The caller has disconnected.
    if (request.signal.aborted) return new Response(null, { status: 499 });
    return refusal(error);
  }
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
