// @ts-check
// The parameters of the calls that have a method of their own: strings.

import { PARAMS, Record } from './record.mjs';

/**
 * Reads an object of strings.
 *
 * @param {unknown} params
 * @param {readonly string[]} names of those that must be there
 * @returns {string[]} in the order of `names`
 */
export function readTexts(params, names) {
  const record = new Record(
    params,
    PARAMS,
    names,
    names.map((name) => [name]),
  );
  return names.map((name) => record.requiredText(name));
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
