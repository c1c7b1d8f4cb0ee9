// The names that the examples of README and TSDoc use without a declaration.

declare const mchid: string;
declare const serial: string;
declare const cert: string;
declare const der: ArrayBuffer;
declare const privateKey: string;
declare const certs: Record<string, string>;
declare const appid: string;
declare const cryptoKey: Parameters<typeof crypto.subtle.sign>[1];
declare const signer: import('wechatpay-wasm').Signer;
declare const outContractCode: string;
declare const prepayId: string;
declare const complaint: { payer_phone: string };
declare const openid: string;
declare const preEntrustwebId: string;
declare const realName: string;
declare const credId: string;
declare const identity: import('wechatpay-wasm').Identity;
declare const leave: import('wechatpay-wasm').RealNameAuthResult;
declare const launched: import('wechatpay-wasm').AppLaunchParams;

declare const options: import('wechatpay-wasm').WechatpayOptions;
declare const params: import('wechatpay-wasm').PreEntrustSignAppParams;
declare const wxpay: import('wechatpay-wasm').Wechatpay;
declare const sandbox: import('wechatpay-wasm/sandbox').Sandbox;
declare const error: unknown;
type Transactions = import('wechatpay-wasm').Wechatpay['v3']['pay']['transactions'];
declare const json: Parameters<Transactions['jsapi']['post']>[0]['json'];
declare const order: Parameters<Transactions['native']['post']>[0]['json'];

interface Transaction {
  out_trade_no: string;
}
declare function received(id: string, eventType: string, resource: unknown): Promise<void>;
declare function settle(transaction: Transaction): Promise<void>;
declare const gatewayEvent: { headers: Record<string, string>; body: string };
declare const rawBody: Uint8Array;
declare const event: import('wechatpay-wasm/sandbox').SandboxEvent;
declare function handler(request: Request): Promise<Response>;
interface ExpressResponse {
  status(code: number): ExpressResponse;
  set(headers: Record<string, string>): ExpressResponse;
  send(body: string | null): void;
}
type ExpressHandler = (
  request: import('wechatpay-wasm').NotificationRequest,
  response: ExpressResponse,
) => void;
declare const express: { raw(options: { type: string }): ExpressHandler };
declare const app: { post(path: string, ...handlers: ExpressHandler[]): void };

declare const url: string;
declare const init: import('wechatpay-wasm').FetchInit;
declare const request: Request;
declare const reply: { status(code: number): { send(body: object): void } };
interface Env {
  WECHATPAY_MCHID: string;
}

declare const readFile: typeof import('node:fs/promises').readFile;
declare const writeFile: typeof import('node:fs/promises').writeFile;
declare const rename: typeof import('node:fs/promises').rename;
declare const picture: import('wechatpay-wasm').UploadParams;
declare const bill: { download_url: string; hash_type: 'SHA1'; hash_value: string };
declare function handle(request: Request, client: import('wechatpay-wasm').Wechatpay): Response;
type LogMethod = (fields: object, line: string) => void;
declare const pino: Record<'debug' | 'info' | 'warn' | 'error', LogMethod>;
declare function log(...words: (string | undefined)[]): void;
declare function alert(...words: (string | undefined)[]): void;
declare function alertSomebody(error: Error): void;
declare function again(): Promise<import('wechatpay-wasm').PreEntrustSign>;
declare function queryState(): Promise<void>;
