// @ts-check
// The body of fetch's Response, and what ends an attempt while it is read.

import { BodyFault, BodyStream, dismiss } from './body-stream.mjs';
import { asyncIterator, call, ignore, isFunction, isObject, member, part } from './foreign.mjs';
import { message } from './message.mjs';

/**
 * Why there is no usable response: an event for the core, which makes the error.
 *
 * @typedef {{ event: 'network', cause: unknown }
 *   | { event: 'timeout' }
 *   | { event: 'redirect', status: number }
 *   | { event: 'tooLarge' }
 *   | { event: 'unusable', problem: import('./message.mjs').Message, cause?: unknown }} FaultEvent
 */

/** Is thrown where a response, or its body, is of no use. */
export class ResponseFault {
  /**
   * @param {FaultEvent} event
   */
  constructor(event) {
    this.event = event;
  }
}

/**
 * Opens the body of a Response; `undefined` where it has none.
 *
 * @param {unknown} response
 * @param {number} most how many bytes it may have
 */
export function openBody(response, most) {
  const body = member(response, 'body', noResponse);
  if (body === null) return undefined;
  if (!isFunction(part(body, 'getReader'))) return iteratedBody(response, body, most);
  // Throws where somebody reads the body already, or did.
  const reader = call(body, 'getReader', [], unopened);
  ignore(reader);
  if (!isObject(reader)) throw unopened(reader);
  return new BodyStream(reader, 'read', most);
}

/**
 * A body of another kind that can be iterated, as that of node-fetch, a stream of node, can.
 *
 * @param {unknown} response
 * @param {unknown} body
 * @param {number} most
 */
function iteratedBody(response, body, most) {
  // To iterate over what was read gives nothing, and no error.
  if (part(response, 'bodyUsed') || part(body, 'readableDidRead')) throw unopened(undefined);
  const iterator = asyncIterator(body, unopened);
  if (!isObject(iterator)) throw unopened(undefined);
  return new BodyStream(iterator, 'next', most, body, () => discard(response));
}

/**
 * Ends the body of a response that nobody reads: one of node's, or one that nobody has opened.
 *
 * @param {unknown} response
 */
export function discard(response) {
  const body = part(response, 'body');
  dismiss(body, isFunction(part(body, 'destroy')) ? 'destroy' : 'cancel');
}

/**
 * A promise of the host's within its time.
 *
 * @param {import('./timeout.mjs').Timeout} timeout
 * @param {unknown} promise
 */
export async function arrived(timeout, promise) {
  const outcome = await timeout.race(promise);
  if (outcome.status === 'fulfilled') return outcome.value;
  throw new ResponseFault(
    outcome.status === 'timedOut'
      ? { event: 'timeout' }
      : { event: 'network', cause: outcome.reason },
  );
}

/**
 * The event of what was thrown while a response was read. What is no fault of a response is thrown on:
 * the reason of an aborted signal.
 *
 * @param {unknown} thrown
 * @returns {FaultEvent}
 */
export function eventOf(thrown) {
  if (thrown instanceof ResponseFault) return thrown.event;
  if (!(thrown instanceof BodyFault)) throw thrown;
  switch (thrown.kind) {
    case 'tooLarge':
      return { event: 'tooLarge' };
    case 'noBytes':
      return unusable(message("the body of fetch's Response is not made of bytes"));
    case 'endless':
      return unusable(message('its body consists of empty parts without end'));
    default:
      return unusable(message("the body of fetch's Response cannot be read"), thrown.cause);
  }
}

/**
 * @param {import('./message.mjs').Message} problem
 * @param {unknown} [cause]
 * @returns {FaultEvent}
 */
export function unusable(problem, cause) {
  return { event: 'unusable', problem, cause };
}

/**
 * @param {unknown} cause
 */
export function noResponse(cause) {
  return new ResponseFault(unusable(message('fetch did not give a Response'), cause));
}

/**
 * @param {unknown} cause
 */
function unopened(cause) {
  const problem = message(
    "the body of fetch's Response cannot be read: it must be a ReadableStream, or another stream of " +
      'bytes that can be iterated (for await), that nobody has read; ' +
      'a fetch that reads the body must return response.clone()',
  );
  return new ResponseFault(unusable(problem, cause));
}
