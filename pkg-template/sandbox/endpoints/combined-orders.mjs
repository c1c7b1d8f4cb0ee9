import { oneOf, text } from '../fields.mjs';
import { invalid, orderNotExist, requireOwn } from '../money/problems.mjs';
import { flag, integer, list, object } from '../nested-fields.mjs';
import {
  appid,
  combinedNumber,
  h5SceneInfo,
  limitPay,
  mchid,
  merchantNumber,
  notifyUrl,
  optionalAppid,
  optionalMchid,
  payer,
  rfc3339,
  sceneInfo,
  settleInfo,
  subsidyInfo,
} from './order-fields.mjs';
import { expiryOf, launch } from './orders.mjs';

const FAMILY = '/v3/combine-transactions';
/** How many orders are paid at once. */
const MAX_ORDERS = 50;
const OPENIDS = ['openid', 'sub_openid'];
const optional = { optional: true };

const subOrder = {
  mchid,
  attach: text({ max: 128 }),
  amount: object({
    total_amount: integer({ min: 1 }),
    currency: text({ max: 16, values: ['CNY'] }),
  }),
  out_trade_no: combinedNumber,
  sub_mchid: optionalMchid,
  sub_appid: optionalAppid,
  order_service_type: { ...oneOf('INDIVIDUALTRADE'), ...optional },
  individual_auth_id: text({ max: 64, ...optional }),
  individual_name: text({ max: 64, ...optional }),
  goods_tag: text({ max: 32, ...optional }),
  description: text({ max: 127 }),
  detail: text({ max: 6000, ...optional }),
  settle_info: settleInfo,
  profit_sharing: flag(optional),
};
const subOrders = (fields) => list(object(fields), { max: MAX_ORDERS });

/** A contract that is signed with the payment. It is not remembered. */
const contractInfo = object(
  {
    mchid,
    appid,
    out_contract_code: text({ max: 64 }),
    plan_id: integer(),
    contract_display_account: text({ max: 64 }),
    notify_url: notifyUrl(),
  },
  optional,
);

/** Combined orders (docs 4012556926, 4012556944, 4012556961 and 4012556982). */
export const combinedOrders = [
  prepay('jsapi', 'JSAPI', { combine_payer_info: payer(OPENIDS, { required: true }) }),
  prepay('miniprogram', 'JSAPI', {
    combine_payer_info: payer(OPENIDS, { required: true }),
    notify_url: notifyUrl(optional),
    // It is for the trade of individuals.
    sub_orders: subOrders({ ...subOrder, individual_auth_id: text({ max: 64 }) }),
  }),
  prepay('app', 'APP'),
  prepay('native', 'NATIVE'),
  prepay('h5', 'MWEB', { scene_info: h5SceneInfo }),
  Object.freeze({
    method: 'GET',
    path: `${FAMILY}/out-trade-no/{combine_out_trade_no}`,
    segments: Object.freeze({ combine_out_trade_no: merchantNumber }),
    response: ({ combine_out_trade_no: number }, { money: { combinations }, now }) =>
      combinations.resource(combinations.known(number), now),
  }),
  Object.freeze({
    method: 'GET',
    path: `${FAMILY}/id/{combine_transaction_id}`,
    segments: Object.freeze({ combine_transaction_id: merchantNumber }),
    response: ({ combine_transaction_id: id }, { money: { combinations }, now }) =>
      combinations.resource(combinations.byTransactionId(id), now),
  }),
  Object.freeze({
    method: 'POST',
    path: `${FAMILY}/out-trade-no/{combine_out_trade_no}/close`,
    segments: Object.freeze({ combine_out_trade_no: merchantNumber }),
    body: Object.freeze({
      combine_appid: appid,
      sub_orders: list(
        object({
          mchid,
          out_trade_no: merchantNumber,
          sub_mchid: optionalMchid,
          sub_appid: optionalAppid,
          individual_auth_id: text({ max: 64, ...optional }),
        }),
        { max: MAX_ORDERS },
      ),
    }),
    status: 204,
    response: close,
  }),
];

function prepay(name, tradeType, more = {}) {
  return Object.freeze({
    method: 'POST',
    path: `${FAMILY}/${name}`,
    body: Object.freeze({
      combine_appid: appid,
      combine_mchid: mchid,
      combine_out_trade_no: combinedNumber,
      scene_info: sceneInfo,
      sub_orders: subOrders(subOrder),
      combine_payer_info: payer(OPENIDS, { required: false }),
      time_start: rfc3339,
      time_expire: rfc3339,
      notify_url: notifyUrl(),
      limit_pay: limitPay,
      trade_scenario: { ...oneOf('RECOMMERCE'), ...optional },
      prepay_id: text({ max: 64, ...optional }),
      contract_info: contractInfo,
      subsidy_info: subsidyInfo,
      ...more,
    }),
    response(parameters, { merchant, money, now }) {
      requireOwn(parameters.combine_mchid, merchant, 'combine_mchid');
      const numbers = parameters.sub_orders.map(({ out_trade_no: number }) => number);
      if (new Set(numbers).size < numbers.length) {
        throw invalid('two of sub_orders have the same out_trade_no');
      }
      // A number that cannot be used again counts more than a time that has passed since.
      const isNew = !money.combinations.has(parameters.combine_out_trade_no);
      const expiresAt = isNew ? expiryOf(parameters, now) : undefined;
      const made = money.combinations.make(
        {
          number: parameters.combine_out_trade_no,
          request: { ...parameters, tradeType },
          appid: parameters.combine_appid,
          mchid: parameters.combine_mchid,
          notifyUrl: parameters.notify_url,
          parts: parameters.sub_orders.map((part) => ({
            ...partOf(part, parameters),
            tradeType,
            expiresAt,
          })),
        },
        now,
      );
      return launch(tradeType, made);
    },
  });
}

function partOf(part, combination) {
  const { combine_appid: combineAppid, combine_payer_info: payerInfo = {} } = combination;
  const { mchid: owner, sub_mchid: subMchid, sub_appid: subAppid } = part;
  return {
    who: {
      mchid: owner,
      ...(subMchid === undefined ? {} : { sub_mchid: subMchid }),
      ...(subAppid === undefined ? {} : { sub_appid: subAppid }),
      ...(part.individual_auth_id === undefined
        ? {}
        : { individual_auth_id: part.individual_auth_id }),
    },
    appid: combineAppid,
    mchid: owner,
    subMchid,
    outTradeNo: part.out_trade_no,
    request: part,
    description: part.description,
    attach: part.attach,
    total: part.amount.total_amount,
    openid: payerInfo.openid,
    subOpenid: payerInfo.sub_openid,
    deviceId: combination.scene_info?.device_id,
    profitSharing: part.settle_info?.profit_sharing ?? part.profit_sharing ?? false,
  };
}

function close({ combine_out_trade_no: number, sub_orders: asked }, { money, now }) {
  const { combinations, orders } = money;
  const parts = combinations.partsOf(combinations.known(number), now);
  const found = asked.map(({ out_trade_no: outTradeNo }) => {
    const part = parts.find((each) => each.outTradeNo === outTradeNo);
    if (part === undefined) throw orderNotExist(`${outTradeNo} is not an order of ${number}`);
    return part;
  });
  if (found.length < parts.length) throw invalid(`sub_orders are not all orders of ${number}`);
  for (const part of found) orders.requirePayable(part);
  for (const part of found) orders.close(part);
}
