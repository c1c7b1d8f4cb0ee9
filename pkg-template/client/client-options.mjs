// @ts-check
// The options of `new Wechatpay(options)`. Rust checks what the values mean.

import { readLimits } from './call-options.mjs';
import {
  isArray,
  isObject,
  isPlain,
  isView,
  keys,
  kindOf,
  MOST_TEXT,
  member,
  wellFormed,
} from './foreign.mjs';
import { hostKeyOf } from './host-key.mjs';
import { isLocale } from './locale.mjs';
import { readLogger } from './logger-option.mjs';
import { message, textIn } from './message.mjs';
import { namedId } from './names.mjs';
import { bytes, CLIENT_OPTIONS, Record } from './record.mjs';

const KNOWN = [
  'mchid',
  'serial',
  'privateKey',
  'certs',
  'cert',
  'apiv3Key',
  'baseUrl',
  'timeout',
  'deadline',
  'maxRetries',
  'locale',
  'fetch',
  'signer',
  'clock',
  'logger',
  'onRequest',
  'onResponse',
  'onRetry',
  'onSuccess',
  'onError',
  'onNotification',
];

const NEEDED = [['mchid'], ['serial', 'cert'], ['privateKey', 'signer'], ['certs']];

// WeChat Pay has one public key for a merchant, and a few platform certificates at a time.
const MOST_KEYS = 100;

// Requests the download of platform certificates. No key has this id.
const AUTO = 'auto';

/**
 * What is written as JSON for Rust.
 *
 * @typedef {object} Settings
 * @property {string} mchid
 * @property {string} [serial]
 * @property {string[]} certIds
 * @property {boolean} automatic whether platform certificates are downloaded
 * @property {'file' | 'signer' | 'host'} keySource who has the private key
 * @property {string} [baseUrl]
 * @property {number} [timeout]
 * @property {number} [deadline]
 * @property {number} [maxRetries]
 */

/**
 * What the caller gives in place of the host's own, and its hooks.
 *
 * @typedef {object} Host
 * @property {Function} [fetch]
 * @property {Function} [clock]
 * @property {Function} [signer] signs with a key that the Wasm does not have
 * @property {(message: Uint8Array) => unknown} [signAtOnce] the same, and gives the signature itself
 * @property {(ciphertext: Uint8Array) => Uint8Array} [decrypt] decrypts with that key
 * @property {import('./logger-option.mjs').Log} [logger]
 * @property {Function} [onRequest]
 * @property {Function} [onResponse]
 * @property {Function} [onRetry]
 * @property {Function} [onSuccess]
 * @property {Function} [onError]
 * @property {Function} [onNotification]
 */

/**
 * Reads the options. Bytes that the caller gave are not copied: they are to be passed to Rust before
 * the caller's code runs again.
 *
 * @param {unknown} options
 */
export function readClientOptions(options) {
  const record = new Record(options, CLIENT_OPTIONS, KNOWN, NEEDED);
  const limits = readLimits(record);
  const locale = readLocale(record);
  const host = {
    fetch: record.optionalFunction('fetch'),
    clock: record.optionalFunction('clock'),
    logger: readLogger(record),
    onRequest: record.optionalFunction('onRequest'),
    onResponse: record.optionalFunction('onResponse'),
    onRetry: record.optionalFunction('onRetry'),
    onSuccess: record.optionalFunction('onSuccess'),
    onError: record.optionalFunction('onError'),
    onNotification: record.optionalFunction('onNotification'),
  };
  const baseUrl = record.optionalText('baseUrl');
  const apiv3Key = record.optionalBytes('apiv3Key');
  const mchid = record.requiredText('mchid');
  const serial = record.optionalText('serial');
  const { certIds, certs, automatic } = readCerts(record);
  const cert = record.optionalBytes('cert');
  // It goes to Rust behind the keys, where it would be taken for none.
  if (cert?.length === 0) throw record.refused('cert', message('is empty'));
  if (serial === undefined && cert === undefined) throw record.incomplete();
  const given = record.optional('privateKey');
  const hostKey = hostKeyOf(given);
  /** @param {import('./message.mjs').Message} problem */
  const refused = (problem) => record.refused('privateKey', problem);
  if (isObject(given) && !hostKey && !isView(given)) {
    throw refused(
      message(
        'must be PEM or DER (a string or a Uint8Array), a KeyObject or a CryptoKey, not {}',
        kindOf(given),
      ),
    );
  }
  const privateKey = given === undefined ? given : (hostKey?.publicKey ?? bytes(given, refused));
  const signer = record.optionalFunction('signer');
  if (!privateKey && !signer) throw record.incomplete();
  if (privateKey && signer) {
    throw record.refused(
      'signer',
      message('is given beside privateKey; give one of the two, so that it is clear who signs'),
    );
  }
  /** @type {Settings['keySource']} */
  const keySource = hostKey ? 'host' : signer ? 'signer' : 'file';
  /** @type {Settings} */
  const settings = { mchid, serial, certIds, automatic, keySource, baseUrl, ...limits };
  const { sign = signer, signAtOnce, decrypt } = hostKey ?? {};
  const signs = { signer: sign, signAtOnce, decrypt };
  return { settings, locale, privateKey, apiv3Key, cert, certs, ...signs, ...host };
}

/**
 * The language of errors.
 *
 * @param {Record} record
 */
function readLocale(record) {
  const locale = record.optional('locale');
  if (locale === undefined || isLocale(locale)) return locale;
  throw record.refused('locale', message("must be 'en' or 'zh-CN'"));
}

/**
 * The keys in the order of their ids, and whether platform certificates are downloaded: `'auto'`, or
 * `auto: true` beside keys.
 *
 * @param {Record} record
 */
function readCerts(record) {
  /** @param {import('./message.mjs').Message} problem */
  const refused = (problem) => record.refused('certs', problem);
  const unreadable = () => refused(message('cannot be read: it throws'));
  const given = record.required('certs');
  /** @type {{ certIds: string[], certs: Uint8Array[], automatic: boolean }} */
  const read = { certIds: [], certs: [], automatic: given === AUTO };
  if (read.automatic) return read;
  const ids = isPlain(given) && !isArray(given) ? keys(given, unreadable) : undefined;
  // An object that only gives, such as a binding of Workers, has no members of its own either.
  if (!ids || (ids.length === 0 && textIn(kindOf(given), 'en') !== 'an object')) {
    throw refused(
      message(
        "must be 'auto', or an object that gives each key under its id, { PUB_KEY_ID_…: pem }, " +
          'not {}',
        kindOf(given),
      ),
    );
  }
  if (ids.length > MOST_KEYS) throw refused(message('has more than {} keys', MOST_KEYS));
  for (const id of ids) {
    if (id.length > MOST_TEXT)
      throw refused(message('has an id of more than {} characters', MOST_TEXT));
    const value = member(/** @type {object} */ (given), id, unreadable);
    if (id === AUTO) {
      if (typeof value !== 'boolean') {
        throw refused(message('auto must be true or false, not {}', kindOf(value)));
      }
      read.automatic = value;
      continue;
    }
    const key = bytes(value, (problem) =>
      refused(message('the key under {} {}', namedId(id), problem)),
    );
    read.certIds.push(wellFormed(id));
    read.certs.push(key);
  }
  return read;
}
