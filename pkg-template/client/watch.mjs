// @ts-check
// One call that is watched: what the hooks and the log are told of it. Nothing that is told holds a key, a
// signature or an Authorization header; a notification's content is not told at all.

import { isOfRequest, VerificationError, WechatpayError } from '../errors.mjs';
import { harmless, withoutToken } from '../redaction.mjs';
import { bare, part } from './foreign.mjs';
import { elapsed } from './host.mjs';

/** @typedef {import('./observer.mjs').Observer} Observer */
/** @typedef {import('./core.mjs').Json} Json */

// How much of a signed string is logged, in characters: bodies may be large.
const MOST_SIGNED = 32_768;

const NAME = 'wechatpay';
const NOTIFICATION = 'notification';

/** How many calls were watched so far. */
let count = 0;

export class Watch {
  #observer;
  #site;
  #call;
  #callId;
  /** @type {string | undefined} */
  #template;
  #start = Date.now();
  #began = elapsed();
  /** Whether the request that is under way is the call's own, and not one for its keys. */
  #own = true;
  /** Of the call's own requests. @type {Json} */
  #last = { attempts: 0 };
  /** The signal of the call. @type {unknown} */
  signal;

  /**
   * @param {Observer} observer
   * @param {string} call
   * @param {(thrown: unknown) => unknown} site
   */
  constructor(observer, call, site) {
    count += 1;
    this.#observer = observer;
    this.#call = call;
    this.#callId = count;
    this.#site = site;
  }

  /** How much the core is to tell. */
  get telling() {
    return this.#observer.telling;
  }

