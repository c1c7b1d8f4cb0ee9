import { beijingTime } from '../beijing-time.mjs';
import { fingerprint, transactionId } from './numbers.mjs';
import { orderNotExist, outTradeNoUsed } from './problems.mjs';

/**
 * Combined orders: several orders that the user pays at once.
 *
 * @param {{ table: (name: string) => object }} state
 * @param {ReturnType<import('./orders.mjs').createOrders>} orders
 */
export function createCombinations(state, orders) {
  const combinations = state.table('combinations');
  const partsOf = (combination, now) => combination.parts.map((key) => orders.byKey(key, now));
  const known = (number) => {
    const combination = combinations.get(number);
    // Without a file the sandbox forgets the oldest orders first.
    const isWhole = combination?.parts.every((key) => orders.byKey(key, 0) !== undefined);
    if (!isWhole) throw orderNotExist(`there is no combined order ${number}`);
    return combination;
  };
  return {
    has: (number) => combinations.get(number) !== undefined,
    known,
    /** Makes the orders of `parts`, or gives what the same request has made. */
    make({ number, request, parts, ...more }, now) {
      const earlier = combinations.get(number);
      if (earlier !== undefined && earlier.fingerprint !== fingerprint(request)) {
        throw outTradeNoUsed(`there is a combined order ${number} with other parameters`);
      }
      // All are checked before the first is made.
      const found = parts.map((part) => orders.reusable(part, now));
      if (earlier !== undefined) return { ...earlier, prepayId: found[0].prepayId };
      const taken = found.find((order) => order !== undefined);
      if (taken !== undefined)
        throw outTradeNoUsed(`there is an order ${taken.outTradeNo} already`);
      const made = parts.map((part) => orders.add({ ...part, combination: number }, now));
      const combination = {
        ...more,
        number,
        fingerprint: fingerprint(request),
        parts: made.map(({ key }) => key),
      };
      combinations.set(number, combination);
      return { ...combination, prepayId: made[0].prepayId };
    },
    pay(number, now) {
      const parts = partsOf(known(number), now);
      for (const part of parts) orders.requirePayable(part);
      for (const part of parts) orders.pay(part, now);
      combinations.set(number, { ...known(number), transactionId: transactionId(now) });
      return known(number);
    },
    byTransactionId(id) {
      const found = combinations.values().find((each) => each.transactionId === id);
      if (found === undefined) throw orderNotExist(`there is no combined order ${id}`);
      return known(found.number);
    },
    partsOf,
    /** What the query and the notification say. */
    resource(combination, now) {
      const parts = partsOf(combination, now);
      const openid = parts[0].openid;
      return {
        combine_appid: combination.appid,
        combine_mchid: combination.mchid,
        combine_out_trade_no: combination.number,
        ...(combination.transactionId === undefined
          ? {}
          : { combine_transaction_id: combination.transactionId }),
        ...(parts[0].deviceId === undefined
          ? {}
          : { scene_info: { device_id: parts[0].deviceId } }),
        sub_orders: parts.map(partOf),
        ...(openid === undefined ? {} : { combine_payer_info: { openid } }),
      };
    },
  };
}

function partOf(order) {
  const paid = order.transactionId !== undefined;
  return {
    ...order.who,
    out_trade_no: order.outTradeNo,
    trade_state: order.state,
    attach: order.attach,
    ...(paid
      ? {
          transaction_id: order.transactionId,
          trade_type: order.tradeType,
          bank_type: 'OTHERS',
          success_time: beijingTime(order.paidAt),
        }
      : {}),
    amount: {
      total_amount: order.total,
      currency: 'CNY',
      payer_amount: paid ? order.total : 0,
      payer_currency: 'CNY',
    },
    promotion_detail: [],
  };
}
