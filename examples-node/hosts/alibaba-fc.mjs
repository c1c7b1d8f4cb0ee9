// Alibaba Cloud Function Compute 3.0: a built-in Node.js runtime with an HTTP trigger (index.handler). POST
// /contracts takes { outContractCode } and responds with { preEntrustwebId }. With it the phone app opens
// WeChat's contract page. POST /notify takes WeChat Pay's notifications.
//
// Set WECHATPAY_MCHID and the other variables in the function's environment.
import {
  notificationResponse,
  TransportError,
  ValidationError,
  VerificationError,
  Wechatpay,
  WechatpayError,
} from 'wechatpay-wasm';

const { APPID = 'wxd678efh567h23787' } = process.env;
// Created once, at the cold start: all requests use the same client.
const wxpay = Wechatpay.fromEnv();
// Respond before the function's own timeout, which you set in the console, ends it.
const deadline = 10_000;

export async function handler(bytes) {
  const event = JSON.parse(bytes.toString()); // a Buffer
  const route = `${event.requestContext.http.method} ${event.rawPath}`;
  if (route === 'POST /contracts') return contracts(event);
  if (route === 'POST /notify') return notify(event);
  return { statusCode: 404 };
}

// Add your own authentication before this handler: its callers act in your name.
async function contracts(event) {
  try {
    const params = { appid: APPID, outContractCode: parsed(event)?.outContractCode };
    return json(200, await wxpay.preEntrustSignApp(params, { deadline }));
  } catch (error) {
    return refusal(error);
  }
}

async function notify(event) {
  let response = notificationResponse();
  try {
    // The event has the raw body, as text or as base64.
    const { id, eventType } = await wxpay.notification(event);
    console.log(`notification ${id}: ${eventType}`); // your code, once per id: it may be sent again
  } catch (error) {
    console.error('notification not accepted', error);
    response = notificationResponse(error);
  }
  return { statusCode: response.status, headers: response.headers, body: response.body ?? '' };
}

function refusal(error) {
  if (!(error instanceof WechatpayError)) throw error;
  const { code, field } = error;
  if (error instanceof ValidationError) return json(400, { code, field });
  // This is not the caller's fault. You may log the complete error: it never contains a key.
  const unverified = error instanceof VerificationError;
  console.error(unverified ? 'ALERT: not signed by WeChat Pay' : 'WeChat Pay failed', error);
  if (error.retryable) return json(503, { code }, { 'Retry-After': '5' });
  return json(error instanceof TransportError ? 504 : 502, { code });
}

function parsed({ body = '', isBase64Encoded }) {
  try {
    return JSON.parse(isBase64Encoded ? Buffer.from(body, 'base64').toString() : body);
  } catch {
    return undefined;
  }
}

function json(statusCode, value, headers) {
  const all = { 'Content-Type': 'application/json', ...headers };
  return { statusCode, headers: all, body: JSON.stringify(value) };
}
