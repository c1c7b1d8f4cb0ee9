import { beijingTime } from '../beijing-time.mjs';
import { fingerprint, prepayId, transactionId } from './numbers.mjs';
import { notEnough, orderClosed, orderPaid, outTradeNoUsed } from './problems.mjs';

/** How long an order can be paid that names no time_expire, in seconds: seven days. */
const LIFETIME = 7 * 24 * 60 * 60;

/** The states of an order that the user can pay. */
const PAYABLE = ['NOTPAY', 'USERPAYING'];

const DESCRIPTIONS = {
  SUCCESS: '支付成功',
  REFUND: '订单发生过退款',
  NOTPAY: '订单未支付',
  USERPAYING: '用户支付中，需要输入密码',
  CLOSED: '订单已关闭',
  REVOKED: '订单已撤销',
};

/**
 * The orders. An order is a value that is replaced whenever it changes. `who` are the merchants and
 * appids as the request names them; `total`, `refunded`, `shared` are in fen.
 *
 * @param {{ table: (name: string) => object }} state
 * @param {{ enter: (entry: object) => void }} ledger
 */
export function createOrders(state, ledger) {
  const orders = state.table('orders');
  const keyOf = (subMchid, mchid, outTradeNo) => `${subMchid ?? mchid} ${outTradeNo}`;
  const put = (order) => {
    orders.set(order.key, order);
    return order;
  };
  // Nobody waits for the time: whoever asks next finds the order closed.
  const current = (order, now) =>
    PAYABLE.includes(order?.state) && order.expiresAt <= now
      ? put({ ...order, state: 'CLOSED' })
      : order;
  const find = (test, now) => current(orders.values().findLast(test), now);

  return {
    put,
    byKey: (key, now) => current(orders.get(key), now),
    byNumber: ({ subMchid, mchid, outTradeNo }, now) =>
      current(orders.get(keyOf(subMchid, mchid, outTradeNo)), now),
    byTransactionId: (id, now) => find((order) => order.transactionId === id, now),
    /** The newest order with this number, whoever's it is. */
    byOutTradeNo: (number, now) => find((order) => order.outTradeNo === number, now),
    all: (now) => orders.values().map((order) => current(order, now)),

    /**
     * Refuses a number that cannot be used: the order is paid or closed, or was made with other
     * parameters. Gives the order if it was made with the same ones.
     */
    reusable({ subMchid, mchid, outTradeNo, request }, now) {
      const order = current(orders.get(keyOf(subMchid, mchid, outTradeNo)), now);
      if (order === undefined) return undefined;
      requirePayable(order);
      if (order.fingerprint !== fingerprint(request)) {
        throw outTradeNoUsed(`there is an order ${outTradeNo} with other parameters`);
      }
      return order;
    },
    /** Makes an order that is not paid. */
    add({ subMchid, mchid, outTradeNo, request, expiresAt, ...more }, now) {
      return put({
        ...more,
        key: keyOf(subMchid, mchid, outTradeNo),
        mchid,
        subMchid,
        outTradeNo,
        fingerprint: fingerprint(request),
        prepayId: prepayId(now),
        state: 'NOTPAY',
        expiresAt: expiresAt ?? now + LIFETIME,
        refunded: 0,
        shared: 0,
      });
    },
    requirePayable,
    /** The user is asked for the password. */
    ask: (order) => put({ ...order, state: 'USERPAYING' }),
    /** The user pays. */
    pay(order, now) {
      requirePayable(order);
      const paid = put({
        ...order,
        state: 'SUCCESS',
        transactionId: transactionId(now),
        paidAt: now,
        openid: order.openid ?? 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
      });
      ledger.enter({ kind: 'payment', at: now, amount: paid.total, order: paid.key });
      return paid;
    },
    /** The merchant closes it. */
    close(order) {
      requirePayable(order);
      put({ ...order, state: 'CLOSED' });
    },
    /** The merchant takes it back, paid or not. */
    reverse(order, now) {
      if (order.shared > 0) {
        throw notEnough(`${order.shared} of the order were given to others: take them back first`);
      }
      const left = order.transactionId === undefined ? 0 : order.total - order.refunded;
      if (left > 0) ledger.enter({ kind: 'reversal', at: now, amount: left, order: order.key });
      put({ ...order, state: 'REVOKED', refunded: order.refunded + left });
    },
  };
}

function requirePayable({ state, outTradeNo }) {
  if (state === 'CLOSED' || state === 'REVOKED')
    throw orderClosed(`the order ${outTradeNo} is closed`);
  if (!PAYABLE.includes(state)) throw orderPaid(`the order ${outTradeNo} is paid already`);
}

/** What a query of an order and the notification of its payment say. */
export function transactionOf(order) {
  const paid = order.transactionId !== undefined;
  const { who, state } = order;
  return {
    ...who,
    out_trade_no: order.outTradeNo,
    ...(paid ? { transaction_id: order.transactionId, trade_type: order.tradeType } : {}),
    trade_state: state,
    trade_state_desc: DESCRIPTIONS[state],
    bank_type: paid ? 'OTHERS' : '',
    attach: order.attach ?? '',
    success_time: paid ? beijingTime(order.paidAt) : '',
    payer: payerOf(order),
    amount: paid
      ? {
          total: order.total,
          payer_total: order.total,
          currency: 'CNY',
          payer_currency: 'CNY',
        }
      : { total: order.total, currency: 'CNY' },
    ...(order.deviceId === undefined ? {} : { scene_info: { device_id: order.deviceId } }),
    promotion_detail: [],
  };
}

// For a partner the openid belongs to one of two appids.
function payerOf({ who, openid, subOpenid }) {
  const name = 'sp_mchid' in who ? 'sp_openid' : 'openid';
  return {
    ...(openid === undefined ? {} : { [name]: openid }),
    ...(subOpenid === undefined ? {} : { sub_openid: subOpenid }),
  };
}
