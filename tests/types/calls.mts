// What the types accept, with the types of any runtime next to them.

import type {
  CallOptions,
  FailureEvent,
  Fetch,
  FetchInit,
  FetchResponse,
  LogFields,
  Logger,
  NotificationOutcome,
  PlatformCertificate,
  PreEntrustSign,
  PreEntrustSignAppParams,
  RequestEvent,
  ResponseEvent,
  RetryEvent,
  Signer,
  SuccessEvent,
  WechatpayOptions,
} from 'wechatpay-wasm';
import {
  ApiError,
  ConfigError,
  preEntrustSignApp,
  TransportError,
  ValidationError,
  VerificationError,
  Wechatpay,
  WechatpayError,
} from 'wechatpay-wasm';
import type {
  Sandbox,
  SandboxClientOptions,
  SandboxOptions,
  SandboxRequest,
  SandboxResult,
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

const signer: Signer = (message) => crypto.subtle.sign('RSASSA-PKCS1-v1_5', cryptoKey, message);
declare const cryptoKey: Parameters<typeof crypto.subtle.sign>[1];
const remote: WechatpayOptions = { mchid: '1', serial: '408B', certs: {}, signer };
new Wechatpay(remote);
new Wechatpay({ mchid: '1', serial: '408B', certs: {}, signer: () => 'base64' });
new Wechatpay({ mchid: '1', cert: 'pem', certs: {}, signer });
new Wechatpay({ mchid: '1', cert: 'pem', serial: undefined, certs: {}, privateKey: cryptoKey });
new Wechatpay({ ...remote, cert: 'pem' });
new Wechatpay({ ...remote, cert: new Uint8Array(2) });
new Wechatpay({
  ...options,
  deadline: 30_000,
  onRetry: ({ attempt, delay, error, host }: RetryEvent) =>
    console.log(attempt + delay, error.code, host.length),
  onRequest: ({ call, callId, start, template, host, own }: RequestEvent) =>
    console.log(call + (template ?? ''), callId + start, host.length, own),
  onSuccess: ({ call, duration, attempts, status, requestId }: SuccessEvent) =>
    console.log(call, duration + attempts + (status ?? 0), requestId?.length),
  onError({ error, aborted, path }: FailureEvent) {
    if (error instanceof WechatpayError && !aborted) console.log(error.code, path?.length);
  },
  onNotification: ({ id, eventType, verified, error }: NotificationOutcome) =>
    console.log(id?.length, eventType?.length, verified, error),
  logger: console,
  async onResponse({ method, path, status, requestId, attempt, duration }: ResponseEvent) {
    const line: string = [method, path, requestId ?? '-'].join(' ');
    console.log(line, status + attempt + duration);
  },
});
await wxpay.preEntrustSignApp(params, { deadline: 1, maxRetries: 2 });
const logger: Logger = { info: (line, { event, callId }: LogFields) => `${line}${event}${callId}` };
new Wechatpay({ ...options, logger });
new Wechatpay({ ...options, logger: { ...console, debug: undefined } });

new Wechatpay({ ...options, certs: 'auto', apiv3Key: 'k' });
new Wechatpay({ ...options, certs: { PUB_KEY_ID_01: 'pem', auto: true }, apiv3Key: 'k' });
const [certificate]: PlatformCertificate[] = await wxpay.certificates({ timeout: 1 });
if (certificate !== undefined) {
  const { serialNo, effectiveTime, expireTime, certificate: pem } = certificate;
  new Wechatpay({ ...options, certs: { [serialNo]: pem, [effectiveTime]: expireTime } });
}

const seen: FetchInit[] = [];
const logged: Fetch = async (url, init) => {
  seen.push(init);
  const response: FetchResponse = await fetch(url, init);
  const sent: ArrayBuffer | undefined = init.body;
  if (sent !== undefined) new TextDecoder().decode(sent);
  return response;
};
new Wechatpay({ ...options, fetch, clock: Date.now });
new Wechatpay({ ...options, fetch: logged, baseUrl: 'https://x', timeout: 1, maxRetries: 0 });

// Missing variables of the environment are left undefined: under exactOptionalPropertyTypes too.
const absent: { text?: string | undefined; number?: number | undefined } = {};
new Wechatpay({
  ...options,
  apiv3Key: absent.text,
  baseUrl: absent.text,
  timeout: absent.number,
  maxRetries: absent.number,
  fetch: undefined,
  clock: undefined,
});
const callOptions: CallOptions = {
  signal: undefined,
  timeout: absent.number,
  maxRetries: absent.number,
};
await wxpay.preEntrustSignApp(params, callOptions);

const sandboxOptions: SandboxOptions = {
  port: 0,
  allowedHosts: ['host.docker.internal'],
  address: '0.0.0.0',
  merchant: 'migrating',
  strict: true,
  clock: () => Date.now() + 600_000,
};
const sandbox: Sandbox = await createSandbox(sandboxOptions);
const clientOptions: SandboxClientOptions = sandbox.options;
new Wechatpay(clientOptions);
new Wechatpay({ ...sandbox.options, timeout: 1_000 });
sandbox.respond('POST', '/v3/refund/domestic/refunds', { code: 'NOT_ENOUGH', times: 1 });
sandbox.respond('GET', '/v3/certificates', undefined);
const request: SandboxRequest | undefined = sandbox.requests[0];
const result: SandboxResult | undefined = request?.result;
const message: string | undefined = request?.message;
const body: Uint8Array | undefined = request?.body;
const contentType: string | undefined = request?.headers['content-type'];
const notes: readonly string[] = request?.notes ?? [];
const checked: [boolean, number, string | undefined, string] | undefined = result && [
  result.ok,
  result.status,
  result.code,
  result.reason,
];
console.log(request?.method, request?.url, message, body, contentType, notes, checked);
sandbox.requests.length = 0;
await sandbox.close();
await sandbox[Symbol.asyncDispose]();

declare const error: unknown;
if (error instanceof WechatpayError) {
  const code: string = error.code;
  const cause: unknown = error.cause;
  console.log(code, cause, JSON.stringify(error), error.toJSON());
}
if (error instanceof ConfigError) {
  const code: 'ERR_CONFIG' = error.code;
  const option: string = error.option;
  console.log(code, option);
}
if (error instanceof ValidationError) {
  const code: 'ERR_PARAM' = error.code;
  const field: string = error.field;
  console.log(code, field);
}
if (error instanceof ApiError) {
  const status: number = error.status;
  const detail: unknown = error.detail;
  const requestId: string | undefined = error.requestId;
  const verified: boolean = error.verified;
  const retryable: boolean = error.retryable;
  if (error.code === 'SIGN_ERROR') console.log(status, detail, requestId, verified, retryable);
}
if (error instanceof VerificationError) {
  const status: number | undefined = error.status;
  const requestId: string | undefined = error.requestId;
  console.log(status, requestId, asText(error.code));
}
if (error instanceof TransportError) {
  const attempts: number = error.attempts;
  console.log(attempts, asText(error.code));
  const {
    sent,
    host,
    reason,
  }: { sent: boolean; host?: string | undefined; reason?: string | undefined } = error;
  console.log(sent, host, reason);
}

// Every code, and no other: without one of them the `switch` would not be exhaustive.
function asText(code: VerificationError['code'] | TransportError['code']): string {
  switch (code) {
    case 'ERR_SIGNATURE_MISSING':
    case 'ERR_SIGNATURE_INVALID':
    case 'ERR_SIGNATURE_PROBE':
    case 'ERR_TIMESTAMP_SKEW':
    case 'ERR_SERIAL_UNKNOWN':
    case 'ERR_HASH_MISMATCH':
      return 'perhaps carried out, and not verified';
    case 'ERR_NETWORK':
    case 'ERR_TIMEOUT':
    case 'ERR_REDIRECT':
    case 'ERR_RESPONSE_TOO_LARGE':
    case 'ERR_RESPONSE_INVALID':
      return 'perhaps carried out, and no response';
    case 'ERR_TOO_MANY_NOTIFICATIONS':
      return 'sent again by WeChat Pay';
  }
}

// node-fetch's body is a stream of node.
const iterated: Fetch = async () => ({
  status: 200,
  redirected: false,
  headers: new Headers(),
  body: (async function* parts() {
    yield new Uint8Array(1);
  })(),
});
new Wechatpay({ ...options, fetch: iterated });
