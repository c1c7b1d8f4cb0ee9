import { transactionOf } from './orders.mjs';
import { sharingResource } from './profit-sharing.mjs';
import { refundResource } from './refunds.mjs';
import { transferResource } from './transfers.mjs';

const REFUNDS = { SUCCESS: '退款成功', ABNORMAL: '退款异常', CLOSED: '退款关闭' };

/**
 * What happens without a request of the merchant: the user pays, or confirms a transfer; a refund fails.
 * Each gives the notification that tells of it, and the URL that it goes to, if there is one.
 *
 * @param {{ orders: object, combinations: object, refunds: object, transfers: object, sharing: object }} money
 * @param {{ mchid: string }} merchant
 */
export function createHappenings(money, merchant) {
  const { orders, combinations, refunds, transfers, sharing } = money;

  /** The user pays an order, or a combined one. */
  function pay(number, now) {
    if (combinations.has(number)) {
      const combination = combinations.pay(number, now);
      return paid(combination.notifyUrl, combinations.resource(combination, now));
    }
    const order = orders.byOutTradeNo(number, now);
    if (order === undefined) throw new Error(`there is no order ${number}`);
    if (order.combination !== undefined) {
      throw new Error(`the order ${number} is paid with all of ${order.combination}`);
    }
    const after = orders.pay(order, now);
    return paid(after.notifyUrl, transactionOf(after));
  }

  /** The user confirms a transfer. */
  function confirmTransfer(number, now) {
    return transferred(transfers.confirm(number, now));
  }

  function refunded(refund) {
    const resource = refundResource(refund, orders.byKey(refund.order, refund.at));
    const event = {
      eventType: `REFUND.${refund.status}`,
      summary: REFUNDS[refund.status],
      resource,
    };
    return { url: refund.notifyUrl, event };
  }

  function transferred(transfer) {
    const event = {
      eventType: 'MCHTRANSFER.BILL.FINISHED',
      summary: '商家转账单据终态通知',
      originalType: 'mch_payment',
      resource: transferResource(transfer, merchant),
    };
    return { url: transfer.notifyUrl, event };
  }

  function payment(fields, now) {
    const number = fields.combine_out_trade_no ?? fields.out_trade_no;
    if (combinations.has(number)) {
      const combination = combinations.known(number);
      return combinations.partsOf(combination, now).some(({ state }) => state === 'NOTPAY')
        ? pay(number, now)
        : paid(combination.notifyUrl, combinations.resource(combination, now));
    }
    const order = orders.byOutTradeNo(number, now);
    if (order === undefined) return undefined;
    return order.transactionId === undefined
      ? pay(number, now)
      : paid(order.notifyUrl, transactionOf(order));
  }

  const refund = (become) => (fields, now) => {
    const known = refunds.byNumber(fields.out_refund_no);
    return known === undefined ? undefined : refunded(become(known, now));
  };

  function transfer({ out_bill_no: number, state, fail_reason: reason }, now) {
    if (!transfers.has(number)) return undefined;
    const known = transfers.known(number, now);
    if (known.state !== 'WAIT_USER_CONFIRM') return transferred(known);
    if (state === 'FAIL') {
      return transferred(transfers.fail(number, reason ?? 'PAYEE_ACCOUNT_ABNORMAL', now));
    }
    return confirmTransfer(number, now);
  }

  // Merchants name the URL of these on WeChat Pay's own pages, and not in a request.
  function shared(fields, now) {
    const told = sharing.told(fields, now);
    return told && { url: undefined, event: { resource: sharingResource(told, fields.receiver) } };
  }

  const HAPPENINGS = {
    'TRANSACTION.SUCCESS': payment,
    'REFUND.SUCCESS': refund((known, now) =>
      known.status === 'SUCCESS' ? known : refunds.mend(known, now),
    ),
    'REFUND.ABNORMAL': refund(refunds.fail),
    'REFUND.CLOSED': refund(refunds.giveUp),
    'MCHTRANSFER.BILL.FINISHED': transfer,
    'PROFITSHARING.SUCCESS': shared,
    'PROFITSHARING.RETURN': shared,
  };

  return {
    pay,
    confirmTransfer,
    refunded,
    transferred,
    /**
     * What an event tells of happens: an order that waits is paid, a transfer that waits is confirmed, a
     * refund fails.
     *
     * @param {string} type of the event
     * @param {object} fields of its resource
     * @returns {{ url: string | undefined, event: object } | undefined} undefined if the sandbox knows of no
     *   such thing
     */
    happen: (type, fields, now) =>
      Object.hasOwn(HAPPENINGS, type) ? HAPPENINGS[type](fields, now) : undefined,
  };
}

function paid(url, resource) {
  return { url, event: { eventType: 'TRANSACTION.SUCCESS', summary: '支付成功', resource } };
}
