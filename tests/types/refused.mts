// What the types refuse. Each directive is above one line with one mistake. scripts/types.mjs also
// removes all directives, and expects an error on each of those lines and on no other line.

import type { CallOptions, DocumentedNotification, Fetch, WechatpayOptions } from 'wechatpay-wasm';
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
import { createSandbox } from 'wechatpay-wasm/sandbox';

declare const options: WechatpayOptions;
declare const wxpay: Wechatpay;
declare const error: unknown;
const params = { appid: 'wx', outContractCode: 'A' };
const identity = { realName: 'x', credType: 'ID_CARD', credId: '1' } as const;
const byOpenid = { appid: 'wx', openid: 'o', permissionType: 'INDIVIDUAL_PAYEE' } as const;

// @ts-expect-error an export that does not exist
export type Missing = import('wechatpay-wasm').Alipay;
// @ts-expect-error an internal file of the package
await import('wechatpay-wasm/dist/node.mjs');

// Clients.

// @ts-expect-error no options
new Wechatpay();
// @ts-expect-error called without new
Wechatpay(options);
// @ts-expect-error the merchant's credentials are missing
new Wechatpay({ baseUrl: 'https://x' });
// @ts-expect-error certs are missing
new Wechatpay({ mchid: '1', serial: '408B', privateKey: 'pem' });
// @ts-expect-error an unknown option
new Wechatpay({ ...options, merchantId: '1' });
// @ts-expect-error the wire's spelling of an option
new Wechatpay({ ...options, apiv3_key: 'k' });
// @ts-expect-error a number where the merchant number belongs
new Wechatpay({ ...options, mchid: 1900007291 });
// @ts-expect-error a key that is present, but undefined
new Wechatpay({ ...options, privateKey: undefined });
// @ts-expect-error a key as a list of numbers
new Wechatpay({ ...options, privateKey: [48, 130] });
// @ts-expect-error certs are by id
new Wechatpay({ ...options, certs: ['pem'] });
// @ts-expect-error certs of the wrong type
new Wechatpay({ ...options, certs: { PUB_KEY_ID_01: 1 } });
// @ts-expect-error automatic certificates are turned on with 'auto'
new Wechatpay({ ...options, certs: 'download' });
// @ts-expect-error no options of that name
await wxpay.certificates({ refresh: true });
// @ts-expect-error null is not an APIv3 key
new Wechatpay({ ...options, apiv3Key: null });
// @ts-expect-error a URL object
new Wechatpay({ ...options, baseUrl: new URL('https://x') });
// @ts-expect-error a timeout as text
new Wechatpay({ ...options, timeout: '10s' });
// @ts-expect-error a deadline as text
new Wechatpay({ ...options, deadline: '10s' });
// @ts-expect-error no serial number and no certificate
new Wechatpay({ mchid: '1', privateKey: 'pem', certs: {} });
// @ts-expect-error a key as JSON
new Wechatpay({ mchid: '1', serial: '408B', privateKey: { kty: 'RSA', n: '', e: '' }, certs: {} });
// @ts-expect-error no key and no signer
new Wechatpay({ mchid: '1', serial: '408B', certs: {} });
// @ts-expect-error a key and a signer
new Wechatpay({ mchid: '1', serial: '408B', certs: {}, privateKey: 'pem', signer: () => '' });
// @ts-expect-error a certificate that is no text and no bytes
new Wechatpay({ ...options, cert: true });
// @ts-expect-error a signer that gives a number
new Wechatpay({ mchid: '1', serial: '408B', certs: {}, signer: () => 7 });
// @ts-expect-error a hook that is not a function
new Wechatpay({ ...options, onRetry: true });
// @ts-expect-error a member that the event does not have
new Wechatpay({ ...options, onResponse: ({ headers }) => headers });
// @ts-expect-error a logger that is a name
new Wechatpay({ ...options, logger: 'console' });
// @ts-expect-error a method of a logger that is none
new Wechatpay({ ...options, logger: { info: true } });
// @ts-expect-error a member that the outcome does not have
new Wechatpay({ ...options, onError: ({ body }) => body });
// @ts-expect-error a number of retries as text
new Wechatpay({ ...options, maxRetries: 'two' });
// @ts-expect-error a clock that gives a Date
new Wechatpay({ ...options, clock: () => new Date() });
// @ts-expect-error a fetch that gives text
new Wechatpay({ ...options, fetch: async () => 'text' });
// @ts-expect-error no environment
Wechatpay.fromEnv('env');
// @ts-expect-error options cannot be changed through the client
wxpay.mchid = '1';

