// Fastify 5. POST /contracts takes { outContractCode } and responds with { preEntrustwebId }. With it
// the phone app opens WeChat's contract page. POST /notify takes WeChat Pay's notifications.
//
//   npx wechatpay-wasm sandbox node fastify.mjs    on a sandbox
//   node fastify.mjs                               with WECHATPAY_MCHID and the others set
import Fastify from 'fastify';
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
const app = Fastify();

// Add your own authentication before this handler: its callers act in your name.
app.post('/contracts', { bodyLimit: 10_000 }, (request, reply) => {
  const gone = new AbortController();
  reply.raw.on('close', () => gone.abort());
  const params = { appid: APPID, outContractCode: request.body?.outContractCode };
  return wxpay.preEntrustSignApp(params, { signal: gone.signal });
});

// The parsers of this plugin are for its own routes alone: the others still get parsed bodies.
app.register(async (notifications) => {
  // The body stays a Buffer: the signature covers the raw bytes.
  notifications.removeAllContentTypeParsers();
  notifications.addContentTypeParser('*', { parseAs: 'buffer' }, async (_request, body) => body);

  notifications.post('/notify', async (request, reply) => {
    let response = notificationResponse();
    try {
      const { id, eventType } = await wxpay.notification(request);
      console.log(`notification ${id}: ${eventType}`); // your code, once per id: it may be sent again
    } catch (error) {
      console.error('notification not accepted', error);
      response = notificationResponse(error);
    }
    return reply.code(response.status).headers(response.headers).send(response.body);
  });
});

app.setErrorHandler((error, _request, reply) => {
  if (reply.raw.closed) return; // the caller has disconnected, and the call was aborted
  if (!(error instanceof WechatpayError)) return reply.send(error); // Fastify's own response
  const { code, field } = error;
  if (error instanceof ValidationError) return reply.code(400).send({ code, field });
  // This is not the caller's fault. You may log the complete error: it never contains a key.
  const unverified = error instanceof VerificationError;
  console.error(unverified ? 'ALERT: not signed by WeChat Pay' : 'WeChat Pay failed', error);
  if (error.retryable) return reply.code(503).header('Retry-After', '5').send({ code });
  return reply.code(error instanceof TransportError ? 504 : 502).send({ code });
});

console.log(await app.listen({ host: '127.0.0.1', port: Number(PORT) }));
