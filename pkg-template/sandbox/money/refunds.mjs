import { beijingTime } from '../beijing-time.mjs';
import { fingerprint, refundId } from './numbers.mjs';
import { differs, invalid, notEnough, resourceNotExists } from './problems.mjs';

const ACCOUNT = '支付用户零钱';

/** What becomes of a refund later, as the bills have it. */
const ENDS = { ABNORMAL: 'refund failed', CLOSED: 'refund closed', SUCCESS: 'refund mended' };

/**
 * The refunds. WeChat Pay takes a while for each; here it is done once the request was answered, with
 * PROCESSING.
 *
 * @param {{ table: (name: string) => object }} state
 * @param {ReturnType<import('./orders.mjs').createOrders>} orders
 * @param {{ enter: (entry: object) => void }} ledger
 */
export function createRefunds(state, orders, ledger) {
  const refunds = state.table('refunds');
  const keyOf = ({ sub_mchid: subMchid = '', out_refund_no: number }) => `${subMchid} ${number}`;
  const known = (parameters) => {
    const refund = refunds.get(keyOf(parameters));
    if (refund === undefined) {
      throw resourceNotExists(`there is no refund ${parameters.out_refund_no}`);
    }
    return refund;
  };

  return {
    known,
    /** The refund with WeChat Pay's own number. */
    byRefundId({ refund_id: id, sub_mchid: subMchid }) {
      const refund = refunds.values().find((each) => each.refundId === id);
      if (refund !== undefined && refund.subMchid === subMchid) return refund;
      throw resourceNotExists(`there is no refund ${id}`);
    },
    byKey: (key) => refunds.get(key),
    byNumber: (number) => refunds.values().findLast(({ outRefundNo }) => outRefundNo === number),
    /**
     * Refunds a part of an order, or the rest of it.
     *
     * @returns {{ refund: object, isNew: boolean }} not new: the same request was made before
     */
    make(parameters, now) {
      const earlier = refunds.get(keyOf(parameters));
      if (earlier !== undefined) {
        if (earlier.fingerprint === fingerprint(parameters))
          return { refund: earlier, isNew: false };
        throw differs(`there is a refund ${parameters.out_refund_no} with other parameters`);
      }
      const order = orderOf(parameters, now);
      const { total, refund: amount, from = [] } = parameters.amount;
      if (order.transactionId === undefined) {
        throw invalid(`the order ${order.outTradeNo} is not paid: there is nothing to refund`);
      }
      if (total !== order.total) throw differs(`amount.total is not ${order.total}, the order's`);
      const rest = order.total - order.refunded;
      if (amount > rest) throw differs(`amount.refund is more than ${rest}, the rest of the order`);
      if (amount > rest - order.shared) {
        throw notEnough(`${order.shared} of the order were given to others: take them back first`);
      }
      const refund = {
        key: keyOf(parameters),
        fingerprint: fingerprint(parameters),
        refundId: refundId(now),
        outRefundNo: parameters.out_refund_no,
        subMchid: parameters.sub_mchid,
        status: 'SUCCESS',
        order: order.key,
        transactionId: order.transactionId,
        outTradeNo: order.outTradeNo,
        total,
        amount,
        from,
        at: now,
        notifyUrl: parameters.notify_url,
      };
      refunds.set(refund.key, refund);
      orders.put({ ...order, state: 'REFUND', refunded: order.refunded + amount });
      ledger.enter({ kind: 'refund', at: now, amount, order: order.key, refund: refund.key });
      return { refund, isNew: true };
    },
    /** The refund cannot reach the user: the money is on its way, but for a card that was cancelled. */
    fail: (refund, now) => end(refund, 'ABNORMAL', now),
    /** The refund is given up: what it took is the merchant's again. */
    giveUp(refund, now) {
      const closed = end(refund, 'CLOSED', now);
      if (closed === refund) return closed;
      const order = orders.byKey(refund.order, now);
      const refunded = order.refunded - refund.amount;
      orders.put({ ...order, refunded, state: refunded === 0 ? 'SUCCESS' : order.state });
      return closed;
    },
    /** The merchant says where the money of an abnormal refund goes instead. */
    mend(refund, now) {
      if (refund.status !== 'ABNORMAL') {
        throw invalid(`the refund ${refund.outRefundNo} is ${refund.status}, not ABNORMAL`);
      }
      return end(refund, 'SUCCESS', now);
    },
  };

  function end(refund, status, at) {
    if (refund.status === status) return refund;
    if (refund.status === 'CLOSED') throw invalid(`the refund ${refund.outRefundNo} is CLOSED`);
    const amount = status === 'CLOSED' ? refund.amount : 0;
    ledger.enter({ kind: ENDS[status], at, amount, order: refund.order, refund: refund.key });
    const ended = { ...refund, status };
    refunds.set(refund.key, ended);
    return ended;
  }

  function orderOf({ sub_mchid: subMchid, transaction_id: id, out_trade_no: number }, now) {
    const order = orders
      .all(now)
      .findLast(
        (each) =>
          each.subMchid === subMchid &&
          (id === undefined || each.transactionId === id) &&
          (number === undefined || each.outTradeNo === number),
      );
    if (order !== undefined) return order;
    const whose = subMchid === undefined ? '' : ` of ${subMchid}`;
    throw resourceNotExists(`there is no order ${id ?? number}${whose}`);
  }
}

/** A refund as its endpoints respond with it. */
export function refundOf(refund, status = refund.status) {
  const { amount, total } = refund;
  return {
    refund_id: refund.refundId,
    out_refund_no: refund.outRefundNo,
    transaction_id: refund.transactionId,
    out_trade_no: refund.outTradeNo,
    channel: 'ORIGINAL',
    user_received_account: ACCOUNT,
    ...(status === 'SUCCESS' ? { success_time: beijingTime(refund.at) } : {}),
    create_time: beijingTime(refund.at),
    status,
    funds_account: 'AVAILABLE',
    amount: {
      total,
      refund: amount,
      from: refund.from,
      payer_total: total,
      payer_refund: amount,
      settlement_refund: amount,
      settlement_total: total,
      discount_refund: 0,
      currency: 'CNY',
      refund_fee: 0,
    },
    promotion_detail: [],
  };
}

/** The resource of a refund's notification. */
export function refundResource(refund, { who }) {
  const { amount, total } = refund;
  const { mchid, sp_mchid: spMchid, sub_mchid: subMchid } = who;
  return {
    ...(spMchid === undefined ? { mchid } : { sp_mchid: spMchid, sub_mchid: subMchid }),
    out_trade_no: refund.outTradeNo,
    transaction_id: refund.transactionId,
    out_refund_no: refund.outRefundNo,
    refund_id: refund.refundId,
    refund_status: refund.status,
    ...(refund.status === 'SUCCESS' ? { success_time: beijingTime(refund.at) } : {}),
    user_received_account: ACCOUNT,
    amount: { total, refund: amount, payer_total: total, payer_refund: amount },
  };
}
