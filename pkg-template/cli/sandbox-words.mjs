// What the sandbox says, in the reader's language. The sandbox is a program's API, and speaks English.

import { isChinese } from './language.mjs';
import { SANDBOX_SAYS, SERIALISATIONS, SERIALISED } from './texts/sandbox-says.mjs';

/** A method of the sandbox's, which its errors may begin with. */
const METHOD = /^(?:sandbox\.\w+|createSandbox): ?/;

/**
 * A text of the sandbox's in the reader's language, or as it is, if it is in no table.
 *
 * @param {string} text
 * @returns {string}
 */
export function inReadersWords(text) {
  if (!isChinese()) return text;
  const plain = text.replace(METHOD, '');
  return serialised(plain) ?? translated(plain) ?? text;
}

/**
 * What is wrong with the signature of a request, in the reader's language.
 *
 * @param {{ mistake: string, clauses: string[] }} found
 */
export function mistakeInReadersWords({ mistake, clauses }) {
  return isChinese() ? clauses.map(inReadersWords).join('；') : mistake;
}

function translated(text) {
  for (const [english, chinese] of SANDBOX_SAYS) {
    const values = text.match(patternOf(english))?.slice(1);
    if (values !== undefined) {
      return chinese.replaceAll('{}', () => values.shift().replaceAll(', ', '、'));
    }
  }
  return undefined;
}

function patternOf(english) {
  const parts = english.split('{}').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('([\\s\\S]+?)')}$`);
}

/** `with its body serialised anew and two spaces, in ASCII`: in how many ways is a list of its own. */
function serialised(text) {
  const [english, chinese] = SERIALISED;
  if (!text.startsWith(english)) return undefined;
  const ways = [];
  let rest = text.slice(english.length);
  while (rest !== '') {
    const way = SERIALISATIONS.find(([each]) => rest.startsWith(each));
    if (way === undefined) return undefined;
    ways.push(way[1]);
    rest = rest.slice(way[0].length);
  }
  return ways.length === 0 ? chinese : `${chinese}（${ways.join('，')}）`;
}
