// pkg-template/index.d.ts and its parts in types/ → the text that is published for each format, and
// api.d.ts and its parts → the text that both formats share. The parts follow each other in the order in
// which these two files name them.

import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Failure } from './run.mjs';

const PART = /^export \{([^}]*)\} from '\.\/types\/([\w-]+)\.js';\n/gm;
const SHARED = /^export \{([^}]*)\} from '\.\/([\w-]+)\.js';\n/gm;
const OTHER_PART = /^import type \{[^}]*\} from '(?:\.\/[\w-]+|\.\.\/index)\.js';\n/gm;
const DECLARED = /^export (?:declare )?(?:class|function|interface|type) (\w+)/;

/**
 * The types of the package in `template`, as two texts: `index` and `api`. `generated` takes the place of
 * types/api.d.ts, and declares what that file does.
 */
export async function readTypes(template, generated) {
  const read = (file) => readFile(join(template, file), 'utf8');
  const [index, api] = await Promise.all([read('index.d.ts'), read('api.d.ts')]);
  const parts = await Promise.all(
    (await readdir(join(template, 'types'))).map(async (file) => [
      basename(file, '.d.ts'),
      await read(`types/${file}`),
    ]),
  );
  const shared = [...api.matchAll(PART)].map(([, , part]) => part);
  const isShared = ([part]) => shared.includes(part);
  return {
    index: joinTypes(index, new Map(parts.filter((part) => !isShared(part)))),
    api: joinTypes(api, new Map(parts.filter(isShared)), new Map([['api', generated]])),
  };
}

/**
 * `index`, and in the place of its exports the texts of `parts`, which are a Map by their names. What
 * `index` exports from a file beside it, it takes from that file's CommonJS form. A text of `generated`
 * is published in the place of the part with its name.
 */
export function joinTypes(index, parts, generated = new Map()) {
  const end = index.search(/^(?:export|import)\b/m);
  const [head, exports] = [index.slice(0, end), index.slice(end)];
  if (end < 0 || exports.replaceAll(PART, '').replaceAll(SHARED, '') !== '') {
    throw new Failure(
      "index.d.ts ends with `export { … } from './types/….js';`, and nothing between",
    );
  }

  const named = [...exports.matchAll(PART)].map(([, names, part]) => ({
    part,
    names: words(names),
  }));
  const shared = [...exports.matchAll(SHARED)].map(([, names, file]) => ({
    file,
    names: words(names),
  }));
  const listed = named.map(({ part }) => part);
  refuse(twice(listed), 'is listed twice in index.d.ts');
  refuse(missing([...parts.keys()], listed), 'of types/ is not listed in index.d.ts');
  refuse(missing(listed, [...parts.keys()]), 'is listed in index.d.ts, and is not in types/');
  refuse(
    twice([...named, ...shared].flatMap(({ names }) => names)),
    'is exported twice by index.d.ts',
  );

  const bodies = named.map(({ part, names }) => {
    const body = parts.get(part).replaceAll(OTHER_PART, '').trimStart();
    const declared = declaredIn(part, body);
    refuse(missing(declared, names), `of types/${part}.d.ts is not exported by index.d.ts`);
    refuse(missing(names, declared), `is not declared in types/${part}.d.ts`);
    return generated.has(part) ? inPlaceOf(part, names, generated.get(part)) : body;
  });
  const taken = shared.map(({ file, names }) => {
    const list = `type { ${names.join(', ')} } from './${file}.cjs';\n`;
    return `import ${list}export ${list}`;
  });
  return head + [...taken, ...bodies].join('\n');
}

// It may declare more, which nobody gets to see: that needs an export without a name.
function inPlaceOf(part, names, text) {
  const exported = (text.match(/^export .*/gm) ?? []).map((line) => DECLARED.exec(line)?.[1]);
  refuse(missing(names, exported), `is not in what is generated for types/${part}.d.ts`);
  refuse(missing(exported, names), `is generated, and is not in types/${part}.d.ts`);
  return `${text}export {};\n`;
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
