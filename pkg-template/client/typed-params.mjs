// @ts-check
// The parameters of the calls that have a method of their own: strings.

import { camelCase } from './names.mjs';
import { PARAMS, Record } from './record.mjs';

/**
 * Reads an object of strings.
 *
 * @param {unknown} params
 * @param {readonly string[]} names of those that must be there
 * @param {readonly string[]} [optional] of those that may be left out
 * @returns {string[]} in the order of `names`, and then of those of `optional` that are there
 */
export function readTexts(params, names, optional = []) {
  const record = new Record(
    params,
    PARAMS,
    optional.length === 0 ? names : [...names, ...optional],
    names.map((name) => [name]),
  );
  const texts = names.map((name) => record.requiredText(name));
  for (const name of optional) {
    const text = record.optionalText(name);
    if (text !== undefined) texts.push(text);
  }
  return texts;
}

/**
 * The names of a call's parameters in camelCase, as the core gives them: one that ends in `?` may be left
 * out.
 *
 * @param {readonly string[]} fields
 * @returns {[names: string[], optional: string[]]}
 */
export function namesOf(fields) {
  const isOptional = (/** @type {string} */ field) => field.endsWith('?');
  return [
    fields.filter((field) => !isOptional(field)).map(camelCase),
    fields.filter(isOptional).map((field) => camelCase(field.slice(0, -1))),
  ];
}

/**
 * Reads the parameters of `paySign`.
 *
 * @param {unknown} params
 * @returns {[type: string, appid: string, prepayId: string, partnerid: string | undefined]}
 */
export function readPaySign(params) {
  const record = new Record(
    params,
    PARAMS,
    ['type', 'appid', 'prepayId', 'partnerid'],
    [['type'], ['appid'], ['prepayId']],
  );
  return [
    record.requiredText('type'),
    record.requiredText('appid'),
    record.requiredText('prepayId'),
    record.optionalText('partnerid'),
  ];
}
