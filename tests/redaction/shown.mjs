// The visible forms of a value.
import { inspect } from 'node:util';

/** Every form in which a value can be shown. */
export function shown(value) {
  const parts = [
    String(value),
    JSON.stringify(value),
    inspect(value, { depth: Infinity, showHidden: true, getters: true }),
  ];
  for (let error = value; error instanceof Error; error = error.cause) {
    parts.push(error.message, error.stack, JSON.stringify(error), inspect({ ...error }));
  }
  return parts.join('\n');
}