// Calls.

// @ts-expect-error no parameters
await wxpay.preEntrustSignApp();
// @ts-expect-error a missing field
await wxpay.preEntrustSignApp({ appid: 'wx' });
// @ts-expect-error a field that is present, but undefined
await wxpay.preEntrustSignApp({ ...params, appid: undefined });
// @ts-expect-error a field of the wrong type
await wxpay.preEntrustSignApp({ appid: 'wx', outContractCode: 1 });
// @ts-expect-error the wire's spelling
await wxpay.preEntrustSignApp({ appid: 'wx', out_contract_code: 'A' });
// @ts-expect-error an unknown field
await wxpay.preEntrustSignApp({ ...params, openid: 'o' });
// @ts-expect-error an unknown option
await wxpay.preEntrustSignApp(params, { singal: AbortSignal.timeout(1) });
// @ts-expect-error an option of the client, not of a call
await wxpay.preEntrustSignApp(params, { baseUrl: 'https://x' });
// @ts-expect-error a number as the signal
export const wrongSignal: CallOptions = { signal: 1 };
// @ts-expect-error the controller in place of its signal
await wxpay.preEntrustSignApp(params, { signal: new AbortController() });
// @ts-expect-error a missing field, without a client
await preEntrustSignApp({ outContractCode: 'A' });
// @ts-expect-error the response's name on the wire
(await wxpay.preEntrustSignApp(params)).pre_entrustweb_id;
// @ts-expect-error a promise that was not awaited
wxpay.preEntrustSignApp(params).preEntrustwebId;
// @ts-expect-error a call that does not exist
await wxpay.preEntrustSignMiniprogram(params);
// @ts-expect-error the bytes that were signed are not text
export const changed: Fetch = async (url, { body }) => fetch(url, { body: body?.trim() });

// The calls for individual contracts.

// @ts-expect-error an openid is missing
await wxpay.preEntrustSignMiniProgram(params);
// @ts-expect-error an identity is missing
await wxpay.preEntrustSignAppWithRealName(params);
// @ts-expect-error a kind of document that does not exist
await wxpay.preEntrustSignAppWithRealName({ ...params, ...identity, credType: 'PASSPORT' });
// @ts-expect-error a kind of document in the wrong case
await wxpay.preEntrustSignAppWithRealName({ ...params, ...identity, credType: 'id_card' });
// @ts-expect-error a number that is not text
await wxpay.preEntrustSignAppWithRealName({ ...params, ...identity, credId: 11010519491231 });
// @ts-expect-error an openid in a call of an app
await wxpay.preEntrustSignAppWithRealName({ ...params, ...identity, openid: 'o' });
// @ts-expect-error an identity without an openid
await wxpay.preEntrustSignMiniProgramWithRealName({ ...params, ...identity });
// @ts-expect-error the wire's spelling
await wxpay.queryContractByOutContractCode({ appid: 'wx', out_contract_code: 'A' });
// @ts-expect-error the openid is missing
await wxpay.queryContractByOpenid({ appid: 'wx' });
// @ts-expect-error an unknown permission type
await wxpay.queryContractByOpenid({ appid: 'wx', openid: 'o', permissionType: 'MERCHANT' });
// @ts-expect-error it may be undefined
export const openid: string = (await wxpay.queryContractByOutContractCode(params)).individualOpenid;
// @ts-expect-error it may be undefined
(await wxpay.queryContractByOutContractCode(params)).realNameAuthResult.accessToken;
// @ts-expect-error a field of the other query's response
(await wxpay.queryContractByOpenid(byOpenid)).signedTime;
// @ts-expect-error the other spelling of the pre-sign id
await wxpay.appLaunchParams({ ...params, preEntrustWebId: 'x' });
// @ts-expect-error the call sends nothing, and has no options
await wxpay.appLaunchParams({ ...params, preEntrustwebId: 'x' }, { timeout: 1 });
// @ts-expect-error the caller cannot choose the message
await wxpay.echo('hello');

// Notifications.

// @ts-expect-error a parsed body
await wxpay.notification({ headers: {}, body: { id: '1' } });
// @ts-expect-error no headers
await wxpay.notification({ body: 'x' });
// @ts-expect-error the type of the resource is unknown
(await wxpay.notification({ headers: {}, body: 'x' })).resource.mchid;

