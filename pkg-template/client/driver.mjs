// @ts-check
// Performs the steps of a call, whatever the call is: the core says what to do, and is told what came
// of it.

import { makeError } from '../errors.mjs';
import { shielded } from '../redaction.mjs';
import { throwIfAborted } from './abort-signal.mjs';
import { ask, askInstance, generation, internalError, names, parsed, useDriver } from './core.mjs';
import { bare } from './foreign.mjs';
import { elapsed, randomBytes, timeOf } from './host.mjs';
import { told } from './locale.mjs';
import { message } from './message.mjs';
import { send } from './send.mjs';
import { sign, signAtOnce } from './signer.mjs';
import { pause, Timeout } from './timeout.mjs';
import { whyFailed } from './unconnected.mjs';

/** @typedef {import('./core.mjs').Json} Json */
/** @typedef {import('./opening.mjs').Opening} Opening */

/**
 * What a call is performed with.
 *
 * @typedef {object} Context
 * @property {import('./causes.mjs').Causes} causes
 * @property {import('./client-options.mjs').Host} host
 * @property {unknown} [signal]
 * @property {import('./watch.mjs').Watch} [watch] where somebody is told of the call
 * @property {import('./message.mjs').Locale} [locale] of errors
 * @property {boolean} [file] the response is a file, which is left unread
 * @property {boolean} [allHeaders] all headers of the response are of interest
 * @property {(before: string, after: string) => Uint8Array<ArrayBuffer>} [body] a body that the core does not have
 */

/**
 * A call's result, and what arrived with it.
 *
 * @typedef {object} Result
 * @property {any} result
 * @property {number} of the instance that made it
 * @property {Uint8Array} [bytes] the body of the verified response
 * @property {import('./body-stream.mjs').BodyStream} [stream] the body of the file
 */

const NONE = new Uint8Array();

/** The call that an export starts. @type {Context} */
let starting;
/** How many calls are under way. */
let underWay = 0;
/** The call that an export handed to the driver. @type {Promise<Result> | undefined} */
let handed;

useDriver((step) => {
  handed = performHanded(starting, generation, step);
  return handed;
});

/**
 * Starts a call by an export that hands it to the driver, and performs it.
 *
 * @param {Context} context
 * @param {Opening} client
 * @param {string} name
 * @param {Json} params
 * @param {Json} options
 * @returns {Promise<Result>}
 */
export async function runExport(context, client, name, params, options) {
  throwIfAborted(context.signal);
  const { moment, clockCause } = now(context);
  const text = JSON.stringify(params);
  starting = context;
  handed = undefined;
  try {
    const telling = context.watch?.telling;
    const all = { ...options, client: client.number(), clockCause, telling };
    ask(name, text, JSON.stringify(all), ...moment);
  } catch (thrown) {
    // A call that was handed over before fails by itself.
    if (handed === undefined) throw thrown;
  }
  // The promise that the export returned.
  return await /** @type {any} */ (handed);
}

/**
 * Starts a call and performs it.
 *
 * @param {Context} context
 * @param {Opening} client
 * @param {string} name
 * @param {Json} params
 * @param {Json} options
 * @param {Uint8Array} [body]
 * @returns {Promise<Result>}
 */
export async function run(context, client, name, params, options, body = NONE) {
  throwIfAborted(context.signal);
  const { moment, clockCause } = now(context);
  // No code of the caller's runs from here to the first step: the number is that of this instance.
  const number = client.number();
  const of = generation;
  const telling = context.watch?.telling;
  const texts = [params, { ...options, client: number, clockCause, telling }].map((each) =>
    JSON.stringify(each),
  );
  const begin = () => askInstance(of, 'start', name, ...texts, body, ...moment);
  return await perform(context, of, begin);
}

/**
 * Asks clients of the core for something that needs no step: it is known now, or refused.
 *
 * @param {Context} context whose clock says the time
 * @param {readonly { number: () => number }[]} clients
 * @param {string} name
 * @param {...unknown} values
 * @returns {Json}
 */
export function answerNow(context, clients, name, ...values) {
  const { clock, clockCause } = read(context, timeOf(context.host.clock));
  // A number is one of the instance: where one client is opened again, all are.
  const of = generation;
  const numbers = Uint32Array.from(clients, (client) => client.number());
  const result = askInstance(of, name, numbers, ...values, clock, clockCause);
  if (result.error) {
    const { message: said, ...error } = result.error;
    const whole = clients.length > 1 ? triedBy(said, result.tried) : said;
    throw errorOf({ ...error, message: whole }, context);
  }
  return result;
}

// How many merchants an error names.
const MOST_NAMED = 10;

/**
 * What is said of a notification, and whose keys were tried.
 *
 * @param {import('./message.mjs').Message} said
 * @param {string[]} mchids
 */
function triedBy(said, mchids) {
  const all = [...new Set(mchids)];
  const named = all.slice(0, MOST_NAMED).join(', ');
  return all.length > MOST_NAMED
    ? message('{} (tried with the keys of {} and {} more)', said, named, all.length - MOST_NAMED)
    : message('{} (tried with the keys of {})', said, named);
}

/**
 * Performs nothing while the export that handed it over is under way: the stack has frames of the Wasm
 * then, and no code of the caller's is to run on them.
 *
 * @param {Context} context
 * @param {number} of
 * @param {string} text
 */
async function performHanded(context, of, text) {
  await undefined;
  return await perform(context, of, () => parsed(text));
}

