/** The states of an order that the user can pay. */
const PAYABLE = ['NOTPAY', 'USERPAYING'];

/** How many of each are shown. */
const MAX_SHOWN = 200;

/**
 * What the sandbox remembers, as JSON, the newest last. It only looks: an order that is too old is closed
 * when a request asks for it.
 *
 * @param {{ table: (name: string) => { values: () => object[] } }} state
 * @param {number} now seconds
 */
export function shownState(state, now) {
  const newest = (name, shown) =>
    state
      .table(name)
      .values()
      .slice(-MAX_SHOWN)
      .map((each) => shown(each, now));
  return {
    orders: newest('orders', shownOrder),
    refunds: newest('refunds', shownRefund),
    transfers: newest('transfers', shownTransfer),
    contracts: newest('contracts', shownContract),
  };
}

function shownOrder({ outTradeNo, combination, subMchid, state, ...order }, now) {
  const { tradeType, total, refunded, shared, transactionId, notifyUrl, expiresAt, paidAt } = order;
  return {
    outTradeNo,
    // The number that pays it, with the other orders that are combined with it.
    combineOutTradeNo: combination,
    subMchid,
    state: PAYABLE.includes(state) && expiresAt <= now ? 'CLOSED' : state,
    tradeType,
    total,
    refunded,
    shared,
    transactionId,
    notifyUrl,
    expiresAt: timeOf(expiresAt),
    paidAt: timeOf(paidAt),
  };
}

function shownRefund({ outRefundNo, outTradeNo, refundId, status, total, amount, at, notifyUrl }) {
  const state = status ?? 'SUCCESS';
  return { outRefundNo, outTradeNo, refundId, state, total, amount, at: timeOf(at), notifyUrl };
}

function shownTransfer({
  outBillNo,
  transferBillNo,
  state,
  amount,
  openid,
  remark,
  at,
  notifyUrl,
}) {
  return { outBillNo, transferBillNo, state, amount, openid, remark, at: timeOf(at), notifyUrl };
}

function shownContract({ code, appid, openid, authId, signedAt, terminatedAt }) {
  return {
    contractId: code,
    appid,
    openid,
    authId,
    state: terminatedAt === undefined ? 'AUTHORIZED' : 'UNAUTHORIZED',
    signedAt: timeOf(signedAt),
    terminatedAt: timeOf(terminatedAt),
  };
}

function timeOf(seconds) {
  return seconds === undefined ? undefined : new Date(seconds * 1000).toISOString();
}
