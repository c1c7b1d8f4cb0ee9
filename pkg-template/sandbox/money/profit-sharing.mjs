import { beijingTime } from '../beijing-time.mjs';
import { fingerprint, sharingId } from './numbers.mjs';
import { differs, invalid, resourceNotExists, unsplitNotEnough } from './problems.mjs';

const REST = '解冻给分账方';

/**
 * Profit sharing: who may receive, what was given of which order, and what came back. An order whose
 * settle_info asks for it is frozen until all of it is given, or the rest is unfrozen.
 *
 * @param {{ table: (name: string) => object }} state
 * @param {ReturnType<import('./orders.mjs').createOrders>} orders
 * @param {{ enter: (entry: object) => void }} ledger
 */
export function createProfitSharing(state, orders, ledger) {
  const receivers = state.table('receivers');
  const sharings = state.table('sharings');
  const returns = state.table('returns');
  const receiverKey = ({ sub_mchid: subMchid = '', type, account }) =>
    `${subMchid} ${type} ${account}`;

  function orderOf({ transaction_id: id, sub_mchid: subMchid }, now) {
    const order = orders.byTransactionId(id, now);
    // Whoever asks for what is left to be shared names no merchant.
    if (order !== undefined && (subMchid === undefined || order.subMchid === subMchid))
      return order;
    throw resourceNotExists(`there is no paid order with the transaction_id ${id}`);
  }
  const unsplit = ({ profitSharing, unfrozen, total, refunded, shared, kept = 0 }) =>
    profitSharing && !unfrozen ? Math.max(0, total - refunded - shared - kept) : 0;
  const earlierOf = (table, key, parameters) => {
    const earlier = table.get(key);
    if (earlier === undefined || earlier.fingerprint === fingerprint(parameters)) return earlier;
    throw differs(`there is ${key} already, with other parameters`);
  };
  const frozen = (parameters, now) => {
    const order = orderOf(parameters, now);
    if (!order.profitSharing) {
      throw invalid('the order was made without settle_info.profit_sharing: true');
    }
    if (order.unfrozen) throw invalid('what was left of the order is unfrozen already');
    return order;
  };
  const enter = (kind, amount, order, now, of) =>
    ledger.enter({ kind, at: now, amount, order: order.key, of });

  function record(parameters, order, given, { unfreeze, now }) {
    const rest = unsplit(order) - given.reduce((sum, { amount }) => sum + amount, 0);
    const own = { type: 'MERCHANT_ID', account: order.subMchid ?? order.mchid };
    const all =
      unfreeze && rest > 0
        ? [...given, { ...own, amount: rest, description: parameters.description ?? REST }]
        : given;
    const sharing = {
      fingerprint: fingerprint(parameters),
      orderId: sharingId(now),
      outOrderNo: parameters.out_order_no,
      subMchid: parameters.sub_mchid,
      transactionId: order.transactionId,
      at: now,
      receivers: all.map((receiver) => ({ ...receiver, detailId: sharingId(now), returned: 0 })),
    };
    sharings.set(sharing.outOrderNo, sharing);
    const amount = given.reduce((sum, each) => sum + each.amount, 0);
    orders.put({ ...order, shared: order.shared + amount, unfrozen: unfreeze });
    if (amount > 0) enter('sharing', amount, order, now, sharing.outOrderNo);
    return sharing;
  }

  return {
    addReceiver: (parameters) => {
      receivers.set(receiverKey(parameters), { relation: parameters.relation_type });
    },
    deleteReceiver(parameters) {
      const key = receiverKey(parameters);
      if (receivers.get(key) === undefined) {
        throw invalid('there is no such receiver: add it before it is deleted');
      }
      receivers.delete(key);
    },
    share(parameters, now) {
      const earlier = earlierOf(sharings, parameters.out_order_no, parameters);
      if (earlier !== undefined) return earlier;
      const order = frozen(parameters, now);
      const { sub_mchid: subMchid, receivers: asked = [] } = parameters;
      for (const { type, account } of asked) {
        const isAdded = [subMchid, undefined].some((each) =>
          receivers.get(receiverKey({ sub_mchid: each, type, account })),
        );
        if (!isAdded) {
          throw invalid(`the receiver ${account} was not added, with this type, by receivers/add`);
        }
      }
      const given = asked.map(({ type, account, amount, description }) => ({
        type,
        account,
        amount,
        description,
      }));
      const amount = given.reduce((sum, each) => sum + each.amount, 0);
      if (amount > unsplit(order)) {
        throw unsplitNotEnough(
          `the amounts are more than ${unsplit(order)}, which is left to share`,
        );
      }
      return record(parameters, order, given, { unfreeze: parameters.unfreeze_unsplit, now });
    },
    unfreeze(parameters, now) {
      const earlier = earlierOf(sharings, parameters.out_order_no, parameters);
      return earlier ?? record(parameters, frozen(parameters, now), [], { unfreeze: true, now });
    },
    known({ out_order_no: number, transaction_id: id }) {
      const sharing = sharings.get(number);
      if (sharing !== undefined && (id === undefined || sharing.transactionId === id))
        return sharing;
      throw resourceNotExists(`there is no profit sharing ${number} of this order`);
    },
    giveBack(parameters, now) {
      const number = parameters.out_return_no;
      const earlier = earlierOf(returns, number, parameters);
      if (earlier !== undefined) return earlier;
      const { order_id: id, out_order_no: outOrderNo, return_mchid: account, amount } = parameters;
      const sharing = sharings
        .values()
        .find((each) => each.orderId === id || each.outOrderNo === outOrderNo);
      const receiver = sharing?.receivers.find(
        (each) => each.type === 'MERCHANT_ID' && each.account === account,
      );
      if (receiver === undefined) {
        throw resourceNotExists(`nothing was given to ${account} by ${id ?? outOrderNo}`);
      }
      const order = orderOf({ transaction_id: sharing.transactionId }, now);
      const own = account === (order.subMchid ?? order.mchid);
      if (own || amount > receiver.amount - receiver.returned) {
        throw invalid('amount is more than the receiver has of this order');
      }
      sharings.set(sharing.outOrderNo, {
        ...sharing,
        receivers: sharing.receivers.map((each) =>
          each === receiver ? { ...each, returned: each.returned + amount } : each,
        ),
      });
      // What comes back is the merchant's, and is not shared again.
      orders.put({ ...order, shared: order.shared - amount, kept: (order.kept ?? 0) + amount });
      enter('return', amount, order, now, number);
      const returned = {
        fingerprint: fingerprint(parameters),
        subMchid: parameters.sub_mchid,
        orderId: sharing.orderId,
        outOrderNo: sharing.outOrderNo,
        outReturnNo: number,
        returnId: sharingId(now),
        account,
        amount,
        description: parameters.description,
        at: now,
      };
      returns.set(number, returned);
      return returned;
    },
    knownReturn({ out_return_no: number, out_order_no: outOrderNo, order_id: orderId }) {
      const returned = returns.get(number);
      if (returned?.outOrderNo === outOrderNo || (orderId && returned?.orderId === orderId)) {
        return returned;
      }
      throw resourceNotExists(`there is no return ${number} of ${outOrderNo ?? orderId}`);
    },
    unsplitAmount: (parameters, now) => unsplit(orderOf(parameters, now)),
    /** What was given to each receiver, or came back from it, by a movement of the ledger. */
    sharesOf({ kind, of }) {
      if (kind === 'return') {
        const returned = returns.get(of);
        if (returned === undefined) return [];
        return [{ ...returned, id: returned.returnId, detailId: returned.returnId, number: of }];
      }
      const { orderId: id, receivers: given = [] } = sharings.get(of) ?? {};
      return given.map((receiver) => ({ ...receiver, id, number: of }));
    },
    /** A profit sharing, or a return, with its order, as a notification names it; undefined if unknown. */
    told({ out_order_no: number, out_return_no: returnNumber }, now) {
      const returned = returns.get(returnNumber);
      const sharing = sharings.get(returned?.outOrderNo ?? number);
      if (sharing === undefined) return undefined;
      const order = orders.byTransactionId(sharing.transactionId, now);
      return order === undefined ? undefined : { order, sharing, returned };
    },
  };
}