/**
 * @param {Context} context
 * @param {number} of the instance that the call belongs to
 * @param {() => Json} begin gives the first step
 * @returns {Promise<Result>}
 */
async function perform(context, of, begin) {
  /** @type {Json} */
  let step = bare({});
  /** @type {Performed} */
  let performed = bare({ event: {} });
  /** @type {((...parts: any) => any) | undefined} */
  let form;
  // Nothing between this and the end of it may throw: the stack may be full.
  underWay += 1;
  try {
    step = begin();
    if (step.before !== undefined) {
      const whole = context.body?.(step.before, step.after);
      form = () => whole;
    }
    for (;;) {
      if (step.notices) tellHooks(context, step);
      if (step.error) throw errorOf(step.error, context);
      const { bytes, stream } = performed;
      if (step.step === 'done') return { result: step.result, of, bytes, stream };
      performed = await act(context, of, step, form);
      const { text, moment } = reportOf(context, performed.event, step.random);
      step = askInstance(of, 'advance', step.call, text, performed.bytes ?? NONE, ...moment);
    }
  } catch (thrown) {
    performed.stream?.abandon();
    // A step that ends a call has no number: it may be another call's already.
    if (step.call !== undefined) abandon(context, of, step.call);
    throw thrown;
  } finally {
    underWay -= 1;
  }
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
 * @param {number} of
 * @param {Json} step
 * @param {(() => Uint8Array<ArrayBuffer>) | undefined} form
 * @returns {Promise<Performed>}
 */
async function act(context, of, step, form) {
  if (step.step === 'wait') {
    await pause(step.milliseconds, context.signal);
    return bare({ event: { event: 'waited' } });
  }
  const outgoing = step.bytes > 0 ? taken(of, step.call) : (step.own && form?.()) || NONE;
  const { host } = context;
  // Where other calls are under way, a thread of the host's signs: meanwhile, this one goes on with them.
  if (step.step === 'sign' && host.signAtOnce && underWay === 1) {
    throwIfAborted(context.signal);
    return performedOf(context, step, signAtOnce(host.signAtOnce, outgoing));
  }
  const timeout = new Timeout(step.timeout, context.signal);
  try {
    const reported =
      step.step === 'sign'
        ? await sign(/** @type {Function} */ (host.signer), outgoing, timeout)
        : await send({ ...request(context, step), body: outgoing }, timeout);
    return performedOf(context, step, reported);
  } finally {
    timeout.finish();
  }
}

/**
 * @param {Context} context
 * @param {Json} step
 * @param {object} reported what became of it
 * @returns {Performed}
 */
function performedOf({ causes, locale }, step, reported) {
  const { cause, body, signature, ...event } = /** @type {Json} */ (bare(reported));
  // The core does not know it: it is a part of what the core says.
  if (Object.hasOwn(event, 'problem')) event.problem = told(event.problem, locale);
  if (cause !== undefined) {
    const shown = shielded(cause, step.headers);
    event.cause = causes.keep(shown);
    if (event.event === 'network') Object.assign(event, whyFailed(shown));
  }
  return bare(
    event.event === 'file' ? { event, stream: body } : { event, bytes: body ?? signature },
  );
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
 * @param {number} of
 * @param {number} call
 */
function taken(of, call) {
  if (generation !== of) throw internalError();
  return ask('takeBytes', call);
}

/**
 * What the core is told of an event.
 *
 * @param {Context} context
 * @param {Json} event
 * @param {boolean} random whether the core needs random bytes
 */
function reportOf(context, event, random) {
  const { moment, clockCause = null } = now(context, random);
  // In the order in which the core looks for them, null where it would look in vain.
  const { event: what, cause = null, all = null } = event;
  return { text: JSON.stringify({ event: what, cause, clockCause, all, ...event }), moment };
}

/**
 * Tells the core that a call has ended: other calls may wait for it.
 *
 * @param {Context} context
 * @param {number} of
 * @param {number} call
 */
function abandon(context, of, call) {
  if (generation !== of) return;
  try {
    ask('advance', call, '{"event":"aborted"}', NONE, ...now(context, false).moment);
  } catch {
    // Then the instance is replaced, and no call waits.
  }
}

/**
 * Tells the hooks what happened before a step.
 *
 * @param {Context} context
 * @param {Json} step
 */
function tellHooks(context, step) {
  context.watch?.hear(step, (error) => errorOf(error, context));
}

/**
 * @param {any} error
 * @param {Context} context
 */
function errorOf(error, { causes, locale }) {
  const { cause, inner } = bare(error);
  return makeError(error, causes.get(inner ? bare(inner).cause : cause), locale);
}

/**
 * The moment as the core reads it: the clock, the milliseconds, and random bytes.
 *
 * @param {Context} context
 * @param {boolean} [drawn] false where no random bytes are needed
 */
function now(context, drawn = true) {
  const { clock, clockCause } = read(context, timeOf(context.host.clock));
  const random = (drawn ? randomBytes() : undefined) ?? NONE;
  return { moment: [clock, elapsed(), random], clockCause };
}

/**
 * The time of day as the core reads it: -1 where the clock threw, and then the number of what it threw.
 *
 * @param {Context} context
 * @param {ReturnType<typeof timeOf>} time
 */
function read({ causes }, { clock, clockThrew, cause }) {
  return {
    clock: clockThrew ? -1 : clock,
    clockCause: clockThrew ? causes.keep(cause) : undefined,
  };
}
