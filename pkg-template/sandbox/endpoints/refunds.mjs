import { text } from '../fields.mjs';
import { invalid } from '../money/problems.mjs';
import { refundOf } from '../money/refunds.mjs';
import { integer, list, object } from '../nested-fields.mjs';
import { paramError } from '../refusal.mjs';
import { merchantNumber, notifyUrl, optionalMchid } from './order-fields.mjs';

const PATH = '/v3/refund/domestic/refunds';
const optional = { optional: true };
const orderNumber = text({ max: 32, ...optional });

const goodsDetail = object({
  merchant_goods_id: text({ max: 32 }),
  wechatpay_goods_id: text({ max: 32, ...optional }),
  goods_name: text({ max: 256, ...optional }),
  unit_price: integer(),
  refund_amount: integer(),
  refund_quantity: integer({ min: 1 }),
});

/** Refunds and their query (WeChat Pay's pages "退款申请" and "查询单笔退款"). */
export const refunds = [
  Object.freeze({
    method: 'POST',
    path: PATH,
    body: Object.freeze({
      sub_mchid: optionalMchid,
      transaction_id: orderNumber,
      out_trade_no: orderNumber,
      out_refund_no: text({ max: 64, characters: '0-9A-Za-z_\\-|*@' }),
      reason: text({ max: 80, ...optional }),
      notify_url: notifyUrl(optional),
      funds_account: text({ max: 32, values: ['AVAILABLE', 'UNSETTLED'], ...optional }),
      amount: object({
        refund: integer({ min: 1 }),
        from: list(
          object({
            account: text({ max: 32, values: ['AVAILABLE', 'UNAVAILABLE'] }),
            amount: integer({ min: 1 }),
          }),
          { min: 0, max: 2, ...optional },
        ),
        total: integer({ min: 1 }),
        currency: text({ max: 16, values: ['CNY'] }),
      }),
      goods_detail: list(goodsDetail, { max: 3000, ...optional }),
    }),
    response(parameters, { money, now }) {
      if (parameters.transaction_id === undefined && parameters.out_trade_no === undefined) {
        throw paramError({
          field: '/transaction_id',
          value: '',
          issue: 'is required, or out_trade_no',
          location: 'body',
        });
      }
      const { refund, isNew } = money.refunds.make(parameters, now);
      if (!isNew) return refundOf(refund);
      money.refunded(refund);
      return refundOf(refund, 'PROCESSING');
    },
  }),
  Object.freeze({
    method: 'GET',
    path: `${PATH}/{out_refund_no}`,
    segments: Object.freeze({ out_refund_no: merchantNumber }),
    query: Object.freeze({ sub_mchid: optionalMchid }),
    response: (parameters, { money }) => refundOf(money.refunds.known(parameters)),
  }),
  Object.freeze({
    method: 'POST',
    path: `${PATH}/{refund_id}/apply-abnormal-refund`,
    documented: true,
    response: (parameters, context) => refundOf(mend(parameters, context), 'PROCESSING'),
  }),
];

/** Lets an abnormal refund reach the user, or the merchant, by another bank card. */
export function mend(parameters, { money, now }) {
  const found = money.refunds.byRefundId(parameters);
  if (found.outRefundNo !== parameters.out_refund_no) {
    throw invalid('out_refund_no is not that of the refund_id');
  }
  if (parameters.type === 'USER_BANK_CARD') requireCard(parameters);
  const refund = money.refunds.mend(found, now);
  money.refunded(refund);
  return refund;
}

function requireCard(parameters) {
  for (const name of ['bank_type', 'bank_account', 'real_name']) {
    if (parameters[name] !== undefined) continue;
    throw paramError({
      field: `/${name}`,
      value: '',
      issue: 'is required where type is USER_BANK_CARD',
      location: 'body',
    });
  }
}
