// @ts-check
// What an error says, in a form that is put into the reader's language where it is shown. JavaScript's own
// messages have their English text, which is the key of the catalogue; the core's have its number.

import { chinese, english, numbers } from '../message-tables.mjs';

/** @typedef {readonly [text: string | number, ...values: Part[]]} Message */
/** @typedef {string | number | Message} Part what stands in the place of a `{}` */
/** @typedef {'en' | 'zh-CN'} Locale */

/**
 * A message of an English text, and what fills its `{}`, one after the other. The text is a literal: the
 * build reads it (`scripts/messages/`).
 *
 * @param {string} text
 * @param {...Part} values
 * @returns {Message}
 */
export function message(text, ...values) {
  return [text, ...values];
}

/**
 * The text in a language; `undefined` where the catalogue does not have a part of it.
 *
 * @param {Part} said
 * @param {Locale} locale
 * @returns {string | undefined}
 */
export function textIn(said, locale) {
  if (typeof said !== 'object') return String(said);
  const [key, ...values] = said;
  const texts = values.map((value) => textIn(value, locale));
  const text = lookUp(key, locale);
  if (text === undefined || texts.includes(undefined)) return undefined;
  let next = 0;
  return text.replace(/\{(\d?)\}/g, (_, at) => String(texts[at === '' ? next++ : Number(at)]));
}

/**
 * @param {string | number} key
 * @param {Locale} locale
 */
function lookUp(key, locale) {
  const isEnglish = locale === 'en';
  if (typeof key === 'string' && isEnglish) return key;
  tables ??= read();
  const texts = tables.get(typeof key === 'string' ? numberOf(key) : key);
  const own = typeof key === 'string' ? key : texts?.en;
  return isEnglish ? own : (texts?.zh ?? own);
}

/** @type {Map<number, { en: string | undefined, zh: string | undefined }> | undefined} */
let tables;

function read() {
  const [en, zh] = [english.split('\n'), chinese.split('\n')];
  const listed = numbers.split(' ').map((number) => Number.parseInt(number, 36));
  return new Map(listed.map((number, at) => [number, { en: en[at], zh: zh[at] }]));
}

/**
 * FNV-1a of 32 bits over UTF-16, folded to 24: for ASCII the number that the core gives the text.
 *
 * @param {string} text
 */
export function numberOf(text) {
  let number = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    number = Math.imul(number ^ text.charCodeAt(at), 0x01000193);
  }
  return (number >>> 24) ^ (number & 0xffffff);
}

/**
 * Messages, one behind the other.
 *
 * @param {Message[]} messages at least one
 */
export function joined(messages) {
  return messages.reduce((before, next) => message('{}; {}', before, next));
}
