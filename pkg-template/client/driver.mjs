// @ts-check
// Performs the steps of a call, whatever the call is: the core says what to do, and is told what came
// of it.

import { makeError } from '../errors.mjs';
import { throwIfAborted } from './abort-signal.mjs';
import { ask, instance, internalError, names, useDriver } from './core.mjs';
import { tell } from './hooks.mjs';
import { moment } from './host.mjs';
import { send } from './send.mjs';
import { sign } from './signer.mjs';
import { pause, Timeout } from './timeout.mjs';

/** @typedef {import('./core.mjs').Json} Json */

/**
 * What a call is performed with.
 *
 * @typedef {object} Context
 * @property {import('./causes.mjs').Causes} causes
 * @property {import('./client-options.mjs').ClientOptions['host']} host
 * @property {unknown} [signal]
 * @property {boolean} [file] the response is a file, which is left unread
 * @property {boolean} [allHeaders] all headers of the response are of interest
 * @property {(before: string, after: string) => Uint8Array<ArrayBuffer>} [body] a body that the core does not have
 */

/**
 * A call's result, and what arrived with it.
 *
 * @typedef {object} Result
 * @property {any} result
 * @property {Uint8Array} [bytes] the body of the verified response
 * @property {import('./body-stream.mjs').BodyStream} [stream] the body of the file
 */

const NONE = new Uint8Array();

/** @type {Context | undefined} */
let starting;

useDriver((step) => perform(/** @type {Context} */ (starting), step));

/**
 * Starts a call by an export that hands it to the driver, and performs it.
 *
 * @param {Context} context
 * @param {string} name
 * @param {Json} params
 * @param {Json} options
 * @returns {Promise<Result>}
 */
export async function runExport(context, name, params, options) {
  throwIfAborted(context.signal);
  const { bytes, clockCause } = now(context);
  starting = context;
  return await ask(name, JSON.stringify(params), JSON.stringify({ ...options, clockCause }), bytes);
}

/**
 * Starts a call and performs it.
 *
 * @param {Context} context
 * @param {number} client
 * @param {string} name
 * @param {Json} params
 * @param {Json} options
 * @param {Uint8Array} [body]
 * @returns {Promise<Result>}
 */
export async function run(context, client, name, params, options, body = NONE) {
  throwIfAborted(context.signal);
  const { bytes, clockCause } = now(context);
  const texts = [JSON.stringify(params), JSON.stringify({ ...options, clockCause })];
  return await perform(context, ask('start', client, name, ...texts, body, bytes));
}

/**
 * @param {Context} context
 * @param {string} first
 * @returns {Promise<Result>}
 */
async function perform(context, first) {
  const of = instance();
  let step = read(context, first);
  /** @type {((...parts: any) => any) | undefined} */
  let form;
  if (step.before !== undefined) {
    const whole = context.body?.(step.before, step.after);
    form = () => whole;
  }
  /** @type {Performed} */
  let performed = { event: {} };
  try {
    while (step.step !== 'done') {
      performed = await act(context, step, form);
      step = advance(context, of, step.call, performed);
    }
  } catch (thrown) {
    // The core hears of it too, since other calls may wait for this one.
    if (step.call !== undefined && instance() === of) {
      ask('advance', step.call, '{"event":"aborted"}', NONE, now(context).bytes);
    }
    throw thrown;
  }
  return { result: step.result, bytes: performed.bytes, stream: performed.stream };
}

/**
 * @typedef {object} Performed
 * @property {Json} event
 * @property {Uint8Array} [bytes] beside the event
 * @property {import('./body-stream.mjs').BodyStream} [stream]
 */

/**
 * Performs one step. Throws the reason of an aborted signal.
 *
 * @param {Context} context
 * @param {Json} step
 * @param {(() => Uint8Array<ArrayBuffer>) | undefined} form
 * @returns {Promise<Performed>}
 */
async function act(context, step, form) {
  if (step.step === 'wait') {
    await pause(step.milliseconds, context.signal);
    return { event: { event: 'waited' } };
  }
  const { host, causes } = context;
  const outgoing = step.bytes > 0 ? ask('takeBytes', step.call) : ((step.own && form?.()) || NONE);
  const timeout = new Timeout(step.timeout, context.signal);
  try {
    const reported =
      step.step === 'sign'
        ? await sign(/** @type {Function} */ (host.signer), outgoing, timeout)
        : await send({ ...request(context, step), body: outgoing }, timeout);
    const { cause, body, signature, ...event } = /** @type {Json} */ (reported);
    if (cause !== undefined) event.cause = causes.keep(cause);
    return event.event === 'file'
      ? { event, stream: body }
      : { event, bytes: body ?? signature };
  } finally {
    timeout.finish();
  }
}

/**
 * @param {Context} context
 * @param {Json} step
 */
function request({ host, file, allHeaders }, { url, method, headers, own }) {
  const { responseHeaders, listedHeaders, mostResponseBytes } = names();
  return {
    fetch: host.fetch,
    url,
    method,
    headers,
    mostBytes: mostResponseBytes,
    file: own && file,
    headerNames: responseHeaders,
    allHeaders: own && allHeaders && listedHeaders,
  };
}

/**
 * @param {Context} context
 * @param {number} of the instance that the call belongs to
 * @param {number} call
 * @param {Performed} performed
 */
function advance(context, of, call, { event, bytes }) {
  if (instance() !== of) throw internalError(undefined);
  const { bytes: moment, clockCause } = now(context);
  const text = JSON.stringify({ ...event, clockCause });
  return read(context, ask('advance', call, text, bytes ?? NONE, moment));
}

/**
 * A step. Tells the hooks what happened before it, and throws the error of a call that failed.
 *
 * @param {Context} context
 * @param {string} text
 * @returns {Json}
 */
function read({ host, causes }, text) {
  const step = JSON.parse(text);
  for (const { hook, error, ...event } of step.notices ?? []) {
    const told = error ? { ...event, error: errorOf(error, causes) } : event;
    tell(hook === 'onRetry' ? host.onRetry : host.onResponse, told);
  }
  if (step.error) throw errorOf(step.error, causes);
  return step;
}

/**
 * @param {Json} error
 * @param {import('./causes.mjs').Causes} causes
 */
function errorOf(error, causes) {
  return makeError(error, causes.get(error.cause));
}

/**
 * The moment as the core reads it: two floats and random bytes.
 *
 * @param {Context} context
 */
function now({ host, causes }) {
  const { clock, clockThrew, cause, elapsed, random } = moment(host.clock);
  const bytes = new Uint8Array(16 + (random?.length ?? 0));
  const floats = new DataView(bytes.buffer);
  floats.setFloat64(0, clockThrew ? -1 : clock, true);
  floats.setFloat64(8, elapsed, true);
  if (random) bytes.set(random, 16);
  return { bytes, clockCause: clockThrew ? causes.keep(cause) : undefined };
}
