import { told } from './language.mjs';
import { UsageError } from './problems.mjs';

/**
 * Parses faults as the header `Sandbox-Faults` has them, with `times`: `delay=200, tamper, times=2`. The
 * sandbox checks what they are.
 *
 * @param {string} text
 * @returns {Record<string, string | number | true>}
 */
export function parseFaults(text) {
  const faults = {};
  for (const part of text.split(',').map((each) => each.trim())) {
    const [, name, , value] = part.match(/^([a-z]+)(=([A-Za-z0-9_]+))?$/) ?? [];
    if (name === undefined) {
      throw new UsageError(told('faults-form'));
    }
    if (Object.hasOwn(faults, name)) throw new UsageError(told('fault-twice', { name }));
    faults[name] = value === undefined ? true : /^\d+$/.test(value) ? Number(value) : value;
  }
  return faults;
}
