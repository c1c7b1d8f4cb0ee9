// @ts-check
// A client of the core, and its calls: each reads its arguments, has them performed, and reads the
// result.

import { markOfRequest } from '../errors.mjs';
import { Arrivals } from './arrivals.mjs';
import { readCallOptions } from './call-options.mjs';
import { Causes } from './causes.mjs';
import { readChainOptions } from './chain-options.mjs';
import { readClientOptions } from './client-options.mjs';
import { askJson, names } from './core.mjs';
import { answerNow, run, runExport } from './driver.mjs';
import { readEnvironment } from './environment.mjs';
import { validationError } from './failures.mjs';
import { bare, hearErrors, kindOf, part, text } from './foreign.mjs';
import { momentOf } from './host.mjs';
import { localeOf } from './locale.mjs';
import { message } from './message.mjs';
import { camelCase } from './names.mjs';
import { bodyOf, ofEmpty } from './notification-body.mjs';
import { readHeaders } from './notification-headers.mjs';
import { requestIn } from './notification-request.mjs';
import { Opening, secretOf } from './opening.mjs';
import { readPaySign, readTexts } from './typed-params.mjs';
import { textOf, utf8 } from './utf8.mjs';

/** @typedef {import('./core.mjs').Json} Json */

const NONE = new Uint8Array();

/** The names of a call's parameters, asked for once. @type {Map<string, string[]>} */
const fields = new Map();

export class Client {
  #opening;
  #arrivals = new Arrivals();
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
    const client = opened(new Opening(open, [environment]), {});
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
    if (!fields.has(name)) fields.set(name, askJson('fieldsOf', name).fields.map(camelCase));
    const texts = readTexts(params, /** @type {string[]} */ (fields.get(name)));
    const { signal, ...limits } = readCallOptions(options);
    const context = this.#context({ signal });
    const { result } = await runExport(context, this.#opening, name, { texts }, limits);
    return result;
  }

  /**
   * @param {string} method
   * @param {{ name?: unknown, written?: unknown }[]} links
   * @param {unknown} options
   */
  async chain(method, links, options) {
    const segments = links.map(segmentOf);
    const path = askJson('chainVariables', JSON.stringify({ links: segments }));
    const { json, call, ...read } = readChainOptions(options, path.variables);
    const { signal, ...limits } = call;
    const params = { method, links: segments, ...read, json: json && 1 };
    const context = this.#context({ signal, allHeaders: true });
    const body = json === undefined ? NONE : utf8(json);
    const { result, bytes } = await run(context, this.#opening, 'chain', params, limits, body);
    return {
      status: result.status,
      headers: Object.fromEntries(result.headers),
      requestId: result.requestId,
      data: bytes?.length ? jsonOf(bytes) : undefined,
    };
  }

  /**
   * @param {unknown} options
   */
  async echo(options) {
    return await this.#plain('echo', options);
  }

  /**
   * @param {unknown} options
   */
  async certificates(options) {
    return await this.#plain('certificates', options);
  }

  /**
   * @param {unknown} params
   */
  async paySign(params) {
    const [type, appid, prepayId, partnerid] = readPaySign(params);
    return await this.#local('paySign', { type, appid, prepayId, partnerid });
  }

  /**
   * @param {unknown} params
   */
  async appLaunchParams(params) {
    const names = ['appid', 'preEntrustwebId', 'outContractCode'];
    const [appid, preEntrustwebId, outContractCode] = readTexts(params, names);
    return await this.#local('appLaunchParams', { appid, preEntrustwebId, outContractCode });
  }

  /**
   * @param {unknown} ciphertext
   */
  async decrypt(ciphertext) {
    const checked = text(ciphertext, (problem) => validationError('ciphertext', problem));
    const random = momentOf().random ?? NONE;
    return askJson('decrypt', this.number(), checked.slice(0, 8192), random).text;
  }

  /**
   * @param {unknown} plain
   * @param {unknown} options
   */
  async encrypt(plain, options) {
    const checked = text(plain, (problem) => validationError('text', problem));
    return await this.#plain('encrypt', options, { text: checked });
  }

  /**
   * @param {unknown} request
   */
  async notification(request) {
    try {
      // The body may take its time.
      return await this.during(() => this.#notification(request));
    } catch (thrown) {
      throw markOfRequest(thrown);
    }
  }

  /**
   * @param {unknown} request
   */
  async #notification(request) {
    // A stream may fail while what is wrong with the request is told.
    hearErrors(part(request, 'body'));
    const context = this.#context({});
    /** @type {(name: string, ...values: unknown[]) => Json} */
    const answer = (name, ...values) => answerNow(context, this.#opening, name, ...values);
    const { responseHeaders, notificationHeaders, mostNotificationBytes } = names();
    const named = [...responseHeaders.slice(0, notificationHeaders), 'Content-Length'];
    const found = requestIn(request);
    let headers;
    try {
      headers = readHeaders(found, named);
    } catch (thrown) {
      // Without the APIv3 key no notification can be decrypted, whatever it is.
      answer('admit', '');
      throw thrown;
    }
    const announced = headers.pop();
    const written = JSON.stringify({ headers });
    // What the headers alone show is decided before the body is read.
    const { keyUnknown } = answer('admit', written);
    const body = bodyOf(/** @type {object} */ (found), mostNotificationBytes, announced);
    const bytes = await this.#arrivals.during(async (arrival) => {
      if (body.held) arrival.took(body.held);
      try {
        if (keyUnknown) {
          const known = { ...context, signal: arrival.signal() };
          await run(known, this.#opening, 'notificationKey', { headers }, {});
        }
      } catch (thrown) {
        body.abandon();
        throw thrown;
      }
      return await body.read(arrival);
    });
    try {
      return { ...answer('receive', written, bytes) };
    } catch (error) {
      throw bytes.length === 0 ? ofEmpty(error) : error;
    }
  }

  /**
   * @param {string} name
   * @param {unknown} options
   * @param {Json} [params]
   */
  async #plain(name, options, params = {}) {
    const { signal, ...limits } = readCallOptions(options);
    const context = this.#context({ signal });
    return (await run(context, this.#opening, name, params, limits)).result;
  }

  /**
   * @param {string} name
   * @param {Json} params
   */
  async #local(name, params) {
    return (await run(this.#context({}), this.#opening, name, params, {})).result;
  }

  /**
   * @param {Partial<import('./driver.mjs').Context>} more
   * @returns {import('./driver.mjs').Context}
   */
  #context(more) {
    return bare({ causes: this.causes, host: this.host, locale: this.locale, ...more });
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
 * JSON that the core has verified and found to be JSON.
 *
 * @param {Uint8Array} bytes
 */
export function jsonOf(bytes) {
  return JSON.parse(textOf(bytes));
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
