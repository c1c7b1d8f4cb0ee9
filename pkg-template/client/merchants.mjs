// @ts-check
// The clients of several merchants, as a caller gives them.

import { validationError } from './failures.mjs';
import { isArray, items, kindOf } from './foreign.mjs';
import { message } from './message.mjs';

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
  const refused = (/** @type {import('./message.mjs').Message} */ problem) =>
    validationError('clients', problem);
  if (!isArray(clients)) {
    throw refused(message('must be an array of Wechatpay objects, not {}', kindOf(clients)));
  }
  const unreadable = () => refused(message('cannot be read: it throws'));
  const read = items(clients, MOST + 1, unreadable);
  if (read === undefined) throw unreadable();
  if (read.length === 0) {
    throw refused(
      message('is empty; give the clients of the merchants that the notification may be for'),
    );
  }
  if (read.length > MOST) throw refused(message('has more than {} clients', MOST));
  const other = read.findIndex((each) => !isClient(each));
  if (other >= 0) {
    throw refused(
      message(
        'has {} in place {}, which is no Wechatpay of this copy of the package',
        kindOf(read[other]),
        other,
      ),
    );
  }
  return [...new Set(read)];
}
