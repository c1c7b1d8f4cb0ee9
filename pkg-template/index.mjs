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
import { textOfFile } from './client/key-file.mjs';
import { localeIn, localeOf as localeOfEnvironment } from './client/locale.mjs';
import { readClients } from './client/merchants.mjs';
import { message } from './client/message.mjs';
import { receive } from './client/notifications.mjs';
import { translate } from './errors.mjs';
import { makeInspectable } from './inspection.mjs';
import { paginate } from './pages.mjs';

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

  static async notificationOf(merchants, request) {
    const given = readClients(merchants, isClient);
    const inner = given.map(clientOf);
    const [first] = inner;
    const site = siteOfCall();
    const watches = inner.map((each) => each.watch('notification'));
    // Until it is known whose it is.
    const watch = watches.find((each) => each !== undefined);
    site.watch = watch;
    try {
      const { client, notification } = await receive(inner, request, watch);
      const place = inner.indexOf(client);
      site.watch = watches[place];
      return { wxpay: given[place], notification };
    } catch (thrown) {
      if (first.locale !== undefined) translate(thrown, first.locale);
      throw thrown;
    }
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
    const { parts, signal, unverified } = await download(
      clientOf(this),
      downloadUrl,
      params,
      options,
    );
    const stream = streamOf(parts, signal, site);
    return unverified ? { ...unverified, stream } : stream;
  }

  async downloadBytes(downloadUrl, params, options) {
    const given = await download(clientOf(this), downloadUrl, params, options, true);
    const bytes = await wholeOf(given.parts);
    return given.unverified ? { ...given.unverified, bytes } : bytes;
  }

  paginate(path, options) {
    if (!isClient(this)) throw lost('paginate', this);
    const send = (...call) => clientOf(this).chain(...call);
    return paginate(send, path, options, localeOf(this));
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

const SYNCHRONOUS = ['constructor', 'chain', 'free', 'paginate'];
makeMethods(
  Wechatpay.prototype,
  Object.getOwnPropertyNames(Wechatpay.prototype).filter((name) => !SYNCHRONOUS.includes(name)),
  isClient,
  localeOf,
);

makeMethods(Wechatpay, ['notificationOf'], () => true);

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

makeInspectable(Wechatpay.prototype, 'Wechatpay', (wxpay) =>
  isClient(wxpay) ? clientOf(wxpay).shown() : undefined,
);

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
  return textOfFile(process.getBuiltinModule('node:fs').readFileSync(path));
}
