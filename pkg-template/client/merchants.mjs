// @ts-check
// The clients of several merchants, as a caller gives them.

import { validationError } from './failures.mjs';
import { isArray, items, kindOf } from './foreign.mjs';

// More merchants on one URL are a mistake, and each costs some time of a notification.
const MOST = 1_000;

/**
 * Reads an array of clients. Each counts once.
 *
 * @param {unknown} clients
 * @param {(value: unknown) => boolean} isClient
 * @returns {unknown[]} one or more
 */
export function readClients(clients, isClient) {
  const refused = (/** @type {string} */ problem) => validationError('clients', problem);
  if (!isArray(clients)) {
    throw refused(`must be an array of Wechatpay objects, not ${kindOf(clients)}`);
  }
  const unreadable = () => refused('cannot be read: it throws');
  const read = items(clients, MOST + 1, unreadable);
  if (read === undefined) throw unreadable();
  if (read.length === 0) {
    throw refused('is empty; give the clients of the merchants that the notification may be for');
  }
  if (read.length > MOST) throw refused(`has more than ${MOST} clients`);
  const other = read.findIndex((each) => !isClient(each));
  if (other >= 0) {
    throw refused(
      `has ${kindOf(read[other])} in place ${other}, which is no Wechatpay of this copy of the package`,
    );
  }
  return [...new Set(read)];
}
