// @ts-check
// The request of a notification in what a framework hands its handlers: the request itself, or a context
// that has it. Nothing here is trusted: the signature is verified over what is taken.

import { bytesOf, isFunction, isObject, isPromise, part } from './foreign.mjs';

// Where frameworks have the request: Hono's `c.req` and `c` (`raw`), h3's and Nuxt's event, Koa's `ctx`, a
// context of SvelteKit, Remix or Pages (`request`).
const PLACES = [['raw'], ['req', 'raw'], ['node', 'req'], ['web', 'request'], ['req'], ['request']];

/**
 * Finds the request whose headers and body are to be read: what was given, where it has a body that can
 * be; else the first one that stands in it. What was given where none can be read.
 *
 * @param {any} given
 * @returns {unknown}
 */
export function requestIn(given) {
  if (!isObject(given) || isPromise(given)) return given;
  const inner = PLACES.map((place) => place.reduce((at, name) => memberOf(at, name), given));
  // Koa's context: its body is that of the response.
  const isContext = isObject(memberOf(given, 'req')) && isObject(memberOf(given, 'request'));
  const candidates = isContext || !memberOf(given, 'headers') ? inner : [given, ...inner];
  for (const candidate of candidates) {
    const request = usable(candidate);
    if (request !== undefined) return request;
  }
  // The error is about one that has headers, and best about what became of its body.
  const headed = candidates.filter((each) => memberOf(each, 'headers'));
  const told = headed.find((each) => memberOf(each, 'body') ?? memberOf(each, 'readableDidRead'));
  return told ?? headed[0] ?? given;
}

/**
 * @param {unknown} object
 * @param {string} name
 */
function memberOf(object, name) {
  return /** @type {any} */ (isObject(object) ? part(object, name) : undefined);
}

/**
 * A request whose raw body is there, or will be; `undefined` where it is not.
 *
 * @param {unknown} request
 */
function usable(request) {
  if (!isObject(request) || !part(request, 'headers')) return undefined;
  const body = part(request, 'body');
  const raw = part(request, 'rawBody');
  const asRaw = { headers: part(request, 'headers'), body: raw };
  // First, since a parser may leave an empty text as the body, or its own.
  if (raw !== '' && isRaw(raw)) return asRaw;
  if (isRaw(body) || isFunction(part(body, 'getReader'))) return request;
  if (isReadable(body)) return request;
  // The error names the promise.
  if (isPromise(raw)) return asRaw;
  // What a parser left, {} for example, beside a stream that nobody has read.
  if (!isReadable(request) || part(request, 'readableDidRead')) return undefined;
  return isObject(body) ? { ...asRaw, body: request } : request;
}

/**
 * @param {unknown} body
 */
function isRaw(body) {
  try {
    return typeof body === 'string' || bytesOf(body) !== undefined;
  } catch {
    // A view of a detached buffer: that is told later.
    return true;
  }
}

/**
 * @param {unknown} body
 */
function isReadable(body) {
  return (
    isObject(body) &&
    (isFunction(part(body, 'arrayBuffer')) || isFunction(part(body, Symbol.asyncIterator)))
  );
}
