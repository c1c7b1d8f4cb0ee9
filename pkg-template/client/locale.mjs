// @ts-check
// The language of errors: the client's, or else the environment's.

import { isObject, ownMember, part } from './foreign.mjs';
import { textIn } from './message.mjs';
import { hostEnvironment, mayBeRead } from './process-environment.mjs';

/** @typedef {import('./message.mjs').Locale} Locale */

// The package's own, and then those of POSIX, of which the first one that is set counts.
const VARIABLES = ['WECHATPAY_LOCALE', 'LC_ALL', 'LC_MESSAGES', 'LANG'];

/**
 * @param {unknown} value
 * @returns {value is Locale}
 */
export function isLocale(value) {
  return value === 'en' || value === 'zh-CN';
}

/**
 * What options ask for that may be wrong in any other way; `undefined` where it cannot be read.
 *
 * @param {unknown} options
 * @returns {Locale | undefined}
 */
export function localeIn(options) {
  try {
    const locale = isObject(options) ? ownMember(options, 'locale') : undefined;
    return isLocale(locale) ? locale : undefined;
  } catch {
    return undefined;
  }
}

/**
 * What an environment asks for; `undefined` where it asks for nothing.
 *
 * @param {unknown} env
 * @returns {Locale | undefined}
 */
export function localeOf(env) {
  const isHost = env === hostEnvironment();
  for (const name of VARIABLES) {
    const value = isHost && !mayBeRead(name) ? undefined : part(env, name);
    if (typeof value === 'string' && value !== '') {
      return /^zh\b|^zh_/i.test(value) ? 'zh-CN' : 'en';
    }
  }
  return undefined;
}

/**
 * The locale of the process.
 *
 * @returns {Locale}
 */
export function hostLocale() {
  return localeOf(hostEnvironment()) ?? 'en';
}

/**
 * What is told to the core, as a part of an error of its.
 *
 * @param {import('./message.mjs').Message} message
 * @param {Locale} [locale]
 */
export function told(message, locale = hostLocale()) {
  return textIn(message, locale) ?? '';
}
