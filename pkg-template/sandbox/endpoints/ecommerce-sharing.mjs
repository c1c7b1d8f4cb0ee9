import { invalid } from '../money/problems.mjs';
import { returnOf, sharingOf } from '../money/profit-sharing.mjs';
import { paramError } from '../refusal.mjs';

const FAMILY = '/v3/ecommerce/profitsharing';

/** Profit sharing of an e-commerce platform: that of `/v3/profitsharing` by other names. */
export const ecommerceSharing = [
  endpoint('POST', 'receivers/add', ({ type, account, relation_type: relation }, { money }) => {
    money.sharing.addReceiver({ type, account, relation_type: relation });
    return { type, account };
  }),
  endpoint('POST', 'receivers/delete', ({ type, account }, { money }) => {
    money.sharing.deleteReceiver({ type, account });
    return { type, account };
  }),
  endpoint('POST', 'orders', ({ receivers, finish, ...parameters }, { money, now }) => {
    for (const { amount } of receivers) requirePositive(amount);
    const asked = receivers.map(({ receiver_account: account, type, amount, description }) => ({
      ...{ type, account, amount, description },
    }));
    const request = { ...parameters, receivers: asked, unfreeze_unsplit: finish };
    return described(sharingOf(money.sharing.share(request, now), false));
  }),
  endpoint('GET', 'orders', (parameters, { money }) =>
    described(sharingOf(money.sharing.known(parameters))),
  ),
  endpoint('POST', 'finish-order', (parameters, { money, now }) => {
    const { sub_mchid, transaction_id, out_order_no, order_id } = sharingOf(
      money.sharing.unfreeze(parameters, now),
    );
    return { sub_mchid, transaction_id, out_order_no, order_id };
  }),
  endpoint('GET', 'orders/{transaction_id}/amounts', (parameters, { money, now }) => ({
    transaction_id: parameters.transaction_id,
    unsplit_amount: money.sharing.unsplitAmount(parameters, now),
  })),
  endpoint('POST', 'returnorders', (parameters, { money, now }) => {
    const { order_id: id, out_order_no: number } = parameters;
    if (id === undefined && number === undefined) {
      const issue = 'is required, or out_order_no';
      throw paramError({ field: '/order_id', value: '', issue, location: 'body' });
    }
    requirePositive(parameters.amount);
    return returned(money.sharing.giveBack(parameters, now));
  }),
  endpoint('GET', 'returnorders', (parameters, { money }) =>
    returned(money.sharing.knownReturn(parameters)),
  ),
];

// The documents give no least amount.
function requirePositive(amount) {
  if (amount < 1) throw invalid('amount is less than 1');
}

function described({ state, receivers, ...more }) {
  return {
    ...more,
    status: state,
    receivers: receivers.map(({ account, create_time: _, ...receiver }) => ({
      ...receiver,
      receiver_account: account,
      ...(receiver.type === 'MERCHANT_ID' ? { receiver_mchid: account } : {}),
    })),
  };
}

function returned(order) {
  const { return_id, description: _, create_time: __, ...more } = returnOf(order);
  return { ...more, return_no: return_id };
}

function endpoint(method, path, response) {
  return Object.freeze({ method, path: `${FAMILY}/${path}`, documented: true, response });
}
