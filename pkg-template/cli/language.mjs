// The language in which the command speaks: that of --lang, or else the environment's, or else that of `.env`.

import { UsageError } from './problems.mjs';
import { TEXTS } from './texts/index.mjs';

/** The languages, in the order in which the table has them. */
export const LANGUAGES = ['en', 'zh-CN'];

// The package's own, and then those of POSIX, of which the first one that is set counts.
const VARIABLES = ['WECHATPAY_LOCALE', 'LC_ALL', 'LC_MESSAGES', 'LANG'];

let language = languageIn(process.env);

function languageIn(variables) {
  const value = VARIABLES.map((name) => variables[name]).find(Boolean) ?? '';
  return /^zh\b|^zh_/i.test(value) ? 'zh-CN' : 'en';
}

/**
 * Takes the language of a dotenv file, where the environment has none, as the client does that is made of both.
 *
 * @param {Record<string, string>} file its variables
 * @param {boolean} isShared whether the client's errors are said by this process
 */
export function chooseLanguageOf(file, isShared) {
  const values = VARIABLES.map((name) => [name, process.env[name] || file[name]]);
  language = languageIn(Object.fromEntries(values));
  const isOfFile = languageIn(process.env) !== language;
  if (isOfFile && isShared) process.env.WECHATPAY_LOCALE = language;
}

/**
 * Takes --lang out of the arguments, where the command itself gets them: those of a command that it runs are
 * left alone. From then on it speaks that language, and the client's errors, too.
 *
 * @param {string[]} args
 * @returns {string[]} the others
 */
export function chooseLanguage(args) {
  const at = args.findIndex((each) => /^--lang(?:=|$)/.test(each));
  if (at < 0 || args.slice(0, at).includes('--')) return args;
  const [given, next] = args.slice(at);
  const isApart = given === '--lang';
  const name = isApart ? next : given.slice('--lang='.length);
  const chosen = LANGUAGES.find((each) => each.toLowerCase() === name?.toLowerCase());
  if (chosen === undefined && !/^zh$/i.test(name ?? '')) {
    throw new UsageError(told('lang', { names: LANGUAGES.join(', ') }));
  }
  language = chosen ?? 'zh-CN';
  process.env.WECHATPAY_LOCALE = language;
  return args.toSpliced(at, isApart ? 2 : 1);
}

/**
 * A text of the table, in the language of the reader. `{name}` in it is replaced.
 *
 * @param {string} key
 * @param {Record<string, unknown>} [values]
 */
export function told(key, values = {}) {
  const text = TEXTS[key][LANGUAGES.indexOf(language)];
  return text.replace(/\{(\w+)\}/g, (whole, name) =>
    Object.hasOwn(values, name) ? String(values[name]) : whole,
  );
}

/** Whether the reader's language is Chinese. */
export const isChinese = () => language === 'zh-CN';

/** Whether the table has a text. */
export const isTold = (key) => Object.hasOwn(TEXTS, key);
