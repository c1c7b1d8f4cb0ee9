// pkg-template/index.d.ts and its parts in types/ → the one text that is published for each format. The
// parts follow each other in the order in which index.d.ts names them.

import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Failure } from './run.mjs';

const PART = /^export \{([^}]*)\} from '\.\/types\/([\w-]+)\.js';\n/gm;
const OTHER_PART = /^import type \{[^}]*\} from '(?:\.\/[\w-]+|\.\.\/index)\.js';\n/gm;
const DECLARED = /^export (?:declare )?(?:class|function|interface|type) (\w+)/;

/** The types of the package in `template`, as one text. */
export async function readTypes(template) {
  const index = await readFile(join(template, 'index.d.ts'), 'utf8');
  const folder = join(template, 'types');
  const read = async (file) => [
    basename(file, '.d.ts'),
    await readFile(join(folder, file), 'utf8'),
  ];
  return joinTypes(index, new Map(await Promise.all((await readdir(folder)).map(read))));
}

/** `index`, and in the place of its exports the texts of `parts`, which are a Map by their names. */
export function joinTypes(index, parts) {
  const end = index.search(/^(?:export|import)\b/m);
  const [head, exports] = [index.slice(0, end), index.slice(end)];
  if (end < 0 || exports.replaceAll(PART, '') !== '') {
    throw new Failure(
      "index.d.ts ends with `export { … } from './types/….js';`, and nothing between",
    );
  }

  const named = [...exports.matchAll(PART)].map(([, names, part]) => ({
    part,
    names: words(names),
  }));
  const listed = named.map(({ part }) => part);
  refuse(twice(listed), 'is listed twice in index.d.ts');
  refuse(missing([...parts.keys()], listed), 'of types/ is not listed in index.d.ts');
  refuse(missing(listed, [...parts.keys()]), 'is listed in index.d.ts, and is not in types/');
  refuse(twice(named.flatMap(({ names }) => names)), 'is exported twice by index.d.ts');

  const bodies = named.map(({ part, names }) => {
    const body = parts.get(part).replaceAll(OTHER_PART, '').trimStart();
    const declared = declaredIn(part, body);
    refuse(missing(declared, names), `of types/${part}.d.ts is not exported by index.d.ts`);
    refuse(missing(names, declared), `is not declared in types/${part}.d.ts`);
    return body;
  });
  return head + bodies.join('\n');
}

// Whatever else stands at the beginning of a line would be published as it is: an import whose file is
// not there, or a name that is exported all the same, as all are that such a file declares.
function declaredIn(part, body) {
  const names = (body.match(/^\w.*/gm) ?? []).map((line) => {
    const name = DECLARED.exec(line)?.[1];
    if (name !== undefined) return name;
    throw new Failure(
      `types/${part}.d.ts exports what it declares, and takes types from other parts, so not: ${line}`,
    );
  });
  return [...new Set(names)];
}

function refuse([name], why) {
  if (name !== undefined) throw new Failure(`${name} ${why}`);
}

const words = (text) => text.match(/\w+/g) ?? [];
const twice = (names) => names.filter((name, i) => names.indexOf(name) !== i);
const missing = (names, from) => names.filter((name) => !from.includes(name));
