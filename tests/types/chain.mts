// The chain: which paths its types know, what they accept, and what a call returns.

import type {
  ChainLink,
  ChainNode,
  ChainOptions,
  ChainPaths,
  ChainQuery,
  ChainResponse,
  ChainTransactions,
  ChainTree,
} from 'wechatpay-wasm';
import { Wechatpay } from 'wechatpay-wasm';

declare const wxpay: Wechatpay;
const json = { appid: 'wx', out_contract_code: 'A' };

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

// Any other path, and any link of a path.
const node: ChainNode = wxpay.v3.merchantService.complaintsV2;
const link: ChainLink = node;
await link.chain('{complaint_id}/response').post({ complaint_id: '1', json });
await node['negotiation-historys'].get();
await wxpay.v3.chain('x/{y}').z.put({ y: 1, json: [1] });
await wxpay.v3.x.patch();
await wxpay.v3.x.delete<undefined>({ headers: { 'Accept-Language': 'zh-CN', Accept: undefined } });
await wxpay.v3.x.Delete.postAsync();

// A known path has its own type: completion offers it, and no property of a link is a segment.
const known: ChainTree<ChainPaths> = wxpay.v3;
const transactions: ChainTree<ChainTransactions> = known.pay.transactions;
const everywhere: ChainNode[] = [
  known,
  transactions.jsapi,
  transactions.outTradeNo._out_trade_no_.close,
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
    return this.v3.pay.transactions.jsapi.post({ json });
  }
}