declare const refunded: DocumentedNotification<'REFUND.SUCCESS'>;
// @ts-expect-error a field that the event's resource does not have
refunded.resource.refundId;
// @ts-expect-error the event was not compared with anything
(await wxpay.notification({ headers: {}, body: 'x' })).resource.refund_id;

// Errors.

// @ts-expect-error errors cannot be constructed
new ConfigError();
// @ts-expect-error also not with a message
new WechatpayError('x');
// @ts-expect-error a code that does not exist
if (error instanceof TransportError && error.code === 'ERR_TIMEOUTS') throw error;
// @ts-expect-error another class's code
if (error instanceof VerificationError && error.code === 'ERR_TIMEOUT') throw error;
// @ts-expect-error another class's code
if (error instanceof ConfigError && error.code === 'ERR_PARAM') throw error;
// @ts-expect-error another class's code
if (error instanceof ValidationError && error.code === 'ERR_CONFIG') throw error;
// @ts-expect-error WeChat Pay's codes are strings
if (error instanceof ApiError && error.code === 400) throw error;
// @ts-expect-error every error has a code, but no status
if (error instanceof WechatpayError) error.status;
// @ts-expect-error the type of a detail is unknown
if (error instanceof ApiError) error.detail.field;
// @ts-expect-error a code cannot be changed
if (error instanceof ApiError) error.code = 'SIGN_ERROR';

// The cashier, encrypted fields, uploads and downloads.

const order = { appid: 'wx', prepayId: 'id' };
const hash = { hashType: 'SHA1', hashValue: '79bb' } as const;
// @ts-expect-error no type, but the type decides what is signed
await wxpay.paySign(order);
// @ts-expect-error a type without a cashier in WeChat
await wxpay.paySign({ type: 'native', ...order });
// @ts-expect-error the wire's spelling
await wxpay.paySign({ type: 'app', appid: 'wx', prepay_id: 'id' });
// @ts-expect-error a partner's number in a type that shows none
await wxpay.paySign({ type: 'jsapi', ...order, partnerid: '19' });
// @ts-expect-error an app has other members
(await wxpay.paySign({ type: 'app', ...order })).paySign;
// @ts-expect-error a mini program knows its own appid
(await wxpay.paySign({ type: 'miniprogram', ...order })).appId;
// @ts-expect-error bytes where base64 belongs
await wxpay.decrypt(new Uint8Array());
// @ts-expect-error a file's path in place of its bytes
await wxpay.upload('/v3/x', { file: 'a.jpg' });
// @ts-expect-error no file
await wxpay.upload('/v3/x', { filename: 'a.jpg' });
// @ts-expect-error a stream of text
await wxpay.upload('/v3/x', { file: new ReadableStream<string>() });
// @ts-expect-error the response of an upload has the wire's name media_id
(await wxpay.upload('/v3/x', { file: new Uint8Array() })).mediaId;
// @ts-expect-error a download without its hash
await wxpay.download('https://x');
// @ts-expect-error a word that is not given
await wxpay.download('https://x', { acceptUnverifiedFile: false });
// @ts-expect-error a short word
await wxpay.download('https://x', { unverified: true });
// @ts-expect-error a file that has a hash is verified
await wxpay.download('https://x', { ...hash, acceptUnverifiedFile: true });
// @ts-expect-error nobody verified it, and it is no plain bytes
(await wxpay.downloadBytes('/v3/x', { acceptUnverifiedFile: true })).byteLength;

// Lists in pages.

// @ts-expect-error a query that is needed
wxpay.paginate('v3/merchant-service/complaints-v2');
// @ts-expect-error a misspelt parameter
wxpay.paginate('v3/merchant-service/complaints-v2', { query: { begin: '2026-11-01' } });
// @ts-expect-error a variable that is missing
wxpay.paginate('v3/merchant-service/complaints-v2/{complaint_id}/negotiation-historys', {});
// @ts-expect-error the page size has a name of its own
wxpay.paginate('v3/iotmanage/devices', { query: { limit: 10 } });
// @ts-expect-error an unknown unit
wxpay.paginate('v3/new/list', { offsetCounts: 'bytes' });
// @ts-expect-error a body
wxpay.paginate('v3/new/list', { json: {} });
// @ts-expect-error it is no promise
(await wxpay.paginate('v3/new/list')).length;

// Several merchants.

