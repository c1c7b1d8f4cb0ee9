// @ts-check
// The parameters of the calls that have a method of their own: strings, by their names on the wire.

import { camelCase } from './names.mjs';
import { PARAMS, Record } from './record.mjs';

/**
 * Reads an object of strings.
 *
 * @param {unknown} params
 * @param {readonly string[]} fields the names of those that must be there, in `snake_case`
 * @returns {string[]} in the order of `fields`
 */
export function readTexts(params, fields) {
  const names = fields.map(camelCase);
  const record = new Record(params, PARAMS, names);
  return names.map((name) => record.requiredText(name));
}

/**
 * Reads the parameters of `paySign`.
 *
 * @param {unknown} params
 * @returns {[type: string, appid: string, prepayId: string, partnerid: string | undefined]}
 */
export function readPaySign(params) {
  const record = new Record(params, PARAMS, ['type', 'appid', 'prepayId', 'partnerid']);
  return [
    record.requiredText('type'),
    record.requiredText('appid'),
    record.requiredText('prepayId'),
    record.optionalText('partnerid'),
  ];
}
