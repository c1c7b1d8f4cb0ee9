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
      throw new UsageError('Faults are written such as `delay=200, tamper, times=2`.');
    }
    if (Object.hasOwn(faults, name)) throw new UsageError(`Faults have ${name} twice.`);
    faults[name] = value === undefined ? true : /^\d+$/.test(value) ? Number(value) : value;
  }
  return faults;
}
