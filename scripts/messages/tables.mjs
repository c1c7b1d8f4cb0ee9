// The module that stands in the place of `pkg-template/message-tables.mjs` in the bundles.

import { namesOfPages, pagesOfErrors } from '../docs/errors/names.mjs';
import { clientOptions } from '../docs/errors/options.mjs';
import { placesOfTexts } from '../docs/errors/places.mjs';
import { site } from '../repository.mjs';
import { readCatalogue } from './catalogue.mjs';

/** Its source. What compresses best is what stands beside its like: all numbers, all texts of one language. */
export async function messageTables(kinds, errors) {
  const catalogue = await readCatalogue();
  const ordered = [
    ...catalogue.filter(({ core }) => core),
    ...catalogue.filter(({ core }) => !core),
  ];
  const rows = ordered.flatMap(({ text, core, chinese, numbers }) =>
    numbers.map((number) => ({ number, english: core ? text : undefined, chinese })),
  );
  const english = rows.map((row) => row.english).filter((text) => text !== undefined);
  const options = [...(await clientOptions()).keys()];
  const names = namesOfPages(pagesOfErrors(kinds, await placesOfTexts(), errors, options));
  return [
    `export const numbers = ${quoted(rows.map(({ number }) => number.toString(36)).join(' '))};`,
    `export const english = ${quoted(english.join('\n'))};`,
    `export const chinese = ${quoted(rows.map((row) => row.chinese).join('\n'))};`,
    `export const site = ${quoted(site)};`,
    `export const pages = ${quoted(names.join(' '))};`,
    '',
  ].join('\n');
}

function quoted(text) {
  return JSON.stringify(text);
}
