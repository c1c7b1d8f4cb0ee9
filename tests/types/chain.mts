// The chain: which paths its types know, what they accept, and what a call returns.

import type {
  ApiPaths,
  ApiV3,
  ApiV3Paths,
  ChainLink,
  ChainNode,
  ChainOptions,
  ChainQuery,
  ChainResponse,
} from 'wechatpay-wasm';
import { Wechatpay } from 'wechatpay-wasm';

declare const wxpay: Wechatpay;
const json = { appid: 'wx', out_contract_code: 'A' };
const order = {
  ...{ appid: 'wx', mchid: '1', description: 'd', out_trade_no: 'A', notify_url: 'https://x' },
  ...{ amount: { total: 1 }, payer: { openid: 'o' } },
};

interface PreSign {
  pre_entrustweb_id: string;
}

// The forms of the PHP SDK's documentation.
const { ecommerce } = wxpay.v3;
const response: ChainResponse<PreSign> =
  await ecommerce.individualContracts.preEntrustSign.app.post<PreSign>({ json });
const id: string = response.data.pre_entrustweb_id;
const status: number = response.status;
const type: string | undefined = response.headers['content-type'];
const requestId: string | undefined = response.requestId;
console.log(id, status, type, requestId);
await wxpay.chain('v3/ecommerce/individual-contracts/pre-entrust-sign/app').post({ json });
await wxpay['v3/ecommerce/individual-contracts/pre-entrust-sign/app'].post({ json });
await wxpay.v3.pay.transactions.id._transaction_id_.get({
  transaction_id: '1',
  query: { mchid: 1 },
});
const unread: ChainResponse = await wxpay.v3.certificates.getAsync();
const data: unknown = unread.data;
console.log(data);

// A response is typed, and a type of one's own replaces it.
const paid = await wxpay.v3.pay.transactions.jsapi.post({ json: order });
const prepayId: string = paid.data.prepay_id;
const mine: { mine: 1 } = (await wxpay.v3.pay.transactions.jsapi.post<{ mine: 1 }>({ json: order }))
  .data;
const async: string = (await wxpay.v3.pay.transactions.jsapi.postAsync({ json: order })).data
  .prepay_id;
const close = wxpay.v3.pay.transactions.outTradeNo._out_trade_no_.close;
const nothing: undefined = (await close.post({ out_trade_no: 'A', json: { mchid: '1' } })).data;
console.log(prepayId, mine, async, nothing);

// The three forms are one type.
const path = 'v3/pay/transactions/jsapi';
let same = wxpay.v3.pay.transactions.jsapi;
same = wxpay.chain(path);
same = wxpay[path];
const byName: ApiV3Paths[typeof path] = same;
const byPath: ApiPaths[typeof path] = byName;
const other = wxpay.chain('hk/v3/refunds');
console.log(byPath, other.post);

// The ways out: a type of one's own, and a path that is not a literal.
await wxpay.chain(path as string).post({ json: { nonsense: true } });
await wxpay.v3.pay.transactions.chain('jsapi').post({ json: { nonsense: true } });
await wxpay.v3.pay.transactions.jsapi.put({ json: { nonsense: true } });
await wxpay.v3.pay.transactons.jsapi.post({ json: { nonsense: true } });

// Any other path, and any link of a path.
const node: ChainNode = wxpay.v3.merchantService.complaintsV2;
const link: ChainLink = node;
await link.chain('{complaint_id}/response').post({ complaint_id: '1', json });
await node['negotiation-historys'].get();
await wxpay.v3.chain('x/{y}').z.put({ y: 1, json: [1] });
await wxpay.v3.x.patch();
await wxpay.v3.x.delete<undefined>({ headers: { 'Accept-Language': 'zh-CN', Accept: undefined } });
await wxpay.v3.x.Delete.postAsync();

// A known path has its own type, and each is a node like any other.
const known: ApiV3 = wxpay.v3;
const everywhere: ChainNode[] = [
  known,
  known.pay.transactions,
  known.pay.transactions.jsapi,
  known.pay.transactions.outTradeNo._out_trade_no_.close,
  wxpay.chain(path),
  wxpay.chain('v3/pay/transactions/unknown'),
  wxpay['v3/pay/transactions/unknown'],
];
console.log(everywhere);
const verb: ChainLink['get'] = node.get;
console.log(verb);

// A link that is awaited stays the same link.
const itself: ChainNode = await node;
console.log(itself);

const query: ChainQuery = { a: 'b', n: 1, yes: true, many: ['x', 2, undefined], none: undefined };
const options: ChainOptions = {
  json,
  query,
  headers: { Accept: 'application/json' },
  signal: AbortSignal.timeout(1),
  timeout: 1,
  maxRetries: 1,
  out_trade_no: 'A',
};
await node.post(options);
await node.post({ json: undefined, query: undefined, headers: undefined, timeout: undefined });

// A subclass may have its own members.
export class Shop extends Wechatpay {
  pay(): Promise<ChainResponse<PreSign>> {
    return this.v3.pay.transactions.jsapi.post({ json: order });
  }
}

// Fields that are encrypted: in a body alone, beside a variable of the path, and beside a header.
await wxpay.v3.applyment4sub.applyment.post({ json: {} as never, encrypt: ['contact_info.name'] });
await wxpay.v3.apply4sub.subMerchants._sub_mchid_.modifySettlement.post({
  ...{ sub_mchid: '1900000109', encrypt: ['account_number'], json: {} as never },
});

// The body as it was signed.
const text: string = (await wxpay.v3.certificates.get()).text;
console.log(text);

// Lists in pages: the items of a documented path are typed.
const month = { query: { begin_date: '2026-11-01', end_date: '2026-11-22' } };
for await (const complaint of wxpay.paginate('v3/merchant-service/complaints-v2', month)) {
  const complaintId: string | undefined = complaint.complaint_id;
  console.log(complaintId);
}
const history = 'v3/merchant-service/complaints-v2/{complaint_id}/negotiation-historys';
const paged = { complaint_id: '1', pageSize: 50, signal: AbortSignal.timeout(1), timeout: 1 };
for await (const { log_id: log } of wxpay.paginate(history, paged)) console.log(log);
interface MyItem {
  mine: 1;
}
const list: AsyncIterableIterator<MyItem> = wxpay.paginate<MyItem>('v3/new/list', { pageSize: 5 });
for await (const { mine } of wxpay.paginate<MyItem>(history, { complaint_id: '1' }))
  console.log(mine);
const anyPath: string = 'v3/new/list';
const first: IteratorResult<unknown> = await wxpay.paginate(anyPath, { items: 'list' }).next();
console.log(list, first);
