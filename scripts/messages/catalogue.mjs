// The catalogue of messages: the English texts of the sources, with the Chinese ones of
// `messages/zh-CN.yaml`. Both must be complete.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { Failure, main, root } from '../run.mjs';
import { readTexts } from './texts.mjs';

export const folder = join(root, 'messages');

/** `{ text, core, client, chinese, numbers }` of each text, in the order of the sources. */
export async function readCatalogue() {
  const texts = await readTexts();
  const chinese = parse(await readFile(join(folder, 'zh-CN.yaml'), 'utf8')) ?? {};
  const problems = problemsOf(texts, chinese);
  if (problems.length > 0) {
    throw new Failure(`messages/zh-CN.yaml does not fit the sources:\n${problems.join('\n')}`);
  }
  return texts.map((each) => ({
    ...each,
    chinese: chinese[each.text],
    numbers: numbersOf(each),
  }));
}

/** What is wrong with a catalogue. */
export function problemsOf(texts, chinese) {
  const problems = [];
  const known = new Set(texts.map(({ text }) => text));
  const numbers = new Map();
  for (const each of texts) {
    const { text } = each;
    const translation = Object.hasOwn(chinese, text) ? chinese[text] : undefined;
    if (typeof translation !== 'string' || translation === '') {
      problems.push(`- not translated: ${text}`);
    } else if (!isFilledAlike(text, translation)) {
      problems.push(`- other {} than in English: ${text}`);
    }
    if (/\n/.test(text) || /\n/.test(translation ?? '')) {
      problems.push(`- of more than one line: ${text}`);
    }
    if (/\{\d\}/.test(text)) problems.push(`- {0} is for translations alone: ${text}`);
    for (const number of numbersOf(each)) {
      const other = numbers.get(number);
      if (other !== undefined) problems.push(`- has the number of another text: ${text}; ${other}`);
      numbers.set(number, text);
    }
  }
  for (const text of Object.keys(chinese)) {
    if (!known.has(text)) problems.push(`- in no source: ${text}`);
  }
  return problems;
}

// `{}` in their order, or each by its number, which may be there more than once.
function isFilledAlike(english, translation) {
  const needed = placesIn(english, /\{\}/g);
  const inOrder = placesIn(translation, /\{\}/g);
  const numbered = [...translation.matchAll(/\{(\d)\}/g)].map(([, at]) => Number(at));
  if (numbered.length === 0) return inOrder === needed;
  const each = [...new Set(numbered)].sort();
  return inOrder === 0 && each.length === needed && each.every((at, index) => at === index);
}

function placesIn(text, place) {
  return [...text.matchAll(place)].length;
}

/** The numbers of a text: the core counts its bytes, and JavaScript its code units. */
export function numbersOf({ text, core, client }) {
  const units = Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
  const both = [core ? fnv(Buffer.from(text)) : undefined, client ? fnv(units) : undefined];
  return [...new Set(both.filter((number) => number !== undefined))];
}

function fnv(parts) {
  let number = 0x811c9dc5;
  for (const part of parts) number = Math.imul(number ^ part, 0x01000193);
  return (number >>> 24) ^ (number & 0xffffff);
}

await main(import.meta.url, async () => {
  const catalogue = await readCatalogue();
  const core = catalogue.filter((each) => each.core).length;
  console.log(`${catalogue.length} messages, ${core} of them of the core, each in two languages`);
});
