// The package's JavaScript API. The protocol is implemented in Rust (`src/`). This file has the
// class that holds a client of the Wasm, and the functions that need the runtime.

import { warnInBrowser } from './browser.mjs';
import { beginChain, beginChains } from './chain.mjs';
import { lost, makeMethods, method, siteOfCall, throwAbove } from './client/caller.mjs';
import { Client } from './client/client.mjs';
import { needStreams, streamOf, wholeOf } from './client/file-stream.mjs';
import { download, upload } from './client/files.mjs';
import { part } from './client/foreign.mjs';
import { readClients } from './client/merchants.mjs';
import { receive } from './client/notifications.mjs';
import { ConfigError } from './errors.mjs';
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

export class Wechatpay {
  // Private, so that inspection and serialization cannot reach it.
  #client;

  constructor(options) {
    warnInBrowser();
    this.#client = opened.delete(options) ? options : open(options);
  }

  static fromEnv(env = undefined) {
    const client = openEnvironment(env);
    opened.add(client);
    // biome-ignore lint/complexity/noThisInStatic: it makes a subclass; taken off its class, it has none
    return typeof this === 'function' ? new this(client) : ofClass(client);
  }

  static async notificationOf(merchants, request) {
    const given = readClients(merchants, isClient);
    const clients = given.map(clientOf);
    // The first one tells of it, whoever it is for.
    const watch = clients[0].watch('notification');
    const { client, notification } = await receive(clients, request, watch);
    return { wxpay: given.find((wxpay) => clientOf(wxpay) === client), notification };
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
    return paginate((...call) => clientOf(this).chain(...call), path, options);
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
      throw new ConfigError('client: was freed; open a new one', {
        code: 'ERR_CONFIG',
        option: 'client',
      });
    };
  }
}

const SYNCHRONOUS = ['constructor', 'chain', 'free', 'paginate'];
makeMethods(
  Wechatpay.prototype,
  Object.getOwnPropertyNames(Wechatpay.prototype).filter((name) => !SYNCHRONOUS.includes(name)),
  isClient,
);

makeMethods(Wechatpay, ['notificationOf'], () => true);

const ofClass = (client) => new Wechatpay(client);

// Outside of the class: one that names itself in its own body gets another name in the bundle.
function open(options) {
  try {
    return Client.fromOptions(options);
  } catch (thrown) {
    return throwAbove(thrown, Wechatpay);
  }
}

function openEnvironment(env) {
  try {
    return Client.fromEnvironment(env === undefined ? hostEnvironment() : env, readFile);
  } catch (thrown) {
    return throwAbove(thrown, fromEnv);
  }
}

const { fromEnv } = Wechatpay;

async function sendChained(wxpay, ...call) {
  if (!isClient(wxpay)) throw lost('chain', wxpay);
  return await clientOf(wxpay).chain(...call);
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
    throw new ConfigError(
      'env: there is no process.env here; give the environment, Wechatpay.fromEnv(env)',
      { code: 'ERR_CONFIG', option: 'env' },
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
