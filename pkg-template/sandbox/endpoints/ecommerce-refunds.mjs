import { invalid } from '../money/problems.mjs';
import { refundOf } from '../money/refunds.mjs';
import { paramError } from '../refusal.mjs';
import { mend } from './refunds.mjs';

const FAMILY = '/v3/ecommerce/refunds';

/** The refunds of an e-commerce platform: those of `/v3/refund/domestic/refunds` by other names. */
export const ecommerceRefunds = [
  endpoint('POST', `${FAMILY}/apply`, (parameters, { money, now }) => {
    const { transaction_id: id, out_trade_no: number, amount } = parameters;
    if (id === undefined && number === undefined) {
      throw paramError({
        field: '/transaction_id',
        value: '',
        issue: 'is required, or out_trade_no: the sandbox refunds no combined order as a whole',
        location: 'body',
      });
    }
    if (amount.refund < 1) throw invalid('amount.refund is less than 1');
    const { refund, isNew } = money.refunds.make(parameters, now);
    if (isNew) money.refunded(refund);
    const { refund_id, out_refund_no, create_time, amount: refunded } = refundOf(refund);
    return {
      refund_id,
      out_refund_no,
      create_time,
      amount: amountOf(refunded),
      promotion_detail: [],
      ...(parameters.refund_account === undefined
        ? {}
        : { refund_account: parameters.refund_account }),
    };
  }),
  endpoint('GET', `${FAMILY}/id/{refund_id}`, (parameters, { money }) =>
    described(refundOf(money.refunds.byRefundId(parameters))),
  ),
  endpoint('GET', `${FAMILY}/out-refund-no/{out_refund_no}`, (parameters, { money }) =>
    described(refundOf(money.refunds.known(parameters))),
  ),
  endpoint('POST', `${FAMILY}/{refund_id}/apply-abnormal-refund`, (parameters, context) =>
    described(refundOf(mend(parameters, context), 'PROCESSING')),
  ),
];

// The documents spell the state of a refund that was closed differently here.
function described({ status, amount, ...more }) {
  return { ...more, status: status === 'CLOSED' ? 'CLOSE' : status, amount: amountOf(amount) };
}

function amountOf({ refund, from, payer_refund, discount_refund, currency }) {
  return { refund, from, payer_refund, discount_refund, currency };
}

function endpoint(method, path, response) {
  return Object.freeze({ method, path, documented: true, response });
}
