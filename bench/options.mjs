// The options after `npm run bench --`.

import { parseArgs } from 'node:util';

const SECTIONS = ['sign', 'verify', 'cold', 'calls', 'growth', 'size'];

export const help = `npm run bench                       runs everything, in about a quarter of an hour
npm run bench -- --only sign,cold   runs some sections of ${SECTIONS.join(', ')}
npm run bench -- --quick            takes a minute and shows that the bench works; its figures mean nothing
npm run bench -- --full             100,000 calls of each contestant in Node 24, and 1,000,000 for the memory
npm run bench -- --calls <n>        this number of calls in both places`;

/** Reads the arguments; throws an error with a message for the user if they are wrong. */
export function optionsOf(args) {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: 'string' },
      quick: { type: 'boolean' },
      full: { type: 'boolean' },
      calls: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  const only = values.only?.split(',');
  const unknown = only?.find((name) => !SECTIONS.includes(name));
  if (unknown !== undefined) throw new Error(`The bench has no section "${unknown}".`);
  const calls = values.calls === undefined ? undefined : Number(values.calls);
  if (calls !== undefined && !(Number.isSafeInteger(calls) && calls > 0)) {
    throw new Error(`--calls must be a positive whole number, not "${values.calls}".`);
  }
  return { ...values, only, calls };
}
