// Express 5. POST /contracts takes { outContractCode } and responds with { preEntrustwebId }. With
// it the phone app opens WeChat's contract page. POST /notify takes WeChat Pay's notifications.
//
//   npx wechatpay-wasm sandbox node express.mjs    on a sandbox
//   node express.mjs                               with WECHATPAY_MCHID and the others set
import express from 'express';
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
const app = express();

// Add your own authentication before this handler: its callers act in your name.
app.post('/contracts', express.json(), async (req, res) => {
  const gone = new AbortController();
  res.on('close', () => gone.abort());
  const params = { appid: APPID, outContractCode: req.body?.outContractCode };
  res.json(await wxpay.preEntrustSignApp(params, { signal: gone.signal }));
});

// Use no body parser before this handler: the signature covers the raw body.
app.post('/notify', async (req, res) => {
  let response = notificationResponse();
  try {
    const { id, eventType } = await wxpay.notification(req);
    console.log(`notification ${id}: ${eventType}`); // your code, once per id: it may be sent again
  } catch (error) {
    console.error('notification not accepted', error);
    response = notificationResponse(error);
  }
  res.writeHead(response.status, response.headers).end(response.body);
});

app.use((error, _req, res, next) => {
  if (res.closed) return; // the caller has disconnected, and the call was aborted
  if (!(error instanceof WechatpayError)) {
    // express.json() rejected the body. This is the caller's fault. Do not respond with a stack
    // trace.
    return error.status < 500 ? res.status(error.status).json({ code: 'BODY' }) : next(error);
  }
  const { code, field } = error;
  if (error instanceof ValidationError) return res.status(400).json({ code, field });
  // This is not the caller's fault. You may log the complete error: it never contains a key.
  const unverified = error instanceof VerificationError;
  console.error(unverified ? 'ALERT: not signed by WeChat Pay' : 'WeChat Pay failed', error);
  if (error.retryable) return res.status(503).set('Retry-After', '5').json({ code });
  return res.status(error instanceof TransportError ? 504 : 502).json({ code });
});

const server = app.listen(PORT, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}`);
});