  /**
   * Names a call of the chain by its path with variables, which has no value of theirs.
   *
   * @param {string} method
   * @param {string} template
   */
  isOf(method, template) {
    [this.#template] = template.split('?');
    this.#call = `${method} ${this.#template}`;
  }

  /**
   * Tells what happened before a step of the call.
   *
   * @param {Json} step
   * @param {(error: any) => unknown} errorOf
   */
  hear(step, errorOf) {
    try {
      for (const notice of step.notices) {
        const told = bare(notice);
        const { hook, renewed } = told;
        const error = told.error ? this.#site(errorOf(told.error)) : undefined;
        if (hook === 'onRequest') this.#requested(told, step.own === true);
        else if (hook === 'onResponse') this.#responded(told);
        else if (hook === 'onRetry') this.#retried(told, error);
        else this.#renewed(renewed, error);
      }
    } catch {
      // The stack may have no room. That is no reason to lose the call.
    }
  }

  /**
   * The call has its result.
   *
   * @param {unknown} result
   */
  succeeded(result) {
    try {
      const duration = this.#duration();
      if (this.#call === NOTIFICATION) return this.#received(duration, undefined, result);
      const event = { ...this.#base(), ...this.#last, duration };
      this.#observer.tell('onSuccess', () => event);
      this.#observer.log.info?.(`${this.#line()} succeeded in ${duration} ms`, {
        event: 'success',
        ...event,
      });
    } catch {
      // The stack may have no room. That is no reason to lose a result.
    }
  }

  /**
   * The reader of its file wants no more of it: nobody knows whether it is the right one.
   *
   * @param {unknown} reason
   */
  abandoned(reason) {
    this.failed(reason, true);
  }

  /**
   * The call has failed.
   *
   * @param {unknown} error as its caller gets it
   * @param {boolean} [aborted] by its caller
   */
  failed(error, aborted = this.#isAborted(error)) {
    try {
      const duration = this.#duration();
      if (this.#call === NOTIFICATION) return this.#received(duration, error);
      const event = { ...this.#base(), ...this.#last, duration, aborted, error };
      this.#observer.tell('onError', () => event);
      const { log } = this.#observer;
      const write = aborted ? log.info : log.error;
      const how = aborted ? 'was aborted' : `failed with ${codeOf(error)}`;
      write?.(`${this.#line()} ${how} after ${duration} ms`, {
        event: 'error',
        ...event,
        ...shown(error),
      });
    } catch {
      // The stack may have no room. That is no reason to lose the error.
    }
  }

  /**
   * @param {Json} told
   * @param {boolean} own
   */
  #requested({ method, path, host, attempt, signed }, own) {
    this.#own = own;
    if (own) this.#last = { method, path, attempts: attempt };
    const event = { ...this.#base(), method, path, host, attempt, own };
    this.#observer.tell('onRequest', () => event);
    this.#observer.log.debug?.(`${this.#line()}: attempt ${attempt}, ${method} ${path}`, {
      event: 'request',
      ...event,
      signed: signed && withoutToken(cut(signed)),
    });
  }

  /**
   * @param {Json} told
   */
  #responded({ method, path, status, requestId, attempt, duration, clockSkew: skew }) {
    const clockSkew = skew || undefined;
    if (this.#own) Object.assign(this.#last, { status, requestId });
    const event = {
      ...this.#base(),
      ...{ method, path, status, requestId, attempt, duration },
      own: this.#own,
      clockSkew,
    };
    this.#observer.tell('onResponse', () => event);
    const { log } = this.#observer;
    const line = `${this.#line()}: HTTP ${status} for ${method} ${path} in ${duration} ms`;
    log.debug?.(line, { event: 'response', ...event });
    if (clockSkew !== undefined && log.warn && this.#observer.isSkewNews()) {
      const how = `${Math.abs(clockSkew)} s ${clockSkew < 0 ? 'behind' : 'ahead of'}`;
      log.warn(
        `${NAME}: the clock is ${how} WeChat Pay's, which refuses a request beyond 300 s: set this ` +
          "machine's clock, or the option clock",
        { event: 'clockSkew', ...this.#base(), clockSkew },
      );
    }
  }

  /**
   * @param {Json} told
   * @param {unknown} error
   */
  #retried({ attempt, delay, host }, error) {
    const event = { ...this.#base(), attempt, delay, host, own: this.#own, error };
    this.#observer.tell('onRetry', () => event);
    this.#observer.log.warn?.(
      `${this.#line()}: attempt ${attempt} failed with ${codeOf(error)}; the next one goes to ${host} ` +
        `in ${delay} ms`,
      { event: 'retry', ...event, ...shown(error) },
    );
  }

  /**
   * @param {string[] | undefined} serials
   * @param {unknown} error
   */
  #renewed(serials, error) {
    const how =
      serials === undefined ? `could not be downloaded: ${codeOf(error)}` : 'were downloaded anew';
    this.#observer.log.warn?.(`${NAME}: the platform certificates ${how}`, {
      event: 'renewal',
      ...this.#base(),
      ...(serials === undefined ? shown(error) : { serials }),
    });
  }

  /**
   * A notification's end, of which anybody may send one.
   *
   * @param {number} duration
   * @param {unknown} error `undefined` where it was verified
   * @param {unknown} [result] of which nothing is told but its id and its type
   */
  #received(duration, error, result) {
    // notificationOf() gives it beside the client that it is for.
    const told = part(result, 'notification') ?? result;
    const [id, eventType] = [part(told, 'id'), part(told, 'eventType')];
    const event = {
      ...this.#base(),
      id,
      eventType,
      verified: error === undefined,
      error,
      duration,
    };
    this.#observer.tell('onNotification', () => event);
    const { log } = this.#observer;
    if (error === undefined) {
      const line = `${NAME}: notification ${eventType} was verified in ${duration} ms`;
      log.info?.(line, { ...event, event: NOTIFICATION });
      return;
    }
    const isOfSender = error instanceof VerificationError || isOfRequest(error);
    const write = isOfSender ? log.warn : log.error;
    const line = `${NAME}: a notification was refused with ${codeOf(error)}`;
    write?.(line, { ...event, event: NOTIFICATION, ...shown(error) });
  }

  #base() {
    const base = { call: this.#call, callId: this.#callId, start: this.#start };
    return this.#template === undefined ? base : { ...base, template: this.#template };
  }

  #line() {
    return `${NAME}: ${this.#call}`;
  }

  #duration() {
    return Math.max(0, Math.round(elapsed() - this.#began));
  }

  /**
   * @param {unknown} error
   */
  #isAborted(error) {
    return part(this.signal, 'aborted') === true && !(error instanceof WechatpayError);
  }
}

/**
 * @param {unknown} error
 */
function codeOf(error) {
  const code = part(error, 'code');
  return typeof code === 'string' ? code : 'an error that is none of this package';
}

/**
 * An error as fields of a log: what its caller threw into the call may hold anything.
 *
 * @param {unknown} error
 */
function shown(error) {
  const safe = error instanceof WechatpayError ? error : harmless(error);
  return { error: part(safe, 'name'), code: part(safe, 'code'), message: part(safe, 'message') };
}

/**
 * @param {string} text
 */
function cut(text) {
  return text.length <= MOST_SIGNED
    ? text
    : `${text.slice(0, MOST_SIGNED)} [cut: ${text.length} characters in all]`;
}
