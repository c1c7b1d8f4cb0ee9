// @ts-check
// Notifications: the request is read, once, and the core says whose it is.

import { ConfigError, markOfRequest } from '../errors.mjs';
import { names } from './core.mjs';
import { answerNow } from './driver.mjs';
import { bare, hearErrors, member, part } from './foreign.mjs';
import { bodyOf, ofEmpty } from './notification-body.mjs';
import { readHeaders } from './notification-headers.mjs';
import { requestIn } from './notification-request.mjs';

/** @typedef {import('./core.mjs').Json} Json */
/** @typedef {import('./client.mjs').Client} Client */
/** @typedef {import('./watch.mjs').Watch} Watch */

/**
 * Receives a notification that is for one of several clients. The clock, and the bounds, are those of
 * the first one.
 *
 * @param {readonly Client[]} clients at least one
 * @param {unknown} request
 * @param {Watch} [watch] where somebody is told of it
 * @returns {Promise<{ client: Client, notification: Json }>}
 */
export async function receive(clients, request, watch) {
  try {
    // The body may take its time.
    return await duringAll(clients, () => received(clients, request, watch));
  } catch (thrown) {
    throw markOfRequest(thrown);
  }
}

/**
 * Keeps clients open until some work has ended.
 *
 * @template Result
 * @param {readonly Client[]} clients
 * @param {() => Promise<Result>} work
 * @returns {Promise<Result>}
 */
function duringAll([first, ...rest], work) {
  return first.during(rest.length === 0 ? work : () => duringAll(rest, work));
}

/**
 * @param {readonly Client[]} clients
 * @param {unknown} request
 * @param {Watch} [watch]
 */
async function received(clients, request, watch) {
  // A stream may fail while what is wrong with the request is told.
  hearErrors(part(request, 'body'));
  const [{ causes, host, locale, arrivals }] = clients;
  const context = bare({ causes, host, locale });
  /** @type {(of: readonly Client[], name: string, ...values: unknown[]) => Json} */
  const answer = (of, name, ...values) => answerNow(context, of, name, ...values);
  const { responseHeaders, notificationHeaders, mostNotificationBytes } = names();
  const named = [...responseHeaders.slice(0, notificationHeaders), 'Content-Length'];
  const found = requestIn(request);
  let headers;
  try {
    headers = readHeaders(found, named);
  } catch (thrown) {
    // Without the APIv3 key no notification can be decrypted, whatever it is.
    answer(clients, 'admit', '');
    throw thrown;
  }
  const announced = headers.pop();
  const written = JSON.stringify({ headers });
  // What the headers alone show is decided before the body is read.
  const { keyKnown, keyUnknown } = answer(clients, 'admit', written);
  /** @type {Client[]} those that may download the key that they do not know */
  const unknown = keyUnknown.map((/** @type {number} */ place) => clients[place]);
  const body = bodyOf(/** @type {object} */ (found), mostNotificationBytes, announced);
  return await arrivals.during(async (arrival) => {
    if (body.held) arrival.took(body.held);
    try {
      if (!keyKnown) await downloadKey(unknown, headers, arrival, watch);
    } catch (thrown) {
      body.abandon();
      throw thrown;
    }
    const bytes = await body.read(arrival);
    const give = (/** @type {readonly Client[]} */ of) => {
      const { client: place, ...notification } = answer(of, 'receive', written, bytes);
      return { client: of[place], notification };
    };
    try {
      return give(clients);
    } catch (error) {
      if (!isOfAnother(error)) throw bytes.length === 0 ? ofEmpty(error) : error;
      // It is verified, and encrypted for another merchant: one of those, perhaps, that do not know the key yet.
      while (unknown.length > 0) {
        try {
          return give([await downloadKey(unknown, headers, arrival, watch)]);
        } catch {
          // The first error says more.
        }
      }
      throw error;
    }
  });
}

/**
 * Has one client after the other download the key, until one of them knows it. Those that tried are taken
 * out of `clients`.
 *
 * @param {Client[]} clients at least one
 * @param {(string | null)[]} headers
 * @param {import('./arrivals.mjs').Arrival} arrival
 * @param {Watch} [watch]
 * @returns {Promise<Client>}
 */
async function downloadKey(clients, headers, arrival, watch) {
  const [client] = clients.splice(0, 1);
  try {
    await client.notificationKey(headers, arrival.signal(), watch);
    return client;
  } catch (thrown) {
    if (clients.length === 0) throw thrown;
    return await downloadKey(clients, headers, arrival, watch);
  }
}

/**
 * @param {unknown} error
 */
function isOfAnother(error) {
  return error instanceof ConfigError && member(error, 'option') === 'apiv3Key';
}
