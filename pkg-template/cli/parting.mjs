import { told } from './language.mjs';

/** How much is shown from where they part on, in bytes. */
const SHOWN = 40;

/** What the lines of the strings are. The body is all from the last one on. */
export const LINES = {
  request: ['method', 'URL', 'timestamp', 'nonce', 'body'],
  response: ['timestamp', 'nonce', 'body'],
};

/**
 * Where two strings part.
 *
 * @param {Buffer} built the string that a message gives
 * @param {Buffer} signed the one that was signed
 * @param {string[]} lines what each line is
 * @returns {{ line: number, of: string, character: number, built: string, signed: string } | undefined} undefined
 *   if they are the same. `built` and `signed` are what follows there
 */
export function partingOf(built, signed, lines) {
  if (built.equals(signed)) return undefined;
  let at = 0;
  while (at < built.length && built[at] === signed[at]) at += 1;
  // Not within a character of several bytes.
  while (at > 0 && [built, signed].some((each) => (each[at] & 0xc0) === 0x80)) at -= 1;
  const before = built.subarray(0, at).toString().split('\n');
  return {
    line: before.length,
    of: lines[Math.min(before.length, lines.length) - 1],
    character: [...before.at(-1)].length + 1,
    built: shown(built, at),
    signed: shown(signed, at),
  };
}

function shown(bytes, at) {
  const text = bytes
    .subarray(at, at + SHOWN)
    .toString()
    .replace(/\uFFFD+$/, '');
  return bytes.length > at + SHOWN ? `${text}…` : text;
}

/**
 * The same for people.
 *
 * @param {NonNullable<ReturnType<typeof partingOf>>} parting
 */
export function tellParting({ line, of, character, built, signed }) {
  const [one, other] = [built, signed].map((each) =>
    each === '' ? told('no-more') : JSON.stringify(each),
  );
  return told('parting', { line, of, character, built: one, signed: other });
}
