// @ts-check
// One request through `fetch`, and its response as an event for the core.

import { bare, hearErrors, isFunction, part, promiseOf } from './foreign.mjs';
import {
  arrived,
  discard,
  eventOf,
  noResponse,
  openBody,
  ResponseFault,
} from './response-body.mjs';
import { listHeaders, readHead } from './response-head.mjs';

/**
 * @typedef {object} SendStep
 * @property {Function} [fetch] in place of the host's
 * @property {string} url
 * @property {string} method
 * @property {readonly (readonly [name: string, value: string])[]} headers
 * @property {Uint8Array<ArrayBuffer>} body the request's own: its buffer is given to `fetch`
 * @property {number} mostBytes of the response's body
 * @property {boolean} [file] leave the body of a successful response unread
 * @property {readonly string[]} headerNames of the response's headers that the core reads
 * @property {readonly string[]} [allHeaders] read all headers; these where they cannot be listed
 */

/**
 * @typedef {object} Head
 * @property {number} status
 * @property {(string | null)[]} headers in the order of `headerNames`
 */

/**
 * @typedef {Head & { event: 'response', all?: [name: string, value: string][], body: Uint8Array }
 *   | Head & { event: 'file', body: import('./body-stream.mjs').BodyStream | undefined }
 *   | import('./response-body.mjs').FaultEvent
 *   | { event: 'noFetch' }} SendEvent
 */

/**
 * Sends the request and reads the response to its end. Throws the reason of an aborted signal. Where
 * there is no usable response, what `fetch` has under way is ended.
 *
 * @param {SendStep} step
 * @param {import('./timeout.mjs').Timeout} timeout
 * @returns {Promise<SendEvent>}
 */
export async function send(step, timeout) {
  // Looked up now: a Worker has none at module scope.
  const fetch = step.fetch ?? part(globalThis, 'fetch');
  if (!isFunction(fetch)) return { event: 'noFetch' };
  let isOver = false;
  /** @type {unknown} */
  let given;
  // Before anybody waits for it, since that may have ended when it comes.
  const take = (/** @type {unknown} */ response) => {
    given = response;
    // To end what `fetch` has under way may be an error of the body, such as node-fetch's.
    hearErrors(part(response, 'body'));
    if (isOver) discard(response);
    return response;
  };
  try {
    const response = promiseOf(begin(fetch, step, timeout)).then(take);
    return await read(await arrived(timeout, response), step, timeout);
  } catch (thrown) {
    isOver = true;
    timeout.abandon();
    discard(given);
    return eventOf(thrown);
  }
}

/**
 * @param {Function} fetch
 * @param {SendStep} step
 * @param {import('./timeout.mjs').Timeout} timeout
 */
function begin(fetch, { url, method, headers, body }, timeout) {
  // Without a prototype: fetch would take whatever `Object.prototype` has for an option, a proxy of
  // Bun's or a dispatcher of Node's among them.
  const init = bare({
    method,
    headers: bare(Object.fromEntries(headers)),
    ...(body.length > 0 && { body: bufferOf(body) }),
    // Not "error", which Workers do not know: the status of the response is checked.
    redirect: 'manual',
    signal: timeout.signal,
  });
  try {
    return fetch(url, init);
  } catch (cause) {
    // A `fetch` that throws instead of rejecting is a failed connection, too.
    throw new ResponseFault({ event: 'network', cause });
  }
}

/**
 * @param {unknown} response
 * @param {SendStep} step
 * @param {import('./timeout.mjs').Timeout} timeout
 * @returns {Promise<SendEvent>}
 */
async function read(response, { mostBytes, file, headerNames, allHeaders }, timeout) {
  const { status, headers, redirected, length } = headOf(response, headerNames);
  if (file && status >= 200 && status <= 299 && !redirected) {
    return { event: 'file', status, headers, body: openBody(response, Number.POSITIVE_INFINITY) };
  }
  // Before anything is refused, so that the body of a refused response is cancelled.
  const stream = openBody(response, mostBytes);
  try {
    if (redirected) throw new ResponseFault({ event: 'redirect', status });
    if (length !== undefined && length > mostBytes) throw new ResponseFault({ event: 'tooLarge' });
    const body = await stream?.whole((promise) => arrived(timeout, promise));
    return {
      event: 'response',
      status,
      headers,
      ...(allHeaders && { all: listHeaders(response, allHeaders) }),
      body: body ?? new Uint8Array(),
    };
  } finally {
    stream?.abandon();
  }
}

/**
 * @param {unknown} response
 * @param {readonly string[]} headerNames
 */
function headOf(response, headerNames) {
  try {
    return readHead(response, headerNames);
  } catch (thrown) {
    throw thrown instanceof ResponseFault ? thrown : noResponse(thrown);
  }
}

/**
 * A buffer that holds the bytes and nothing else.
 *
 * @param {Uint8Array<ArrayBuffer>} bytes
 */
function bufferOf(bytes) {
  return bytes.length === bytes.buffer.byteLength ? bytes.buffer : bytes.slice().buffer;
}