/** The resource of PROFITSHARING.SUCCESS and PROFITSHARING.RETURN: one receiver, or one return. */
export function sharingResource({ order, sharing, returned }, { account } = {}) {
  const { mchid, subMchid } = order;
  const receiver =
    sharing.receivers.find((each) => each.account === account) ?? sharing.receivers[0];
  const { type, account: given, amount, description } = receiver ?? {};
  const part = returned
    ? { ...returned, type: 'MERCHANT_ID' }
    : { type, account: given, amount, description };
  return {
    ...(subMchid === undefined ? { mchid } : { sp_mchid: mchid, sub_mchid: subMchid }),
    transaction_id: sharing.transactionId,
    order_id: returned?.returnId ?? sharing.orderId,
    out_order_no: returned?.outReturnNo ?? sharing.outOrderNo,
    receiver: {
      type: part.type,
      account: part.account,
      amount: part.amount,
      description: part.description,
    },
    success_time: beijingTime((returned ?? sharing).at),
  };
}

/** A profit sharing as its endpoints respond with it. */
export function sharingOf(sharing, done = true) {
  const at = beijingTime(sharing.at);
  return {
    ...(sharing.subMchid === undefined ? {} : { sub_mchid: sharing.subMchid }),
    transaction_id: sharing.transactionId,
    out_order_no: sharing.outOrderNo,
    order_id: sharing.orderId,
    state: done ? 'FINISHED' : 'PROCESSING',
    receivers: sharing.receivers.map(({ detailId, returned, ...receiver }) => ({
      ...receiver,
      result: done ? 'SUCCESS' : 'PENDING',
      detail_id: detailId,
      create_time: at,
      finish_time: at,
    })),
  };
}

/** A return as its endpoints respond with it. */
export function returnOf(returned) {
  const at = beijingTime(returned.at);
  return {
    ...(returned.subMchid === undefined ? {} : { sub_mchid: returned.subMchid }),
    order_id: returned.orderId,
    out_order_no: returned.outOrderNo,
    out_return_no: returned.outReturnNo,
    return_id: returned.returnId,
    return_mchid: returned.account,
    amount: returned.amount,
    description: returned.description,
    result: 'SUCCESS',
    create_time: at,
    finish_time: at,
  };
}
