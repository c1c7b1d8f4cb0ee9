// The package's JavaScript API. The protocol is implemented in Rust (`src/`). This file has the
// class that holds a client of the Wasm, and the functions that need the runtime.

import { warnInBrowser } from './browser.mjs';
import { beginChain, beginChains } from './chain.mjs';
import { Client } from './client/client.mjs';
import { streamOf, wholeOf } from './client/file-stream.mjs';
import { download, upload } from './client/files.mjs';
import { part } from './client/foreign.mjs';
import { ConfigError } from './errors.mjs';

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

// Sends a call of a chain. It is set inside the class, where it can reach the private client.
let sendChained;

export class Wechatpay {
  // Private, so that inspection and serialization cannot reach it.
  #client;

  constructor(options) {
    warnInBrowser();
    this.#client = opened.delete(options) ? options : Client.fromOptions(options);
  }

  static fromEnv(env = hostEnvironment()) {
    const client = Client.fromEnvironment(env, readFile);
    opened.add(client);
    return new this(client);
  }

  // Each method is async, so that a wrong parameter rejects and never throws.
  async preEntrustSignApp(params, options) {
    return this.#open().typed('preEntrustSignApp', params, options);
  }

  async preEntrustSignMiniProgram(params, options) {
    return this.#open().typed('preEntrustSignMiniProgram', params, options);
  }

  async preEntrustSignAppWithRealName(params, options) {
    return this.#open().typed('preEntrustSignAppWithRealName', params, options);
  }

  async preEntrustSignMiniProgramWithRealName(params, options) {
    return this.#open().typed('preEntrustSignMiniProgramWithRealName', params, options);
  }

  async queryContractByOutContractCode(params, options) {
    return this.#open().typed('queryContractByOutContractCode', params, options);
  }

  async queryContractByOpenid(params, options) {
    return this.#open().typed('queryContractByOpenid', params, options);
  }

  async appLaunchParams(params) {
    return this.#open().appLaunchParams(params);
  }

  async echo(options) {
    return this.#open().echo(options);
  }

  async certificates(options) {
    return this.#open().certificates(options);
  }

  async notification(request) {
    return this.#open().notification(request);
  }

  async paySign(params) {
    return this.#open().paySign(params);
  }

  async encrypt(text, options) {
    return this.#open().encrypt(text, options);
  }

  async decrypt(ciphertext) {
    return this.#open().decrypt(ciphertext);
  }

  async upload(path, params, options) {
    return upload(this.#open(), path, params, options);
  }

  async download(downloadUrl, params, options) {
    const { parts, signal } = await download(this.#open(), downloadUrl, params, options);
    return streamOf(parts, signal);
  }

  async downloadBytes(downloadUrl, params, options) {
    const { parts } = await download(this.#open(), downloadUrl, params, options, true);
    return wholeOf(parts);
  }

  chain(written) {
    return beginChain(this, sendChained, { written });
  }

  free() {
    // In this order, so that it can be called again where it failed: the stack may overflow.
    this.#client?.free();
    this.#client = undefined;
  }

  #open() {
    if (this.#client === undefined) {
      throw new ConfigError('client: was freed; open a new one', {
        code: 'ERR_CONFIG',
        option: 'client',
      });
    }
    return this.#client;
  }

  static {
    sendChained = (wxpay, ...call) => wxpay.#open().chain(...call);
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

// A method, since its name is then its own, also where a bundler renames the variable: the Wasm has an
// export of the same name.
export const { preEntrustSignApp } = {
  async preEntrustSignApp(params, options) {
    fromEnvironment ??= Wechatpay.fromEnv();
    return fromEnvironment.preEntrustSignApp(params, options);
  },
};

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
