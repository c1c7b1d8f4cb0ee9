// @ts-check
// A client of the core, and its calls: each reads its arguments, has them performed, and reads the
// result.

import { Arrivals } from './arrivals.mjs';
import { readCallOptions } from './call-options.mjs';
import { siteOfCall } from './caller.mjs';
import { Causes } from './causes.mjs';
import { readChainOptions } from './chain-options.mjs';
import { ChainResponse } from './chain-response.mjs';
import { readClientOptions } from './client-options.mjs';
import { askJson, names } from './core.mjs';
import { run, runExport } from './driver.mjs';
import { readEnvironment } from './environment.mjs';
import { validationError } from './failures.mjs';
import { bare, kindOf, text } from './foreign.mjs';
import { randomBytes } from './host.mjs';
import { decryptByHost, echoByHost } from './host-decryption.mjs';
import { localeOf } from './locale.mjs';
import { loggerOfEnvironment } from './logger-option.mjs';
import { message } from './message.mjs';
import { receive } from './notifications.mjs';
import { observerOf, watch } from './observer.mjs';
import { Opening, secretOf } from './opening.mjs';
import { namesOf, readPaySign, readTexts } from './typed-params.mjs';
import { textOf, utf8 } from './utf8.mjs';

/** @typedef {import('./core.mjs').Json} Json */

const NONE = new Uint8Array();

/** The names of a call's parameters, asked for once. @type {Map<string, ReturnType<typeof namesOf>>} */
const fields = new Map();

export class Client {
  #opening;
  #observer;
  /** The notifications that are on their way to it. */
  arrivals = new Arrivals();
  /** What the host brings, or the caller in its place. */
  host;
  causes = new Causes();
  /** Milliseconds for one attempt, where the options name them. @type {number | undefined} */
  timeout;
  /** The language of errors, where the options name it. @type {import('./message.mjs').Locale | undefined} */
  locale;

  /**
   * @param {Opening} opening
   * @param {object} host
   */
  constructor(opening, host) {
    this.#opening = opening;
    this.host = bare(host);
    this.#observer = observerOf(this.host);
    opening.belongTo(this);
    opening.number();
  }

  /**
   * @param {unknown} options
   */
  static fromOptions(options) {
    const { settings, locale, privateKey, apiv3Key, cert, certs, ...host } =
      readClientOptions(options);
    // Copies: what the caller does with its own bytes is the caller's business.
    const [key, apiv3] = [secretOf(privateKey), secretOf(apiv3Key)];
    const trusted = joined(cert ? [...certs, cert] : certs);
    const text = JSON.stringify({
      ...settings,
      apiv3Key: apiv3Key !== undefined,
      certLengths: certs.map(({ length }) => length),
    });
    const open = () => askJson('open', text, key, apiv3, trusted).client;
    const client = opened(new Opening(open, [key, apiv3]), host);
    client.timeout = settings.timeout;
    client.locale = locale;
    return client;
  }

  /**
   * @param {unknown} env
   * @param {(path: string) => unknown} readFile
   */
  static fromEnvironment(env, readFile) {
    const { texts, failures } = readEnvironment(env, names().environment, readFile);
    // Bytes, which can be wiped.
    const environment = secretOf(utf8(JSON.stringify(texts)));
    const open = () => {
      const text = textOf(environment);
      const { client, unreadable } = askJson('openFromEnvironment', text);
      if (unreadable !== undefined) throw failures.get(unreadable);
      return client;
    };
    const client = opened(new Opening(open, [environment]), { logger: loggerOfEnvironment(env) });
    client.locale = localeOf(env);
    return client;
  }

  /** Frees the client in the core. Its calls that are under way end as they would. */
  free() {
    this.#opening.free();
  }

