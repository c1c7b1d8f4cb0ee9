import { randomBytes } from 'node:crypto';
import { version } from '../../package.json';
import { ACTIONS } from './actions.mjs';
import { isSameToken, problemOfWatcher } from './gate.mjs';
import { page, pagePolicy } from './page.mjs';
import { readJson, TooLargeError } from './read-json.mjs';

/** Of every response here: nothing of another origin may read, embed or keep it. */
const HEADERS = {
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'X-Frame-Options': 'DENY',
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
};
const JSON_HEADERS = { ...HEADERS, 'Content-Type': 'application/json; charset=utf-8' };

/**
 * The page at `/` and the control API under `/-/`, by which the page and programs of this machine watch a
 * running sandbox and drive it. Nothing here is signed, is in `requests`, or uses up a fault.
 *
 * - GET `/-/session`: `{ token, url, version, mchid, merchant, strict }`. Each change needs the token in the
 *   header `Sandbox-Token`.
 * - GET `/-/state`: `{ requests, deliveries, orders, refunds, transfers, contracts, faults, responses,
 *   events }`; with `?log=none`, without the first two
 * - GET `/-/events`: server-sent events, as `createWatching` lists them
 * - GET `/-/sample?event=…`: `{ resource }`, what an event is completed from
 * - POST `/-/pay` `{ outTradeNo }`, `/-/confirm-transfer` `{ outBillNo }`, `/-/terminate-contract`
 *   `{ contractId }`, `/-/trigger` `{ eventType, to?, fields?, maxAttempts?, signedBy? }`, `/-/respond`
 *   `{ method, path, response }` (null takes it away), `/-/faults` `{ … }`, `/-/clear`: what the sandbox's
 *   methods do. Those that notify respond `{ delivery }` once it was delivered or given up; it is null without
 *   a notify_url.
 * - POST `/-/listen` `{ to?, speed? }`: the same events as `/-/events`, after one named `listening`. As long as
 *   the connection is open, notifications whose notify_url leads away from here go to `to`, and the pauses
 *   between attempts are `speed` times shorter than WeChat Pay's.
 *
 * An error is a status of 4xx with `{ message }`.
 *
 * @param {{ watching: object, listening: object, sandbox: () => import('../../sandbox.d.ts').Sandbox,
 *   about: object, state: () => object, sampleOf: (eventType: string) => object }} parts
 */
export function createControl({ watching, listening, sandbox, about, state, sampleOf }) {
  // As long as the sandbox: whoever can read it can drive this one alone.
  const token = randomBytes(32).toString('base64url');
  const readings = {
    session: () => ({ token, url: sandbox().url, version, ...about }),
    state: (query) => ({
      ...(query.get('log') !== 'none' && {
        requests: watching.requests,
        deliveries: watching.deliveries,
      }),
      faults: sandbox().faults ?? {},
      ...state(),
    }),
    sample: (query) => ({ resource: sampleOf(query.get('event') ?? '') }),
  };
  const actions = {
    ...ACTIONS,
    clear: ({ requests }) => {
      requests.length = 0;
      watching.clear();
      return {};
    },
    listen: (_, wanted) => ({ leave: listening.add(wanted) }),
  };

  function listen(response, leave) {
    // Whoever asked may be gone already.
    if (response.destroyed) return leave();
    response.once('close', leave);
    if (watch(response)) response.write('event: listening\ndata: {}\n\n');
  }

  function watch(response) {
    const isOpen = watching.open(response, HEADERS);
    if (!isOpen) send(response, 429, { message: 'too many watch this sandbox already' });
    return isOpen;
  }

  return {
    /** Whether a request is for the page or the control API; any other is for WeChat Pay's API. */
    isFor: ({ method, url, headers }) =>
      url.startsWith('/-/') ||
      (/^\/(?:\?|$)/.test(url) && /^(?:GET|HEAD)$/.test(method) && wantsPage(headers)),
    async respond(request, response, { method, url, headers }) {
      const problem = problemOfWatcher(request.socket, headers);
      if (problem !== undefined) return send(response, 403, { message: problem });
      if (!url.startsWith('/-/')) return sendPage(response);
      const { pathname, searchParams } = new URL(url, 'http://sandbox');
      const name = pathname.slice('/-/'.length);
      const isChange = Object.hasOwn(actions, name);
      if (!isChange && name !== 'events' && !Object.hasOwn(readings, name)) {
        return send(response, 404, { message: `the control API has no ${pathname}` });
      }
      const allowed = isChange ? 'POST' : 'GET';
      if (method !== allowed) {
        response.setHeader('Allow', allowed);
        return send(response, 405, { message: `${pathname} takes ${allowed} alone` });
      }
      if (isChange && !isSameToken(headers['sandbox-token'], token)) {
        const message = 'the header Sandbox-Token has to be the token of GET /-/session';
        return send(response, 403, { message });
      }
      if (name === 'events') return void watch(response);
      try {
        const result = isChange
          ? await actions[name](sandbox(), await readJson(request))
          : readings[name](searchParams);
        if (name === 'listen') return listen(response, result.leave);
        if (isChange) watching.changed();
        return send(response, 200, result);
      } catch (error) {
        const status = error instanceof TooLargeError ? 413 : 400;
        return send(response, status, { message: error?.message ?? String(error) });
      }
    },
  };
}

/** Programs that call the API at `/` by mistake want JSON, and get its answer. */
function wantsPage({ accept = '' }) {
  return accept.toLowerCase().includes('text/html');
}

function send(response, status, value) {
  response.writeHead(status, JSON_HEADERS).end(JSON.stringify(value));
}

function sendPage(response) {
  response.writeHead(200, {
    ...HEADERS,
    'Content-Security-Policy': pagePolicy(),
    'Content-Type': 'text/html; charset=utf-8',
  });
  response.end(page());
}
