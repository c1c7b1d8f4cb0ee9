import { encrypted, oneOf, text } from '../fields.mjs';
import { returnOf, sharingOf } from '../money/profit-sharing.mjs';
import { flag, integer, list, object } from '../nested-fields.mjs';
import { paramError } from '../refusal.mjs';
import { appid, merchantNumber, optionalAppid, optionalMchid } from './order-fields.mjs';

const FAMILY = '/v3/profitsharing';
const optional = { optional: true };
const type = oneOf('MERCHANT_ID', 'PERSONAL_OPENID', 'PERSONAL_SUB_OPENID');
const account = text({ max: 64 });
const name = encrypted({ max: 1024, ...optional });
const description = text({ max: 80 });
const transactionId = text({ max: 32 });
const number = text({ max: 64, characters: '0-9A-Za-z_\\-|*@' });
const who = { sub_mchid: optionalMchid, appid, sub_appid: optionalAppid };

/** Profit sharing, its receivers, and what comes back (partner doc 4012690683 and its neighbours). */
export const profitSharing = [
  post(
    'receivers/add',
    {
      ...who,
      type,
      account,
      name,
      relation_type: oneOf(
        ...['SERVICE_PROVIDER', 'STORE', 'STAFF', 'STORE_OWNER', 'PARTNER', 'HEADQUARTER'],
        ...['BRAND', 'DISTRIBUTOR', 'USER', 'SUPPLIER', 'CUSTOM'],
      ),
      custom_relation: text({ max: 10, ...optional }),
    },
    (parameters, { money }) => {
      if (parameters.relation_type === 'CUSTOM' && parameters.custom_relation === undefined) {
        throw paramError({
          field: '/custom_relation',
          value: '',
          issue: 'is required where relation_type is CUSTOM',
          location: 'body',
        });
      }
      money.sharing.addReceiver(parameters);
      // The name was sent encrypted. It is not sent back.
      const { appid: _, sub_appid: __, name: ___, ...receiver } = parameters;
      return receiver;
    },
  ),
  post('receivers/delete', { ...who, type, account }, (parameters, { money }) => {
    money.sharing.deleteReceiver(parameters);
    const { appid: _, sub_appid: __, ...receiver } = parameters;
    return receiver;
  }),
  post(
    'orders',
    {
      ...who,
      transaction_id: transactionId,
      out_order_no: number,
      receivers: list(object({ type, account, name, amount: integer({ min: 1 }), description }), {
        max: 50,
        ...optional,
      }),
      unfreeze_unsplit: flag(),
    },
    (parameters, { money, now }) => sharingOf(money.sharing.share(parameters, now), false),
  ),
  post(
    'orders/unfreeze',
    {
      sub_mchid: optionalMchid,
      transaction_id: transactionId,
      out_order_no: number,
      description,
    },
    (parameters, { money, now }) => sharingOf(money.sharing.unfreeze(parameters, now), false),
  ),
  get(
    'orders/{out_order_no}',
    {
      sub_mchid: optionalMchid,
      transaction_id: transactionId,
    },
    (parameters, { money }) => sharingOf(money.sharing.known(parameters)),
  ),
  post(
    'return-orders',
    {
      sub_mchid: optionalMchid,
      order_id: text({ max: 64, ...optional }),
      out_order_no: text({ max: 64, ...optional }),
      out_return_no: number,
      return_mchid: text({ max: 32 }),
      amount: integer({ min: 1 }),
      description,
    },
    (parameters, { money, now }) => {
      if (parameters.order_id === undefined && parameters.out_order_no === undefined) {
        throw paramError({
          field: '/order_id',
          value: '',
          issue: 'is required, or out_order_no',
          location: 'body',
        });
      }
      return returnOf(money.sharing.giveBack(parameters, now));
    },
  ),
  get(
    'return-orders/{out_return_no}',
    {
      sub_mchid: optionalMchid,
      out_order_no: text({ max: 64 }),
    },
    (parameters, { money }) => returnOf(money.sharing.knownReturn(parameters)),
  ),
  get('transactions/{transaction_id}/amounts', {}, (parameters, { money, now }) => ({
    transaction_id: parameters.transaction_id,
    unsplit_amount: money.sharing.unsplitAmount(parameters, now),
  })),
];

function post(path, body, response) {
  return Object.freeze({
    method: 'POST',
    path: `${FAMILY}/${path}`,
    body: Object.freeze(body),
    response,
  });
}

function get(path, query, response) {
  const [variable] = /\w+(?=\})/.exec(path);
  return Object.freeze({
    method: 'GET',
    path: `${FAMILY}/${path}`,
    segments: Object.freeze({ [variable]: merchantNumber }),
    query: Object.freeze(query),
    response,
  });
}
