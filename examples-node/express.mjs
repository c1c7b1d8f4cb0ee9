// Express 5. POST /contracts takes { outContractCode } and responses { preEntrustwebId }, with which the
// phone app opens WeChat's contract page.
//
//   npx wechatpay-wasm sandbox node express.mjs    on a sandbox
//   node express.mjs                               with WECHATPAY_MCHID and the rest in the environment
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

// Your log-in belongs before it: whoever may call this asks in your name.
app.post('/contracts', express.json(), async (req, res) => {
  const gone = new AbortController();
  res.on('close', () => gone.abort());
  const params = { appid: APPID, outContractCode: req.body?.outContractCode };
  res.json(await wxpay.preEntrustSignApp(params, { signal: gone.signal }));
});

// No body parser before it: what is signed is the raw body.
app.post('/notify', async (req, res) => {
  let response = notificationResponse();
  try {
    const { id, eventType } = await wxpay.notification(req);
    console.log(`notification ${id}: ${eventType}`); // your work, once for each id: it may come again
  } catch (error) {
    console.error('notification not taken', error);
    response = notificationResponse(error);
  }
  res.writeHead(response.status, response.headers).end(response.body);
});

app.use((error, _req, res, next) => {
  if (res.closed) return; // nobody is there any more, and the call was aborted
  if (!(error instanceof WechatpayError)) {
    // express.json() does not take the body: the caller's fault, and no stack for the response.
    return error.status < 500 ? res.status(error.status).json({ code: 'BODY' }) : next(error);
  }
  const { code, field } = error;
  if (error instanceof ValidationError) return res.status(400).json({ code, field });
  // Not the caller's fault. No error of the package holds a key, so that it may be logged whole.
  const forged = error instanceof VerificationError;
  console.error(forged ? 'ALERT: not signed by WeChat Pay' : 'WeChat Pay failed', error);
  if (error.retryable) return res.status(503).set('Retry-After', '5').json({ code });
  return res.status(error instanceof TransportError ? 504 : 502).json({ code });
});

const server = app.listen(PORT, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}`);
});
