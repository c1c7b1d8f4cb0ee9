// Node's own server, for a container. POST /contracts takes { outContractCode } and responds with
// { preEntrustwebId }. With it the phone app opens WeChat's contract page. POST /notify takes WeChat Pay's
// notifications. GET /health is for the container's health check.
//
//   HOST=127.0.0.1 npx wechatpay-wasm sandbox node server.mjs    on a sandbox, without a container
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import {
  notificationResponse,
  TransportError,
  ValidationError,
  VerificationError,
  Wechatpay,
  WechatpayError,
} from 'wechatpay-wasm';

// In a container a server listens on all addresses: the container's own network is around it.
const { APPID = 'wxd678efh567h23787', HOST = '0.0.0.0', PORT = 3000 } = process.env;
const wxpay = Wechatpay.fromEnv();

const routes = {
  'GET /health': (_request, response) => send(response, 200, { ok: true }),
  'POST /contracts': contracts,
  'POST /notify': notify,
};
const server = createServer((request, response) => {
  const route = routes[`${request.method} ${request.url}`];
  return route ? route(request, response) : send(response, 404, { code: 'NOT_FOUND' });
});

// Add your own authentication before this handler: its callers act in your name.
async function contracts(request, response) {
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  try {
    // Do not read a body without a length or over 10 kB.
    if (!(Number(request.headers['content-length'] ?? NaN) <= 10_000)) {
      return send(response, 413, { code: 'BODY' }, { Connection: 'close' });
    }
    const params = { appid: APPID, outContractCode: parsed(await text(request))?.outContractCode };
    send(response, 200, await wxpay.preEntrustSignApp(params, { signal: gone.signal }));
  } catch (error) {
    if (gone.signal.aborted) return; // the caller has disconnected, and the call was aborted
    refuse(response, error);
  }
}

async function notify(request, response) {
  let answer = notificationResponse();
  try {
    const { id, eventType } = await wxpay.notification(request);
    console.log(`notification ${id}: ${eventType}`); // your code, once per id: it may be sent again
  } catch (error) {
    console.error('notification not accepted', error);
    answer = notificationResponse(error);
  }
  response.writeHead(answer.status, answer.headers).end(answer.body);
}

function refuse(response, error) {
  if (!(error instanceof WechatpayError)) throw error;
  const { code, field } = error;
  if (error instanceof ValidationError) return send(response, 400, { code, field });
  // This is not the caller's fault. You may log the complete error: it never contains a key.
  const unverified = error instanceof VerificationError;
  console.error(unverified ? 'ALERT: not signed by WeChat Pay' : 'WeChat Pay failed', error);
  if (error.retryable) return send(response, 503, { code }, { 'Retry-After': '5' });
  return send(response, error instanceof TransportError ? 504 : 502, { code });
}

function parsed(json) {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function send(response, status, value, headers) {
  const all = { 'Content-Type': 'application/json', ...headers };
  response.writeHead(status, all).end(JSON.stringify(value));
}

// The first process of a container has no default handler: without this one, `docker stop` waits ten seconds and
// then breaks off what is running. Some connections stay open without a request: they are closed in the end.
process.on('SIGTERM', () => {
  server.close(() => process.exit());
  setTimeout(() => server.closeAllConnections(), 3_000);
});

server.listen(PORT, HOST, () => console.log(`http://${HOST}:${server.address().port}`));
