// The English texts of messages, as they stand in the sources: `message!("…")` in Rust, `message('…')` in
// JavaScript. Each is a literal, so that it can be read here.

import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { Failure, root } from '../run.mjs';

// The command and the sandbox have no errors of these classes.
const FOLDERS = [
  { folder: 'src', extension: '.rs', textsIn: textsInRust },
  { folder: 'pkg-template', extension: '.mjs', textsIn: textsInJavaScript },
];
export const OTHERS = ['pkg-template/sandbox', 'pkg-template/cli', 'pkg-template/cli.mjs'];

/** Each text once, in the order of the files: `{ text, core, places }`, with the number of its `{}`. */
export async function readTexts() {
  const found = new Map();
  for (const { folder, extension, textsIn } of FOLDERS) {
    for (const file of await filesIn(join(root, folder), extension)) {
      for (const text of textsIn(await readFile(file, 'utf8'), relative(root, file))) {
        const known = found.get(text) ?? { text, core: false, client: false };
        known[folder === 'src' ? 'core' : 'client'] = true;
        found.set(text, known);
      }
    }
  }
  return [...found.values()];
}

async function filesIn(folder, extension) {
  const entries = await readdir(folder, { withFileTypes: true });
  const nested = entries.map((entry) => {
    const path = join(folder, entry.name);
    if (OTHERS.includes(relative(root, path).replaceAll('\\', '/'))) return [];
    if (entry.isDirectory()) return entry.name === 'tests' ? [] : filesIn(path, extension);
    return entry.name.endsWith(extension) && entry.name !== 'tests.rs' ? [path] : [];
  });
  return (await Promise.all(nested)).flat().sort();
}

/** The texts of Rust, without those of its tests. */
export function textsInRust(source, file = 'the source') {
  const [code] = source.split(/^#\[cfg\(test\)\]\nmod tests \{/m);
  return beginnings(code, /\bmessage!\(\s*/g).map((at) => {
    const literal = /^"((?:[^"\\]|\\[\s\S])*)"/.exec(code.slice(at));
    if (literal === null) throw noLiteral(code, at, file);
    return literal[1].replace(/\\(?:\n\s*|u\{([\da-f]+)\}|([\s\S]))/gi, (_, code, character) => {
      if (code) return String.fromCodePoint(Number.parseInt(code, 16));
      return character ?? '';
    });
  });
}

/** The texts of JavaScript, each of one literal or of several with `+` between them. */
export function textsInJavaScript(source, file = 'the source') {
  return beginnings(source, /(?<![\w.]|function )message\(\s*/g).map((at) => {
    const one = String.raw`'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"`;
    const whole = new RegExp(`^(?:${one})(?:\\s*\\+\\s*(?:${one}))*(?=\\s*[,)])`).exec(
      source.slice(at),
    );
    if (whole === null) throw noLiteral(source, at, file);
    return [...whole[0].matchAll(new RegExp(one, 'g'))]
      .map(([literal]) => literal.slice(1, -1).replace(/\\(.)/g, '$1'))
      .join('');
  });
}

// Where the first argument of each call stands, but for calls in a comment.
function beginnings(source, call) {
  return [...source.matchAll(call)]
    .filter(({ index }) => {
      const line = source.slice(source.lastIndexOf('\n', index) + 1, index);
      return !/^\s*(?:\/\/|\*)/.test(line) && !/macro_rules/.test(line);
    })
    .map(({ index, 0: found }) => index + found.length);
}

function noLiteral(source, at, file) {
  const line = source.slice(0, at).split('\n').length;
  return new Failure(`${file}:${line}: the first argument of a message must be a string literal`);
}
