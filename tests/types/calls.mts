// What the types accept, and, under @ts-expect-error, what they refuse.

import type {
  CallOptions,
  Fetch,
  Notification,
  NotificationAnswer,
  NotificationRequest,
  PreEntrustSign,
  PreEntrustSignAppParams,
  WechatpayOptions,
} from 'wechatpay-wasm';
import {
  ApiError,
  ConfigError,
  notificationAnswer,
  preEntrustSignApp,
  TransportError,
  VerificationError,
  Wechatpay,
  WechatpayError,
} from 'wechatpay-wasm';
import type {
  SandboxEvent,
  SandboxFaults,
  SandboxNotification,
  SandboxReceipt,
  SandboxRequest,
} from 'wechatpay-wasm/sandbox';
import { createSandbox } from 'wechatpay-wasm/sandbox';

const options: WechatpayOptions = {
  mchid: '1900007291',
  serial: '408B',
  privateKey: new Uint8Array(),
  certs: { PUB_KEY_ID_01: 'pem' },
};
const wxpay = new Wechatpay(options);
const params: PreEntrustSignAppParams = { appid: 'wx', outContractCode: 'A' };

const { preEntrustwebId }: PreEntrustSign = await wxpay.preEntrustSignApp(params);
const id: string = preEntrustwebId;
await wxpay.preEntrustSignApp(params, {
  timeout: 1,
  signal: AbortSignal.timeout(1),
  maxRetries: 0,
});
await preEntrustSignApp({ appid: id, outContractCode: id });
wxpay.free();
wxpay[Symbol.dispose]();

Wechatpay.fromEnv();
Wechatpay.fromEnv({ WECHATPAY_MCHID: '1', KV: { binding: true } });

// As Cloudflare generates it: an interface, which has no index signature.
interface Env {
  WECHATPAY_MCHID: string;
  QUEUE: { send(message: unknown): Promise<void> };
}
declare const workerEnv: Env;
Wechatpay.fromEnv(workerEnv);
// @ts-expect-error no environment
Wechatpay.fromEnv('env');

const logged: Fetch = async (url, init) => {
  const response = await fetch(url, init);
  const sent: ArrayBuffer | undefined = init.body;
  if (sent !== undefined) new TextDecoder().decode(sent);
  return response;
};
new Wechatpay({ ...options, fetch, clock: Date.now });
new Wechatpay({ ...options, fetch: logged, baseUrl: 'https://x', timeout: 1, maxRetries: 0 });

// As the types of node have it.
interface IncomingMessage extends AsyncIterable<Uint8Array> {
  headers: { host?: string; [name: string]: string | string[] | undefined };
  headersDistinct: { [name: string]: string[] | undefined };
  rawHeaders: string[];
}
declare const incoming: IncomingMessage;
declare const fetched: Request;
// As those of AWS Lambda.
declare const event: {
  headers: { [name: string]: string | undefined };
  body: string | null;
  isBase64Encoded: boolean;
};
interface Transaction {
  out_trade_no: string;
}
const told: Notification<Transaction> = await wxpay.notification<Transaction>(fetched);
const tradeNo: string = told.resource.out_trade_no;
for (const request of [incoming, event] satisfies NotificationRequest[]) {
  const { resource } = await wxpay.notification(request);
  const unknownResource: unknown = resource;
  if (unknownResource === tradeNo) throw new Error('unreachable');
}
const body = new Uint8Array();
await wxpay.notification({ headers: incoming.rawHeaders, body });
await wxpay.notification({ headers: incoming.headersDistinct, body });
await wxpay.notification({ headers: fetched.headers, body: await fetched.text() });
await wxpay.notification({ headers: fetched.headers, body: await fetched.arrayBuffer() });
await wxpay.notification({ headers: new Map([['a', 'b']]), body: fetched.body });
await wxpay.notification({ headers: [['a', 'b']], body: incoming });
// @ts-expect-error a parsed body
await wxpay.notification({ headers: {}, body: { id: '1' } });
// @ts-expect-error no headers
await wxpay.notification({ body });
// @ts-expect-error the resource is not known
told.resource.mchid;

