// Behind a proxy: the calls to WeChat Pay go through the proxy that HTTPS_PROXY names. NO_PROXY lists the hosts
// that are called directly. WeChat Pay's notifications come in as everywhere.
//
//   HTTPS_PROXY=http://proxy.example:8080 node proxy.mjs    with WECHATPAY_MCHID and the others set
import express from 'express';
import { EnvHttpProxyAgent, fetch } from 'undici';
import { notificationResponse, Wechatpay } from 'wechatpay-wasm';

const { env } = process;
const { APPID = 'wxd678efh567h23787', PORT = 3000 } = env;

// For one proxy that stands in your own configuration: new ProxyAgent('http://user:password@host:8080')
const dispatcher = new EnvHttpProxyAgent();

const wxpay = new Wechatpay({
  mchid: env.WECHATPAY_MCHID,
  serial: env.WECHATPAY_SERIAL,
  privateKey: env.WECHATPAY_PRIVATE_KEY,
  certs: { [env.WECHATPAY_PUBLIC_KEY_ID]: env.WECHATPAY_PUBLIC_KEY },
  apiv3Key: env.WECHATPAY_APIV3_KEY,
  baseUrl: env.WECHATPAY_BASE_URL,
  // undici's fetch with undici's agent: the agent of one version does not fit the fetch of another.
  fetch: (url, init) => fetch(url, { ...init, dispatcher }),
});
const app = express();

app.post('/contracts', express.json(), async (req, res) => {
  try {
    const params = { appid: APPID, outContractCode: req.body?.outContractCode };
    res.json(await wxpay.preEntrustSignApp(params));
  } catch (error) {
    // Of a proxy that cannot be reached or refuses: ERR_NETWORK, with the reason as its cause.
    console.error('WeChat Pay failed', error);
    res.status(502).json({ code: error.code });
  }
});

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

const server = app.listen(PORT, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}`);
});
