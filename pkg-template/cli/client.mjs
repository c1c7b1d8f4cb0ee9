// The package's client, as the command uses it.

import { Console } from 'node:console';
import { generateKeyPairSync } from 'node:crypto';
import { optionsOf, readCredentials } from './credentials.mjs';
import { errorLine } from './error-line.mjs';
import { told } from './language.mjs';
import { Failure, UsageError } from './problems.mjs';

/** The package: the file beside the command, which is loaded by the commands that need it alone. */
export async function loadPackage() {
  // WECHATPAY_LOG logs to the console, and stdout is for results.
  globalThis.console = new Console(process.stderr, process.stderr);
  return import('../index.mjs');
}

/**
 * Runs what needs a client that calls WeChat Pay.
 *
 * @template Result
 * @param {Record<string, any>} values the flags
 * @param {(wxpay: any) => Promise<Result>} work
 * @returns {Promise<Result>}
 * @throws {Failure} for each error of the package
 */
export async function withClient(values, work) {
  const all = await loadPackage();
  return failing(all, async () => work(all.Wechatpay.fromEnv(readCredentials(values).env)));
}

/**
 * Runs what needs a client that calls nobody.
 *
 * @template Result
 * @param {Record<string, any>} values the flags
 * @param {(given: { all: any, options: object, open: (more?: object) => any }) => Promise<Result>} work `open` makes
 *   a client with further options, and with the keys of WeChat Pay's that are at hand: `knownKeys`
 * @returns {Promise<Result>}
 * @throws {Failure} for each error of the package
 */
export async function offline(values, work) {
  const all = await loadPackage();
  return failing(all, async () => {
    const { env } = readCredentials(values);
    const options = optionsOf(env);
    // Nothing is downloaded.
    const { auto, ...keys } = options.certs;
    const certs = Object.keys(keys).length === 0 ? throwawayKey() : keys;
    const open = (more) => {
      // It says what is missing, by the variables' names.
      all.Wechatpay.fromEnv(env).free();
      return new all.Wechatpay({ fetch: nowhere, ...options, certs, ...more });
    };
    return work({ all, options, open });
  });
}

/**
 * WeChat Pay's keys that are at hand.
 *
 * @param {{ certs: Record<string, any> }} options
 * @returns {Record<string, string>}
 * @throws {UsageError} if there is none: a platform certificate would have to be downloaded
 */
export function knownKeys({ certs: { auto, ...keys } }) {
  if (Object.keys(keys).length === 0) throw new UsageError(told('needs-public-key'));
  return keys;
}

/** A client has a key of WeChat Pay's, whether or not it is of use. */
function throwawayKey() {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { PUB_KEY_ID_0: publicKey.export({ type: 'spki', format: 'pem' }) };
}

const nowhere = async () => {
  throw new Error('this command is offline');
};

/**
 * @template Result
 * @param {any} all the package
 * @param {() => Promise<Result>} work
 * @returns {Promise<Result>}
 */
export async function failing(all, work) {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof all.WechatpayError)) throw error;
    // Nothing was sent: it was called, or configured, in a wrong way.
    const isUsage = [all.ConfigError, all.ValidationError].some((each) => error instanceof each);
    throw new Failure(`${error.name} ${errorLine(error)}`, isUsage ? 2 : 1, {
      error: error.toJSON(),
    });
  }
}
