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
 * @param {Buffer} expected
 * @param {Buffer} given
 * @param {string[]} lines what each line is
 * @returns {{ line: number, of: string, character: number, expected: string, given: string } | undefined} undefined
 *   if they are the same
 */
export function partingOf(expected, given, lines) {
  if (expected.equals(given)) return undefined;
  let at = 0;
  while (at < expected.length && expected[at] === given[at]) at += 1;
  // Not within a character of several bytes.
  while (at > 0 && [expected, given].some((each) => (each[at] & 0xc0) === 0x80)) at -= 1;
  const before = expected.subarray(0, at).toString().split('\n');
  return {
    line: before.length,
    of: lines[Math.min(before.length, lines.length) - 1],
    character: [...before.at(-1)].length + 1,
    expected: shown(expected, at),
    given: shown(given, at),
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
export function tellParting({ line, of, character, expected, given }) {
  const [one, other] = [expected, given].map((each) =>
    each === '' ? told('nothing') : JSON.stringify(each),
  );
  return told('parting', { line, of, character, expected: one, given: other });
}
