// The catalogue in catalogue/, as the generators read it: every operation, every event of a
// notification, every code of an error. A catalogue with a mistake in it is refused as a whole.
//
// node scripts/catalogue/read.mjs   says what is wrong with which line, or what there is

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure, main, root } from '../run.mjs';
import { problemsBetween } from './between.mjs';
import { readDocument } from './document.mjs';

/** The folder of the project's own catalogue. */
export const catalogueFolder = join(root, 'catalogue');

/** The address of a document by its number, such as `merchant/4012791856`. */
export const documentUrl = (number) => `https://pay.weixin.qq.com/doc/v3/${number}`;

/**
 * Reads the catalogue, in the order of its files and lines.
 *
 * An operation's `variables`, `query`, `headers` and `form` are fields: `{ name, required, schema }`. Its
 * `body` is a schema or undefined. Its `responses` are a Map from the status to a schema, `{ type:
 * 'nothing' }` or `{ type: 'file', mediaTypes }`. `checked` names the second sources that it was
 * compared with.
 *
 * A schema has a `type`. `object` has `fields`, which are empty where nobody documents them; `array` has
 * `items`; a string that holds JSON has `json`. Others may have `enum`, `format`, `pattern`, `encrypted`,
 * `nullable`, `default` and `example`. `min` and `max` are a string's length in characters, a number's
 * value, an array's count. A shape of a file has a `name`, and is one and the same object wherever the
 * file names it.
 */
export async function readCatalogue(folder = catalogueFolder) {
  const names = (await readdir(folder, { recursive: true }))
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.yaml'))
    .sort();
  const texts = await Promise.all(
    names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')]),
  );
  return catalogueOf(texts);
}

/** The same, of `texts`, which are pairs of a file's name and its text. */
export function catalogueOf(texts) {
  const catalogue = { operations: [], events: [], errors: [] };
  const problems = [];
  for (const [name, text] of texts) {
    const kind = kindOf(name);
    const document = readDocument(name, text, kind);
    catalogue[kind].push(...document.entries);
    problems.push(...document.problems);
  }
  problems.push(
    ...problemsBetween(
      catalogue,
      texts.map(([name]) => name),
    ),
  );
  if (problems.length > 0) {
    throw new Failure(
      `The catalogue has mistakes:\n${problems.map((line) => `  ${line}`).join('\n')}`,
    );
  }
  return catalogue;
}

function kindOf(name) {
  if (name === 'errors.yaml') return 'errors';
  return name.startsWith('events/') ? 'events' : 'operations';
}

await main(import.meta.url, async () => {
  const { operations, events, errors } = await readCatalogue();
  const paths = new Set(operations.map(({ path }) => path));
  console.log(
    `${operations.length} operations on ${paths.size} paths, ${new Set(events.flatMap(({ names }) => names)).size} events, ${errors.length} codes of errors`,
  );
});
