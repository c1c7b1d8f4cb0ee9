import { beijingTime } from '../beijing-time.mjs';
import { ALPHANUMERICS, randomText } from '../random-text.mjs';
import { fingerprint, transferBillNo } from './numbers.mjs';
import { alreadyExists, invalid, notFound } from './problems.mjs';

/** A user who does not confirm within a day gets nothing. */
const LIFETIME = 24 * 60 * 60;

/**
 * Transfers to users, each a bill that the user confirms.
 *
 * @param {{ table: (name: string) => object }} state
 * @param {{ enter: (entry: object) => void }} ledger
 */
export function createTransfers(state, ledger) {
  const transfers = state.table('transfers');
  const put = (transfer) => {
    transfers.set(transfer.outBillNo, transfer);
    return transfer;
  };
  // WeChat Pay cancels in two steps. The second is done when somebody asks.
  const current = (transfer, now) => {
    if (transfer?.state === 'CANCELING') return put({ ...transfer, state: 'CANCELLED' });
    if (transfer?.state === 'WAIT_USER_CONFIRM' && transfer.at + LIFETIME <= now) {
      return put({
        ...transfer,
        state: 'FAIL',
        failReason: 'OVERDUE_CLOSE',
        updatedAt: transfer.at + LIFETIME,
      });
    }
    return transfer;
  };
  const required = (transfer, number) => {
    if (transfer === undefined) throw notFound(`there is no transfer ${number}`);
    return transfer;
  };
  const known = (number, now) => required(current(transfers.get(number), now), number);

  return {
    known,
    has: (number) => transfers.get(number) !== undefined,
    byTransferBillNo: (number, now) =>
      required(
        current(
          transfers.values().find((transfer) => transfer.transferBillNo === number),
          now,
        ),
        number,
      ),
    make(parameters, now) {
      const outBillNo = parameters.out_bill_no;
      const earlier = current(transfers.get(outBillNo), now);
      if (earlier !== undefined) {
        if (earlier.fingerprint === fingerprint(parameters)) return earlier;
        throw alreadyExists(`there is a transfer ${outBillNo} with other parameters`);
      }
      return put({
        outBillNo,
        fingerprint: fingerprint(parameters),
        transferBillNo: transferBillNo(now),
        packageInfo: randomText(ALPHANUMERICS, 40),
        appid: parameters.appid,
        openid: parameters.openid,
        amount: parameters.transfer_amount,
        remark: parameters.transfer_remark,
        notifyUrl: parameters.notify_url,
        state: 'WAIT_USER_CONFIRM',
        at: now,
        updatedAt: now,
      });
    },
    /** It cannot reach the user. */
    fail(outBillNo, failReason, now) {
      return put({ ...waiting(known(outBillNo, now)), state: 'FAIL', failReason, updatedAt: now });
    },
    /** The user takes the money. */
    confirm(outBillNo, now) {
      const transfer = waiting(known(outBillNo, now));
      ledger.enter({ kind: 'transfer', at: now, amount: transfer.amount, transfer: outBillNo });
      return put({ ...transfer, state: 'SUCCESS', updatedAt: now });
    },
    cancel(outBillNo, now) {
      const transfer = known(outBillNo, now);
      if (transfer.state === 'CANCELLED') return transfer;
      return put({ ...waiting(transfer), state: 'CANCELING', updatedAt: now });
    },
  };
}

function waiting(transfer) {
  if (transfer.state === 'WAIT_USER_CONFIRM') return transfer;
  throw invalid(`the transfer ${transfer.outBillNo} is ${transfer.state}, not WAIT_USER_CONFIRM`);
}

/** A transfer as the queries respond with it. */
export function transferOf(transfer, { mchid }) {
  return { mch_id: mchid, ...partOf(transfer), transfer_remark: transfer.remark };
}

/** The resource of MCHTRANSFER.BILL.FINISHED. */
export function transferResource(transfer, { mchid }) {
  return { mchid, ...partOf(transfer) };
}

function partOf(transfer) {
  return {
    out_bill_no: transfer.outBillNo,
    transfer_bill_no: transfer.transferBillNo,
    appid: transfer.appid,
    state: transfer.state,
    transfer_amount: transfer.amount,
    ...(transfer.failReason === undefined ? {} : { fail_reason: transfer.failReason }),
    openid: transfer.openid,
    create_time: beijingTime(transfer.at),
    update_time: beijingTime(transfer.updatedAt),
  };
}
