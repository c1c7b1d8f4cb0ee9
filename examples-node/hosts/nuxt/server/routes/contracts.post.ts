// Nuxt 4, a server route: server/routes/contracts.post.ts. POST /contracts takes { outContractCode } and
// responds with { preEntrustwebId }. With it the phone app opens WeChat's contract page.
//
//   npx wechatpay-wasm sandbox npx nuxt dev                 on a sandbox
//   npx nuxt build && node .output/server/index.mjs         with WECHATPAY_MCHID and the others set
import {
  ApiError,
  TransportError,
  ValidationError,
  VerificationError,
  WechatpayError,
} from 'wechatpay-wasm';

const { APPID = 'wxd678efh567h23787' } = process.env;

// Add your own authentication before this handler: its callers act in your name.
export default defineEventHandler(async (event) => {
  const gone = new AbortController();
  event.node.res.on('close', () => gone.abort());
  try {
    // Do not read a body without a length or over 10 kB.
    if (!(Number(getHeader(event, 'Content-Length') ?? NaN) <= 10_000)) {
      setResponseStatus(event, 413);
      return null;
    }
    const body = await readBody(event).catch(() => undefined);
    const params = { appid: APPID, outContractCode: body?.outContractCode };
    return await useWechatpay().preEntrustSignApp(params, { signal: gone.signal });
  } catch (error) {
    // The caller has disconnected, and the call was aborted.
    if (gone.signal.aborted) return null;
    return refusal(event, error);
  }
});

type Event = Parameters<Parameters<typeof defineEventHandler>[0]>[0];

function refusal(event: Event, error: unknown) {
  if (!(error instanceof WechatpayError)) throw error;
  const { code } = error;
  if (error instanceof ValidationError) {
    setResponseStatus(event, 400);
    return { code, field: error.field };
  }
  // This is not the caller's fault. You may log the complete error: it never contains a key.
  const unverified = error instanceof VerificationError;
  console.error(unverified ? 'ALERT: not signed by WeChat Pay' : 'WeChat Pay failed', error);
  setResponseStatus(event, error instanceof TransportError ? 504 : 502);
  if (error instanceof ApiError && error.retryable) {
    setResponseStatus(event, 503);
    setHeader(event, 'Retry-After', '5');
  }
  return { code };
}