const received: NotificationAnswer = notificationAnswer();
new Response(received.body, received);
new Response(notificationAnswer(new Error('x')).body, notificationAnswer(undefined));
const promised: Promise<NotificationAnswer> = wxpay
  .notification(fetched)
  .then(() => notificationAnswer(), notificationAnswer);
await promised;

const sandbox = await createSandbox();
new Wechatpay(sandbox.options);
sandbox.faults = { drop: true, delay: 1, tamper: true, stale: true, unsigned: true };
sandbox.faults = { status: 503, times: 2 };
sandbox.faults = undefined;
const applied: SandboxFaults | undefined = sandbox.requests[0]?.faults ?? sandbox.faults;
const onRequest = (request: SandboxRequest) => console.log(request.verdict.reason);
await createSandbox({ onRequest, faults: applied });
const event: SandboxEvent = { eventType: 'TRANSACTION.SUCCESS', resource: { out_trade_no: '1' } };
const notification: SandboxNotification = sandbox.notification({ ...event, summary: 'x' });
new Request('https://x', { method: 'POST', ...notification });
const receipt: SandboxReceipt = await sandbox.notify(new URL('http://x'), event);
if (receipt.status === 204) throw new Error(receipt.body);
const verdict: boolean = sandbox.requests[0]?.verdict.ok ?? false;
await sandbox.close();
if (verdict) throw new Error('unreachable');

const error: unknown = undefined;
if (error instanceof ApiError) {
  const status: number = error.status;
  const retryable: boolean = error.retryable;
  const requestId: string | undefined = error.requestId;
  throw new Error(`${status} ${retryable} ${requestId} ${error.code}`);
}
if (error instanceof VerificationError && error.code === 'ERR_TIMESTAMP_SKEW') throw error;
if (error instanceof VerificationError && error.status === undefined) throw error;
if (error instanceof TransportError && error.code === 'ERR_TIMEOUT') throw error;
if (error instanceof WechatpayError) JSON.stringify(error.toJSON());

// @ts-expect-error a missing field
await wxpay.preEntrustSignApp({ appid: 'wx' });
// @ts-expect-error a field of the wrong type
await wxpay.preEntrustSignApp({ appid: 'wx', outContractCode: 1 });
// @ts-expect-error the wire's spelling
await wxpay.preEntrustSignApp({ appid: 'wx', out_contract_code: 'A' });
// @ts-expect-error an unknown field
await wxpay.preEntrustSignApp({ ...params, openid: 'o' });
// @ts-expect-error an unknown option
await wxpay.preEntrustSignApp(params, { singal: AbortSignal.timeout(1) });
// @ts-expect-error an unknown option of the client
new Wechatpay({ ...options, merchantId: '1' });
// @ts-expect-error a number where the merchant number belongs
new Wechatpay({ ...options, mchid: 1900007291 });
// @ts-expect-error certs are by id
new Wechatpay({ ...options, certs: ['pem'] });
// @ts-expect-error errors are not made by hand
new ConfigError('x');
// @ts-expect-error a code that does not exist
if (error instanceof TransportError && error.code === 'ERR_TIMEOUTS') throw error;
// @ts-expect-error an option of the sandbox that does not exist
await createSandbox({ host: 'x' });
// @ts-expect-error a fault that does not exist
await createSandbox({ faults: { tampr: true } });
// @ts-expect-error a fault of the wrong type
sandbox.faults = { delay: '200' };
// @ts-expect-error a notification about nothing
sandbox.notification({ eventType: 'TRANSACTION.SUCCESS' });
// @ts-expect-error the wire's spelling
sandbox.notification({ event_type: 'TRANSACTION.SUCCESS', resource: {} });
const callOptions: CallOptions = {};
// @ts-expect-error a signal is no number
callOptions.signal = 1;
