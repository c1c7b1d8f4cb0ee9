// The package's JavaScript API. The protocol is implemented in Rust (`src/`). This file has the
// class that holds a client of the Wasm, and the functions that need the runtime.

import { warnInBrowser } from './browser.mjs';
import { beginChain, beginChains } from './chain.mjs';
import { lost, makeMethods, method, siteOfCall, throwAbove } from './client/caller.mjs';
import { Client } from './client/client.mjs';
import { configError, freed } from './client/failures.mjs';
import { needStreams, streamOf, wholeOf } from './client/file-stream.mjs';
import { download, upload } from './client/files.mjs';
import { part } from './client/foreign.mjs';
import { localeIn, localeOf as localeOfEnvironment } from './client/locale.mjs';
import { message } from './client/message.mjs';
import { translate } from './errors.mjs';

export {
  ApiError,
  ConfigError,
  InternalError,
  TransportError,
  ValidationError,
  VerificationError,
  WechatpayError,
} from './errors.mjs';
export { notificationResponse } from './notification-response.mjs';

// Clients that fromEnv passes to the constructor. Code outside this file cannot add one.
const opened = new WeakSet();

// Reach the private client. They are set inside the class.
let clientOf;
let isClient;
let localeOf;

export class Wechatpay {
  // Private, so that inspection and serialization cannot reach it.
  #client;
  #locale;

  constructor(options) {
    warnInBrowser();
    this.#client = opened.delete(options) ? options : open(options);
    this.#locale = this.#client.locale;
  }

  static fromEnv(env = undefined) {
    const client = openEnvironment(env);
    opened.add(client);
    // biome-ignore lint/complexity/noThisInStatic: it makes a subclass; taken off its class, it has none
    return typeof this === 'function' ? new this(client) : ofClass(client);
  }

  // Each method is async, so that a wrong parameter rejects and never throws.
  async preEntrustSignApp(params, options) {
    return await clientOf(this).typed('preEntrustSignApp', params, options);
  }

  async preEntrustSignMiniProgram(params, options) {
    return await clientOf(this).typed('preEntrustSignMiniProgram', params, options);
  }

  async preEntrustSignAppWithRealName(params, options) {
    return await clientOf(this).typed('preEntrustSignAppWithRealName', params, options);
  }

  async preEntrustSignMiniProgramWithRealName(params, options) {
    return await clientOf(this).typed('preEntrustSignMiniProgramWithRealName', params, options);
  }

  async queryContractByOutContractCode(params, options) {
    return await clientOf(this).typed('queryContractByOutContractCode', params, options);
  }

  async queryContractByOpenid(params, options) {
    return await clientOf(this).typed('queryContractByOpenid', params, options);
  }

  async appLaunchParams(params) {
    return await clientOf(this).appLaunchParams(params);
  }

  async echo(options) {
    return await clientOf(this).echo(options);
  }

  async certificates(options) {
    return await clientOf(this).certificates(options);
  }

  async notification(request) {
    return await clientOf(this).notification(request);
  }

  async paySign(params) {
    return await clientOf(this).paySign(params);
  }

  async encrypt(text, options) {
    return await clientOf(this).encrypt(text, options);
  }

  async decrypt(ciphertext) {
    return await clientOf(this).decrypt(ciphertext);
  }

  async upload(path, params, options) {
    return await upload(clientOf(this), path, params, options);
  }

  async download(downloadUrl, params, options) {
    const site = siteOfCall();
    needStreams();
    const { parts, signal } = await download(clientOf(this), downloadUrl, params, options);
    return streamOf(parts, signal, site);
  }

  async downloadBytes(downloadUrl, params, options) {
    const { parts } = await download(clientOf(this), downloadUrl, params, options, true);
    return await wholeOf(parts);
  }

  chain(written) {
    if (!isClient(this)) throw lost('chain', this);
    return beginChain(this, sendChained, { written });
  }

  free() {
    if (!isClient(this)) throw lost('free', this);
    // In this order, so that it can be called again where it failed: the stack may overflow.
    this.#client?.free();
    this.#client = undefined;
  }

  static {
    isClient = (wxpay) => typeof wxpay === 'object' && wxpay !== null && #client in wxpay;
    clientOf = (wxpay) => {
      if (wxpay.#client !== undefined) return wxpay.#client;
      throw freed();
    };
    localeOf = (wxpay) => wxpay.#locale;
  }
}

const SYNCHRONOUS = ['constructor', 'chain', 'free'];
makeMethods(
  Wechatpay.prototype,
  Object.getOwnPropertyNames(Wechatpay.prototype).filter((name) => !SYNCHRONOUS.includes(name)),
  isClient,
  localeOf,
);

const ofClass = (client) => new Wechatpay(client);

// Outside of the class: one that names itself in its own body gets another name in the bundle.
function open(options) {
  try {
    return Client.fromOptions(options);
  } catch (thrown) {
    return throwAbove(thrown, Wechatpay, localeIn(options));
  }
}

function openEnvironment(env) {
  try {
    return Client.fromEnvironment(env === undefined ? hostEnvironment() : env, readFile);
  } catch (thrown) {
    return throwAbove(thrown, fromEnv, localeOfEnvironment(env));
  }
}

const { fromEnv } = Wechatpay;

async function sendChained(wxpay, ...call) {
  if (!isClient(wxpay)) throw lost('chain', wxpay);
  try {
    return await clientOf(wxpay).chain(...call);
  } catch (thrown) {
    // The chain's methods do not know the client.
    const locale = localeOf(wxpay);
    if (locale !== undefined) translate(thrown, locale);
    throw thrown;
  }
}

beginChains(Wechatpay.prototype, sendChained);

if (Symbol.dispose) {
  const { free } = Wechatpay.prototype;
  Object.defineProperty(Wechatpay.prototype, Symbol.dispose, {
    __proto__: null,
    value: free,
    configurable: true,
  });
}

let fromEnvironment;

export const preEntrustSignApp = method('preEntrustSignApp', async (params, options) => {
  warnInBrowser();
  fromEnvironment ??= Client.fromEnvironment(hostEnvironment(), readFile);
  return await fromEnvironment.typed('preEntrustSignApp', params, options);
});

function hostEnvironment() {
  const env = part(part(globalThis, 'process'), 'env');
  if (env === undefined) {
    throw configError(
      'env',
      message('there is no process.env here; give the environment, Wechatpay.fromEnv(env)'),
    );
  }
  return env;
}

// `node:fs` is loaded on demand and through `process`: an import fails in runtimes without files.
function readFile(path) {
  const process = part(globalThis, 'process');
  if (!process?.getBuiltinModule) {
    throw new Error('files need process.getBuiltinModule, which Node has from 20.16 on');
  }
  return process.getBuiltinModule('node:fs').readFileSync(path, 'utf8');
}
