// Where in the sources each message is written, and so which error it belongs to: a code, and for
// ERR_CONFIG and ERR_PARAM the option or field. A message whose place does not say it has none.

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { textsInJavaScript, textsInRust } from '../../messages/texts.mjs';
import { root } from '../../run.mjs';

// Files about one kind of option alone.
const FILES = {
  'src/keys/pem.rs': ['ERR_CONFIG.privateKey', 'ERR_CONFIG.cert', 'ERR_CONFIG.certs'],
  'src/keys/private_key.rs': ['ERR_CONFIG.privateKey'],
  'src/keys/public_key.rs': ['ERR_CONFIG.certs'],
  'src/protocol/known_key.rs': ['ERR_CONFIG.certs'],
};

const CALL = /\bmessage!?\(\s*/g;

/** @returns {Promise<Map<string, Set<string>>>} the texts of each `CODE` and `CODE.option` */
export async function placesOfTexts() {
  const places = new Map();
  const add = (place, text) => {
    if (place === undefined) return;
    places.set(place, (places.get(place) ?? new Set()).add(text));
  };
  for (const file of await sourcesIn('src', '.rs')) {
    const [source] = (await readFile(join(root, file), 'utf8')).split(
      /^#\[cfg\(test\)\]\nmod tests \{/m,
    );
    const placeAt = faultsIn(source) ?? optionsIn(source);
    for (const { text, at } of textsAt(source, textsInRust(source, file))) {
      for (const place of FILES[file] ?? [placeAt(at)]) add(place, text);
    }
  }
  for (const file of await sourcesIn('pkg-template', '.mjs')) {
    const source = await readFile(join(root, file), 'utf8');
    const placeAt = optionsIn(source);
    for (const { text, at } of textsAt(source, textsInJavaScript(source, file)))
      add(placeAt(at), text);
  }
  return places;
}

async function sourcesIn(folder, ending) {
  const names = await readdir(join(root, folder), { recursive: true });
  return names
    .map((name) => `${folder}/${name}`.replaceAll('\\', '/'))
    .filter(
      (name) => name.endsWith(ending) && !/\/(tests|sandbox|cli)(\/|\.)|\/cli\.mjs$/.test(name),
    )
    .sort();
}

/** Each text with the place of its call. */
function textsAt(source, texts) {
  const calls = [...source.matchAll(CALL)].filter(({ index }) => {
    const before = source.slice(source.lastIndexOf('\n', index) + 1, index);
    return !/^\s*(?:\/\/|\*)/.test(before) && !/macro_rules|function $|[\w.]$/.test(before);
  });
  return texts.length === calls.length
    ? texts.map((text, i) => ({ text, at: calls[i].index }))
    : [];
}

/** Of `match self { Self::Skew(_) => … }`: the code that the same file has for the variant. */
function faultsIn(source) {
  const body = /fn code\(&self\) -> &'static str \{([\s\S]*?)\n {4}\}/.exec(source)?.[1];
  if (body === undefined) return undefined;
  const codes = new Map();
  for (const [, variants, code] of body.matchAll(/((?:Self::[^=]*?)+)=>\s*"(\w+)"/g)) {
    for (const [, variant] of variants.matchAll(/Self::(\w+)/g)) codes.set(variant, code);
  }
  return (at) => {
    const arm = [...source.slice(0, at).matchAll(/Self::(\w+)[^=;]*?=>/g)].at(-1);
    // Far from its arm it is what all have in common.
    return arm && at - arm.index < 300 ? codes.get(arm[1]) : undefined;
  };
}

const MAKERS = [
  [/(?:Error::config|configError)\(\s*(?:"(\w+)"|'(\w+)'|([A-Z_]{3,}))/g, 'ERR_CONFIG'],
  [
    /(?:Error::validation|invalid|invalidParameter)\(\s*(?:"(\w+)"|'(\w+)'|([A-Z_]{3,}))/g,
    'ERR_PARAM',
  ],
];

/** The option that the call around a message names, or the helper that it is given to. */
function optionsIn(source) {
  const found = MAKERS.flatMap(([pattern, code]) =>
    [...source.matchAll(pattern)].map(({ index, 1: rust, 2: script, 3: constant }) => {
      const name = rust ?? script ?? constantIn(source, constant);
      return { index, place: name && `${code}.${camelCase(name)}` };
    }),
  ).filter(({ place }) => place !== undefined);
  // `fn refused(problem: Message) -> Error { Error::config("cert", problem) }`, or a closure in one function.
  const helpers = [
    ...source.matchAll(/(?:(?:fn|function) (\w+)\(problem|let (\w+) = \|problem)[\s\S]*?\n/g),
  ].flatMap(({ index, 1: ofFile, 2: ofFunction }) => {
    const made = found.find((each) => each.index > index && each.index - index < 120);
    return made
      ? [{ name: ofFile ?? ofFunction, from: ofFile ? 0 : index, place: made.place }]
      : [];
  });
  const calls = helpers.flatMap(({ name, from, place }) =>
    [...source.matchAll(new RegExp(`(?<!fn |function )\\b${name}\\(`, 'g'))]
      .filter(({ index }) => index > from)
      .map(({ index }) => ({ index, place })),
  );
  const all = [...found, ...calls].sort((one, other) => one.index - other.index);
  return (at) => {
    const around = all.filter(({ index }) => index < at && isWithin(source, index, at)).at(-1);
    if (around !== undefined) return around.place;
    // `let problem = message!(…);`, and then `Error::config("apiv3_key", problem)`.
    if (!/\b(let|const) problem =\s*$/.test(source.slice(0, at))) return undefined;
    const next = found.find(({ index }) => index > at);
    const between = next && source.slice(at, next.index);
    return next && between.length < 500 && !/\bmessage!?\(/.test(between.slice(8))
      ? next.place
      : undefined;
  };
}

const constantIn = (source, name) => new RegExp(`const ${name}: &str = "(\\w+)"`).exec(source)?.[1];

/** Whether the call that begins at `from` has not ended at `at`. */
function isWithin(source, from, at) {
  let depth = 0;
  for (const [mark] of source
    .slice(from, at)
    .matchAll(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\\n])*'|[()]/g)) {
    if (mark === '(') depth += 1;
    if (mark === ')') {
      depth -= 1;
      if (depth <= 0) return false;
    }
  }
  return depth > 0;
}

const camelCase = (name) => name.replaceAll(/_(\w)/g, (_, letter) => letter.toUpperCase());
