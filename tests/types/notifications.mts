// Notifications, and the sandbox's functions besides responding, with the types of any runtime next
// to the package's.

import type {
  DocumentedNotification,
  EventType,
  Notification,
  NotificationContext,
  NotificationEvent,
  NotificationRequest,
  NotificationResponse,
} from 'wechatpay-wasm';
import { notificationResponse, Wechatpay } from 'wechatpay-wasm';
import type {
  SandboxAttempt,
  SandboxDelivery,
  SandboxEvent,
  SandboxFaults,
  SandboxNotification,
  SandboxReceipt,
  SandboxRequest,
  SandboxTrigger,
  SandboxTriggerOptions,
} from 'wechatpay-wasm/sandbox';
import { createSandbox } from 'wechatpay-wasm/sandbox';

const sandbox = await createSandbox();
const wxpay = new Wechatpay(sandbox.options);

// As in the types of Node.
interface IncomingMessage extends AsyncIterable<Uint8Array> {
  headers: { host?: string; [name: string]: string | string[] | undefined };
  headersDistinct: { [name: string]: string[] | undefined };
  rawHeaders: string[];
}
declare const incoming: IncomingMessage;
declare const fetched: Request;
// As in the types of AWS Lambda.
declare const invoked: {
  headers: { [name: string]: string | undefined };
  body: string | null;
  isBase64Encoded: boolean;
};
interface Transaction {
  out_trade_no: string;
}
const typed: Notification<Transaction> = await wxpay.notification<Transaction>(fetched);
const tradeNo: string = typed.resource.out_trade_no;
const requests: NotificationRequest[] = [incoming, invoked];
for (const request of requests) {
  const { resource } = await wxpay.notification(request);
  const unknownResource: unknown = resource;
  if (unknownResource === tradeNo) throw new Error('unreachable');
}

// The event types the resource, also where both were taken apart. Any other text is an event, too.
const arrived: NotificationEvent = await wxpay.notification(fetched);
if (arrived.eventType === 'TRANSACTION.SUCCESS') {
  const success: DocumentedNotification<'TRANSACTION.SUCCESS'>['resource'] = arrived.resource;
  const number: string | undefined = arrived.resource.out_trade_no;
  console.log(success, number);
}
switch (arrived.eventType) {
  case 'REFUND.SUCCESS':
  case 'REFUND.CLOSED':
    console.log(arrived.resource.refund_id, arrived.resource.amount?.refund);
    break;
  case 'SOMETHING.NEW': {
    const resource: Transaction = arrived.resource;
    console.log(resource);
    break;
  }
  default:
    if (arrived.resource === undefined) throw new Error('unreachable');
}
const { eventType, resource } = arrived;
if (eventType === 'REFUND.ABNORMAL') console.log(resource.out_refund_no);
const text: string = eventType;
const names: EventType[] = ['TRANSACTION.SUCCESS', 'SOMETHING.NEW', text];
const general: Notification = arrived;
console.log(names, general);

const body = new Uint8Array();
await wxpay.notification({ headers: incoming.headers, body: undefined, rawBody: body });
const contexts: NotificationContext[] = [
  { raw: fetched },
  { req: { raw: fetched } },
  { req: incoming },
  { node: { req: incoming } },
  { web: { request: fetched } },
  { request: fetched },
];
for (const context of contexts) await wxpay.notification(context);
await wxpay.notification({ headers: incoming.rawHeaders, body });
await wxpay.notification({ headers: incoming.headersDistinct, body });
await wxpay.notification({ headers: fetched.headers, body: await fetched.text() });
await wxpay.notification({ headers: fetched.headers, body: await fetched.arrayBuffer() });
await wxpay.notification({ headers: fetched.headers, body: await fetched.blob() });
await wxpay.notification({ headers: new Map([['a', 'b']]), body: fetched.body });
const pairs: [string, string][] = [['a', 'b']];
await wxpay.notification({ headers: pairs, body: incoming });

const received: NotificationResponse = notificationResponse();
new Response(received.body, received);
new Response(notificationResponse(new Error('x')).body, notificationResponse(undefined));
const promised: Promise<NotificationResponse> = wxpay
  .notification(fetched)
  .then(() => notificationResponse(), notificationResponse);
await promised;

sandbox.faults = { drop: true, delay: 1, tamper: true, stale: true, unsigned: true };
sandbox.faults = { status: 503, times: 2 };
sandbox.faults = undefined;
const applied: SandboxFaults | undefined = sandbox.requests[0]?.faults ?? sandbox.faults;
const onRequest = (request: SandboxRequest) => console.log(request.result.reason);
await createSandbox({ onRequest, faults: applied });
const event: SandboxEvent = { eventType: 'TRANSACTION.SUCCESS', resource: { out_trade_no: '1' } };
const notification: SandboxNotification = sandbox.notification({ ...event, summary: 'x' });
new Request('https://x', { method: 'POST', ...notification });
const receipt: SandboxReceipt = await sandbox.notify('http://x', event);
if (receipt.status === 204) throw new Error(receipt.body);
await sandbox.notify(new URL('http://x'), event);

const onDelivery = ({ eventType, url }: SandboxDelivery) => console.log(eventType, url);
await createSandbox({ onDelivery, state: 'state' });
const delivery: SandboxDelivery = await sandbox.pay('ORDER_1');
const attempt: SandboxAttempt | undefined = delivery.attempts[0];
console.log(attempt?.status, attempt?.body, attempt?.error?.message, delivery.delivered);
const confirmed: SandboxDelivery | undefined = await sandbox.confirmTransfer('BILL1');
console.log(confirmed?.notification.body);
sandbox.terminateContract('APPLYMENT_1');
const fields: SandboxTrigger = { to: 'http://x', amount: { total: 1 }, trade_state: undefined };
const once: SandboxTriggerOptions = { maxAttempts: 1, signedBy: 'certificate' };
await sandbox.trigger('TRANSACTION.SUCCESS', fields, once);

// Several merchants on one URL.
class Mine extends Wechatpay {}
const mine = [new Mine(sandbox.options)];
const ours = await Wechatpay.notificationOf(mine, fetched);
const whose: Mine = ours.wxpay;
if (ours.notification.eventType === 'TRANSACTION.SUCCESS') {
  console.log(ours.notification.resource.out_trade_no);
}
const ofMine = await Wechatpay.notificationOf<Transaction>(mine, fetched);
const transaction: Transaction = ofMine.notification.resource;
console.log(whose, transaction);
