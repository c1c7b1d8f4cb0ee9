// The examples of the package's README and TSDoc, as files that a compiler reads. Examples leave out
// what surrounds them: each gets an async function around it, and imports where it has none. What
// else it takes as given is declared in tests/types/examples.d.ts.

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from './run.mjs';

// What is run, `js run`, is checked by docs/tests/check-blocks.mjs.
const FENCE = /^```(\w*)(?: (.*))?$/;

/** Writes every example of the package in `folder` into the folder `to`; gives the files. */
export async function writeExamples(folder, to) {
  const documents = ['README.md', 'dist/index.d.mts', 'dist/sandbox.d.mts'];
  const texts = await Promise.all(documents.map((name) => readFile(join(folder, name), 'utf8')));
  const exported = new Map([
    ...names(texts[1]).map((name) => [name, 'wechatpay-wasm']),
    ...names(texts[2]).map((name) => [name, 'wechatpay-wasm/sandbox']),
  ]);

  await mkdir(to, { recursive: true });
  const files = [];
  for (const [i, text] of texts.entries()) {
    const examples = examplesIn(text);
    if (examples.length === 0 && i > 0) throw new Failure(`${documents[i]} has no example`);
    for (const { language, line, code } of examples) {
      const name = documents[i].replaceAll(/\W/g, '-');
      const file = join(to, `${name}-${line}.m${language}`);
      // So that the compiler's line numbers are the document's.
      const above = '\n'.repeat(line - 1);
      await writeFile(file, `${above}${imports(code, exported)}\n${wrapped(code)}\n`);
      files.push(file);
    }
  }
  return files;
}

function examplesIn(text) {
  const examples = [];
  let open = null;
  for (const [i, raw] of text.split('\n').entries()) {
    const line = raw.replace(/^ *\* ?/, '');
    const fence = FENCE.exec(line);
    if (fence === null) open?.code.push(line);
    else if (open === null)
      open = { language: fence[1], isRun: /\brun\b/.test(fence[2] ?? ''), line: i + 1, code: [] };
    else {
      if (/^[jt]s$/.test(open.language) && !open.isRun) examples.push(open);
      open = null;
    }
  }
  return examples;
}

function names(types) {
  const declared = /^export (?:declare )?(?:class|function|interface|type) (\w+)/gm;
  return [...types.matchAll(declared)].map(([, name]) => name);
}

// An example that imports something has to import all of it.
function imports(code, exported) {
  if (code.some(isImport)) return '';
  const text = code.join('\n');
  const used = ([name]) => new RegExp(`(?<![.\\w])${name}\\b(?!-)`).test(text);
  const lines = [...exported]
    .filter(used)
    .map(([name, from]) => `import { ${name} } from '${from}';`);
  return lines.join(' ');
}

function wrapped(code) {
  if (code.some((line) => line.startsWith('export '))) return code.join('\n');
  const first = code.findIndex((line) => !isImport(line));
  return [
    ...code.slice(0, first),
    `export async function example() { ${code[first]}`,
    ...code.slice(first + 1),
    '}',
  ].join('\n');
}

function isImport(line) {
  return line.startsWith('import ');
}
