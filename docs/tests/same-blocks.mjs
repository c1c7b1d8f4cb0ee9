// The Chinese page has the code of the English one. Comments and texts may differ.

import { placeOf } from './code-blocks.mjs';

const STRINGS = /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/;
const SLASHES = new RegExp(`(${STRINGS.source})|/\\*[sS]*?\\*/|(?<!:)//.*`, 'g');
const HASHES = new RegExp(`(${STRINGS.source})|(?<![^\\s])#.*`, 'g');
const LANGUAGES = {
  ...Object.fromEntries(['js', 'mjs', 'cjs', 'ts', 'jsx', 'tsx'].map((name) => [name, SLASHES])),
  ...Object.fromEntries(['sh', 'toml', 'ini', 'nginx', 'dockerfile'].map((name) => [name, HASHES])),
};
const HAN = /\p{Script=Han}/u;

/** What stands in one page and not in the other: a text for each. */
export function differences(english, chinese) {
  const counted = (blocks) => blocks.filter(({ language }) => language !== 'txt');
  const [ours, theirs] = [english, chinese].map(counted);
  const problems = [];
  for (const [i, block] of ours.entries()) {
    const other = theirs[i];
    if (other === undefined) {
      problems.push(`${placeOf(block)}: the Chinese page has no such block`);
    } else if (kind(block) !== kind(other)) {
      problems.push(
        `${placeOf(other)}: is ${kind(other)}, and ${placeOf(block)} is ${kind(block)}`,
      );
      break;
    } else {
      const [a, b] = [block, other].map(codeOf);
      const at = a.findIndex((line, n) => line !== b[n]);
      if (at < 0 && a.length === b.length) continue;
      const n = at < 0 ? a.length : at;
      problems.push(`${placeOf(other)}: differs from ${placeOf(block)}: ${b[n]} / ${a[n]}`);
    }
  }
  for (const extra of theirs.slice(ours.length)) {
    problems.push(`${placeOf(extra)}: the English page has no such block`);
  }
  return problems;
}

const kind = ({ language, isRun, isNew }) =>
  [language, isRun && 'run', isNew && 'new'].filter(Boolean).join(' ');

/** Its lines without comments, texts and spaces. */
function codeOf({ language, code }) {
  const pattern = LANGUAGES[language];
  if (pattern === undefined) return [String(code.split('\n').length)];
  const bare = code.replaceAll(pattern, (_, text) => (text === undefined ? '' : "''"));
  return (
    bare
      .split('\n')
      // What is Chinese outside of quotes is a text, too: of a flag, or in a template.
      .map((line) => line.replaceAll(/\s+/g, ' ').trim())
      .filter((line) => line !== '' && !HAN.test(line))
  );
}
