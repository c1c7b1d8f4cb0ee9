// The forms of the chain under `noUncheckedIndexedAccess`, where what an index signature gives may be
// undefined. A documented path is a property of its own.

import type { Wechatpay } from 'wechatpay-wasm';

declare const wxpay: Wechatpay;

export const bill: string | undefined = (
  await wxpay['v3/bill/tradebill'].get({ query: { bill_date: '2026-11-22' } })
).data.download_url;

await wxpay.v3.pay.transactions.id._transaction_id_.get({
  transaction_id: '1217752501201407033233368018',
  query: { mchid: '1900007291' },
});

// Of a path that nobody documents the compiler knows nothing; `chain` gives it.
await wxpay.chain('v3/new/path').post({ json: {} });
// @ts-expect-error it may be undefined
await wxpay['v3/new/path'].post({ json: {} });