// @ts-expect-error one client
await Wechatpay.notificationOf(wxpay, new Request('https://x'));
// @ts-expect-error no client
await Wechatpay.notificationOf([{}], new Request('https://x'));
// @ts-expect-error a type of hash that is no text
await wxpay.download('https://x', { hashType: 1, hashValue: '79bb' });
// @ts-expect-error a URL object
await wxpay.download(new URL('https://x'), hash);
// @ts-expect-error a stream is not bytes
(await wxpay.download('https://x', hash)).byteLength;

// The sandbox.

// @ts-expect-error an option of the sandbox that does not exist
await createSandbox({ host: '0.0.0.0' });
// @ts-expect-error a port as text
await createSandbox({ port: '8080' });
// @ts-expect-error a clock that gives text
await createSandbox({ clock: () => '2026' });
// @ts-expect-error a merchant of no kind
await createSandbox({ merchant: 'new' });
// @ts-expect-error a response without a path
(await createSandbox()).respond('POST', { code: 'NOT_ENOUGH' });
// @ts-expect-error not awaited
createSandbox().options;
// @ts-expect-error the state of a sandbox is the path of a file
await createSandbox({ state: true });
// @ts-expect-error an order is paid by its number
(await createSandbox()).pay({ out_trade_no: 'ORDER_1' });
// @ts-expect-error an option of trigger that does not exist
(await createSandbox()).trigger('REFUND.SUCCESS', {}, { attempts: 1 });
// @ts-expect-error the properties of a sandbox cannot be changed
(await createSandbox()).url = 'https://x';
// @ts-expect-error a fault that does not exist
await createSandbox({ faults: { broken: true } });
// @ts-expect-error a fault of another type
await createSandbox({ faults: { delay: '1 s' } });
// @ts-expect-error a notification without a resource
(await createSandbox()).notification({ eventType: 'TRANSACTION.SUCCESS' });

// The chain.

// @ts-expect-error a chain begins at v3
wxpay.v2.pay.post();
// @ts-expect-error a path of another version
wxpay['v2/pay'].post();
// @ts-expect-error no path
wxpay.chain();
// @ts-expect-error a path in parts
wxpay.chain(['v3', 'certificates']);
// @ts-expect-error a path is not a function
wxpay.v3.certificates();
// @ts-expect-error a method that APIv3 does not have
wxpay.v3.get.head();
// @ts-expect-error a body of text, which would be serialized again
await wxpay.v3.x.post({ json: '{}' });
// @ts-expect-error null is not a body
await wxpay.v3.x.post({ json: null });
// @ts-expect-error a GET has no body
await wxpay.v3.x.get({ json: {} });
// @ts-expect-error null is not a value
await wxpay.v3.x.get({ query: { a: null } });
// @ts-expect-error a query of text
await wxpay.v3.x.get({ query: 'a=b' });
// @ts-expect-error a header that is not text
await wxpay.v3.x.get({ headers: { Accept: 1 } });
// @ts-expect-error a timeout as text
await wxpay.v3.x.get({ timeout: '1' });
// @ts-expect-error the body is not the first argument
await wxpay.v3.x.post('{}');
// @ts-expect-error the type of the data is unknown without a type argument
(await wxpay.v3.x.get()).data.code_url;
// @ts-expect-error a path cannot be assigned
wxpay.v3.x = wxpay.v3.y;

// The documented paths. tests/types/messages.test.mjs holds what the compiler says.

const { transactions } = wxpay.v3.pay;
// @ts-expect-error the fields that an order needs are missing
await transactions.native.post({ json: { appid: 'wx' } });
// @ts-expect-error no body
await transactions.native.post();
// @ts-expect-error the same in each form
await wxpay.chain('v3/pay/transactions/native').post({ json: {} });
// @ts-expect-error the same in each form
await wxpay['v3/pay/transactions/native'].postAsync({ json: {} });
// @ts-expect-error a variable of the path is missing
await transactions.id._transaction_id_.get({ query: { mchid: '1' } });
// @ts-expect-error a field that the response does not have
(await wxpay.v3.certificates.get()).data.certificates;
const { close } = transactions.outTradeNo._out_trade_no_;
// @ts-expect-error the response has no body
(await close.post({ out_trade_no: 'A', json: { mchid: '1' } })).data.code;
// @ts-expect-error an upload is not JSON
await wxpay.v3.merchant.media.upload.post({ json: {} });
// @ts-expect-error a file is downloaded
await wxpay.v3.billdownload.file.get({ query: { token: 'x' } });
// @ts-expect-error the response of this upload has an address, and no id
(await wxpay.upload('/v3/marketing/favor/media/image-upload', { file: new Blob() })).media_id;