  /**
   * A call of the individual-contracts family.
   *
   * @param {string} name
   * @param {unknown} params
   * @param {unknown} options
   */
  async typed(name, params, options) {
    const watch = this.watch(name);
    let known = fields.get(name);
    if (known === undefined) {
      known = namesOf(askJson('fieldsOf', name).fields);
      fields.set(name, known);
    }
    const texts = readTexts(params, ...known);
    const { signal, ...limits } = readCallOptions(options);
    const context = this.#context({ signal, watch });
    const { result } = await runExport(context, this.#opening, name, { texts }, limits);
    return result;
  }

  /**
   * @param {string} method
   * @param {{ name?: unknown, written?: unknown }[]} links
   * @param {unknown} options
   */
  async chain(method, links, options) {
    const watch = this.watch('chain');
    const segments = links.map(segmentOf);
    const told = watch && true;
    const path = askJson('chainVariables', JSON.stringify({ links: segments, told }));
    watch?.isOf(method, path.template);
    const { json, call, ...read } = readChainOptions(options, path.variables);
    const { signal, ...limits } = call;
    const params = { method, links: segments, ...read, json: json && 1 };
    const context = this.#context({ signal, watch, allHeaders: true });
    const body = json === undefined ? NONE : utf8(json);
    const { result, bytes } = await run(context, this.#opening, 'chain', params, limits, body);
    return new ChainResponse(result, bytes);
  }

  /**
   * @param {unknown} options
   */
  async echo(options) {
    const result = await this.#plain(this.watch('echo'), 'echo', options);
    const { ciphertext, ...echo } = /** @type {Json} */ (bare(result));
    const host = /** @type {any} */ (this.host);
    // Where the host has the key, and it decrypts.
    if (ciphertext === undefined || host.decrypt === undefined) return echo;
    return { ...echo, encryptedEchoMessage: echoByHost(host, ciphertext) };
  }

  /**
   * @param {unknown} options
   */
  async certificates(options) {
    return await this.#plain(this.watch('certificates'), 'certificates', options);
  }

  /**
   * @param {unknown} params
   */
  async paySign(params) {
    const watch = this.watch('paySign');
    const [type, appid, prepayId, partnerid] = readPaySign(params);
    return await this.#local(watch, 'paySign', { type, appid, prepayId, partnerid });
  }

  /**
   * @param {unknown} params
   */
  async appLaunchParams(params) {
    const watch = this.watch('appLaunchParams');
    const names = ['appid', 'preEntrustwebId', 'outContractCode'];
    const [appid, preEntrustwebId, outContractCode] = readTexts(params, names);
    return await this.#local(watch, 'appLaunchParams', { appid, preEntrustwebId, outContractCode });
  }

  /**
   * @param {unknown} ciphertext
   */
  async decrypt(ciphertext) {
    this.watch('decrypt');
    const checked = text(ciphertext, (problem) => validationError('ciphertext', problem));
    const random = randomBytes() ?? NONE;
    const decrypted = askJson('decrypt', this.number(), checked.slice(0, 8192), random).text;
    // The core has checked the text, and the host has the key.
    return decrypted ?? decryptByHost(/** @type {any} */ (this.host), checked);
  }

  /**
   * @param {unknown} plain
   * @param {unknown} options
   */
  async encrypt(plain, options) {
    const watch = this.watch('encrypt');
    const checked = text(plain, (problem) => validationError('text', problem));
    return await this.#plain(watch, 'encrypt', options, { text: checked });
  }

  /**
   * @param {unknown} request
   */
  async notification(request) {
    const watch = this.watch('notification');
    return (await receive([this], request, watch)).notification;
  }

  /**
   * Downloads the key that a notification names.
   *
   * @param {(string | null)[]} headers
   * @param {unknown} signal
   * @param {import('./watch.mjs').Watch | undefined} watch
   */
  async notificationKey(headers, signal, watch) {
    const context = bare({ ...this.#context({ signal }), watch });
    await run(context, this.#opening, 'notificationKey', { headers }, {});
  }

  /**
   * @param {import('./watch.mjs').Watch | undefined} watch
   * @param {string} name
   * @param {unknown} options
   * @param {Json} [params]
   */
  async #plain(watch, name, options, params = {}) {
    const { signal, ...limits } = readCallOptions(options);
    const context = this.#context({ signal, watch });
    return (await run(context, this.#opening, name, params, limits)).result;
  }

  /**
   * @param {import('./watch.mjs').Watch | undefined} watch
   * @param {string} name
   * @param {Json} params
   */
  async #local(watch, name, params) {
    return (await run(this.#context({ watch }), this.#opening, name, params, {})).result;
  }

  /**
   * @param {Partial<import('./driver.mjs').Context>} more
   * @returns {import('./driver.mjs').Context}
   */
  #context(more) {
    const { causes, host, locale } = this;
    const context = bare({ causes, host, locale, ...more });
    if (context.watch !== undefined) context.watch.signal = context.signal;
    return context;
  }

  /**
   * Watches a call, where anybody is told of it. To be called at the beginning of its method.
   *
   * @param {string} name
   */
  watch(name) {
    return watch(this.#observer, name, siteOfCall());
  }

  /** What may be shown of it: nothing of it is secret. */
  shown() {
    return askJson('describe', this.number());
  }

  /** Its number in the core. */
  number() {
    return this.#opening.number();
  }

  /**
   * Keeps the client open until some work has ended, also where it is freed meanwhile.
   *
   * @template Result
   * @param {() => Promise<Result>} work
   */
  async during(work) {
    return await this.#opening.during(work);
  }

  /**
   * For the calls with files, which have a file of their own.
   *
   * @param {Partial<import('./driver.mjs').Context>} more
   * @param {string} name
   * @param {Json} params
   * @param {Json} limits
   */
  async runFile(more, name, params, limits) {
    return await run(this.#context(more), this.#opening, name, params, limits);
  }
}

/**
 * @param {{ name?: unknown, written?: unknown }} link
 */
function segmentOf({ name, written }) {
  /** @param {import('./message.mjs').Message} problem */
  const refused = (problem) => validationError('path', problem);
  if (name !== undefined) return { name: text(name, refused) };
  if (typeof written !== 'string') {
    throw refused(message('chain() takes a path as a string, not {}', kindOf(written)));
  }
  return { written: text(written, refused) };
}

/**
 * A client that is open. Where it cannot be opened, nothing of its keys stays.
 *
 * @param {Opening} opening
 * @param {object} host
 */
function opened(opening, host) {
  try {
    return new Client(opening, host);
  } catch (error) {
    opening.close();
    throw error;
  }
}

/**
 * @param {Uint8Array[]} parts
 */
function joined(parts) {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
