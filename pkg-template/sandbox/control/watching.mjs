import { createEventStreams } from './event-streams.mjs';
import { shownAttempt, shownDelivery, shownRequest } from './shown.mjs';

/** How many requests, and how many deliveries, are shown. */
const MAX_SHOWN = 200;

/** Changes that follow each other at once are told of together: milliseconds. */
const PAUSE = 50;

/**
 * What the page and the command see of a running sandbox: the last requests with their responses, the last
 * deliveries, and a message for whoever watches when something comes or changes.
 *
 * - `request`: a request, as in `/-/state`
 * - `delivery`: a notification, as in `/-/state`; again after each attempt, with the same id
 * - `attempt`: one attempt of a delivery, for those who listen: `{ eventType, url, number, status, body, error,
 *   code, delivered, pause, speed }`, `pause` being WeChat Pay's until the next one, in seconds, if there is one
 * - `state`: something of the rest of `/-/state` has changed
 * - `clear`: the requests and the deliveries were removed
 */
export function createWatching() {
  const streams = createEventStreams();
  let requests = [];
  let deliveries = [];
  let lastId = 0;
  let timer;
  const last = (list, one) => [...list.slice(1 - MAX_SHOWN), one];
  const changed = () => {
    if (timer !== undefined || !streams.isWatched) return;
    timer = setTimeout(() => {
      timer = undefined;
      streams.send('state', {});
    }, PAUSE);
    // The server keeps the process alive, until it is closed.
    timer.unref();
  };
  return {
    open: streams.open,
    /** The oldest first. */
    get requests() {
      return requests.map(shownRequest);
    },
    get deliveries() {
      return deliveries.map(shownDelivery);
    },
    /** A request that was checked, and the response that it gets; undefined if the connection is closed. */
    request(record, outcome, response) {
      lastId += 1;
      const watched = { id: lastId, at: new Date().toISOString(), record, outcome, response };
      requests = last(requests, watched);
      if (streams.isWatched) streams.send('request', shownRequest(watched));
      // It may have made an order, and used up a fault or a response.
      changed();
    },
    /**
     * A notification that is being delivered.
     *
     * @returns {(told: { attempts: object[], delivered: boolean, isOver: boolean }) => void} tells how it goes
     */
    delivery(event, url) {
      lastId += 1;
      const id = lastId;
      const at = new Date().toISOString();
      const put = (told) => {
        const watched = { id, at, event, url: String(url), ...told };
        const place = deliveries.findIndex((each) => each.id === id);
        // Those of before were removed meanwhile, or are too many.
        if (place >= 0) deliveries = deliveries.with(place, watched);
        if (streams.isWatched) streams.send('delivery', shownDelivery(watched));
      };
      deliveries = last(deliveries, { id });
      put({ attempts: [], delivered: false, isOver: false });
      return put;
    },
    /** An attempt of a delivery, the last of `attempts`. */
    attempt({ event, url, attempts, pause, speed }) {
      if (!streams.isWatched) return;
      const attempt = shownAttempt(attempts.at(-1));
      const delivered = attempt.status === 200 || attempt.status === 204;
      const told = { eventType: event.eventType, url: String(url), number: attempts.length };
      streams.send('attempt', { ...told, ...attempt, delivered, pause, speed });
    },
    changed,
    clear() {
      requests = [];
      deliveries = [];
      streams.send('clear', {});
    },
  };
}
