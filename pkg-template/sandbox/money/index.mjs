import { createBills } from './bills.mjs';
import { createCombinations } from './combinations.mjs';
import { createLedger } from './ledger.mjs';
import { createOrders, transactionOf } from './orders.mjs';
import { createProfitSharing } from './profit-sharing.mjs';
import { createRefunds, refundResource } from './refunds.mjs';
import { createTransfers, transferResource } from './transfers.mjs';

/**
 * What the sandbox knows of orders, refunds, transfers and profit sharing: all that is asked again
 * later. Amounts are in fen, 0.01 yuan; times in seconds.
 *
 * @param {{ state: { table: (name: string) => object }, merchant: { mchid: string },
 *   send: (url: string | undefined, event: object) => Promise<object | undefined> }} sandbox `send`
 *   delivers a notification, if there is a URL
 */
export function createMoney({ state, merchant, send }) {
  const ledger = createLedger(state);
  const orders = createOrders(state, ledger);
  const combinations = createCombinations(state, orders);
  const refunds = createRefunds(state, orders, ledger);
  const transfers = createTransfers(state, ledger);
  // Whoever made the request has its response, whatever becomes of the notification.
  const sendLater = ({ url, event }) => {
    send(url, event).catch(() => {});
  };
  const bills = createBills(ledger, {
    order: (key) => orders.byKey(key, 0),
    refund: refunds.byKey,
  });

  return {
    ledger,
    orders,
    combinations,
    refunds,
    transfers,
    sharing: createProfitSharing(state, orders, ledger),
    bills,
    /** The user pays an order, or a combined one: its notification, and where it goes. */
    pay(number, now) {
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
    },
    /** The user confirms a transfer: its notification, and where it goes. */
    confirmTransfer(number, now) {
      const transfer = transfers.confirm(number, now);
      return { url: transfer.notifyUrl, event: transferred(transfer) };
    },
    refunded(refund) {
      sendLater(refunded(refund));
    },
    /**
     * What an event tells of happens: an order that waits is paid, a transfer that waits is confirmed.
     *
     * @param {string} type of the event
     * @param {object} fields of its resource
     * @returns {{ url: string | undefined, event: object } | undefined} undefined if the sandbox knows of no
     *   such thing
     */
    happen(type, fields, now) {
      if (type === 'TRANSACTION.SUCCESS') {
        const number = fields.combine_out_trade_no ?? fields.out_trade_no;
        if (combinations.has(number)) {
          const combination = combinations.known(number);
          return combinations.partsOf(combination, now).some(({ state }) => state === 'NOTPAY')
            ? this.pay(number, now)
            : paid(combination.notifyUrl, combinations.resource(combination, now));
        }
        const order = orders.byOutTradeNo(number, now);
        if (order === undefined) return undefined;
        return order.transactionId === undefined
          ? this.pay(number, now)
          : paid(order.notifyUrl, transactionOf(order));
      }
      if (type === 'REFUND.SUCCESS') {
        const refund = refunds.byNumber(fields.out_refund_no);
        return refund === undefined ? undefined : refunded(refund);
      }
      if (type === 'MCHTRANSFER.BILL.FINISHED' && transfers.has(fields.out_bill_no)) {
        const transfer = transfers.known(fields.out_bill_no, now);
        return transfer.state === 'WAIT_USER_CONFIRM'
          ? this.confirmTransfer(transfer.outBillNo, now)
          : { url: transfer.notifyUrl, event: transferred(transfer) };
      }
      return undefined;
    },
    transferCancelled(transfer) {
      const event = transferred({ ...transfer, state: 'CANCELLED' });
      sendLater({ url: transfer.notifyUrl, event });
    },
  };

  function refunded(refund) {
    const resource = refundResource(refund, orders.byKey(refund.order, refund.at));
    const event = { eventType: 'REFUND.SUCCESS', summary: '退款成功', resource };
    return { url: refund.notifyUrl, event };
  }

  function transferred(transfer) {
    return {
      eventType: 'MCHTRANSFER.BILL.FINISHED',
      summary: '商家转账单据终态通知',
      originalType: 'mch_payment',
      resource: transferResource(transfer, merchant),
    };
  }
}

function paid(url, resource) {
  return { url, event: { eventType: 'TRANSACTION.SUCCESS', summary: '支付成功', resource } };
}
