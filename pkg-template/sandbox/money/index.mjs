import { createBills } from './bills.mjs';
import { createCombinations } from './combinations.mjs';
import { createHappenings } from './happenings.mjs';
import { createLedger } from './ledger.mjs';
import { createOrders } from './orders.mjs';
import { createProfitSharing } from './profit-sharing.mjs';
import { createRefunds } from './refunds.mjs';
import { createTransfers } from './transfers.mjs';

/**
 * What the sandbox knows of orders, refunds, transfers and profit sharing: all that is asked again
 * later. Amounts are in fen, 0.01 yuan; times in seconds.
 *
 * @param {{ state: { atomically: Function, table: (name: string) => object }, merchant: { mchid: string },
 *   send: (url: string | undefined, event: object) => Promise<object | undefined> }} sandbox `send`
 *   delivers a notification, if there is a URL
 */
export function createMoney({ state, merchant, send }) {
  const ledger = createLedger(state);
  const orders = createOrders(state, ledger);
  const combinations = createCombinations(state, orders);
  const refunds = createRefunds(state, orders, ledger);
  const transfers = createTransfers(state, ledger);
  const sharing = createProfitSharing(state, orders, ledger);
  const parts = { ledger, orders, combinations, refunds, transfers, sharing };
  const { pay, confirmTransfer, happen, refunded, transferred } = createHappenings(parts, merchant);
  // Whoever made the request has its response, whatever becomes of the notification.
  const sendLater = ({ url, event }) => {
    send(url, event).catch(() => {});
  };
  const asOne =
    (work) =>
    (...parameters) =>
      state.atomically(() => work(...parameters));

  return {
    ...parts,
    atomically: state.atomically,
    bills: createBills(ledger, {
      order: (key) => orders.byKey(key, 0),
      refund: refunds.byKey,
      shares: sharing.sharesOf,
    }),
    pay: asOne(pay),
    confirmTransfer: asOne(confirmTransfer),
    happen: asOne(happen),
    refunded: (refund) => sendLater(refunded(refund)),
    transferred: (transfer) => sendLater(transferred(transfer)),
  };
}
