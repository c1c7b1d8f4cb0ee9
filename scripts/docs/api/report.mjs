// The public surface as one text: what the package exports, name by name, without comments. A change of the
// types changes it, and a change of a comment does not.

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { readCatalogue } from '../../catalogue/read.mjs';
import { root } from '../../run.mjs';
import { publicTypes } from './types.mjs';

// The newest TypeScript is a program and has no API. This one is there for the older type tests.
const ts = createRequire(join(root, 'package.json'))('typescript-5.9');

const MODULES = { 'index.d.mts': 'wechatpay-wasm', 'sandbox.d.mts': 'wechatpay-wasm/sandbox' };

export async function apiReport() {
  const types = await publicTypes();
  const { operations, events, errors } = await readCatalogue();
  const sections = Object.entries(MODULES).flatMap(([file, module]) => {
    const texts = file === 'index.d.mts' ? [types[file], types['api.d.cts']] : [types[file]];
    return [`## ${module}`, '', '```ts', ...declarationsIn(texts), '```', ''];
  });
  const paths = new Set(operations.map(({ path }) => path));
  const names = new Set(events.flatMap((event) => event.names));
  return [
    '# The public surface',
    '',
    'Written by `npm run api -- --accept`, from the types. Review what changes here: users depend on it.',
    'The types of the endpoints are made of `catalogue/` and not listed.',
    '',
    `- ${operations.length} operations on ${paths.size} paths, ${names.size} events, ${errors.length} codes of errors`,
    '',
    ...sections,
  ].join('\n');
}

/** The declarations, sorted by their names. */
function declarationsIn(texts) {
  const printer = ts.createPrinter({ removeComments: true });
  const found = texts.flatMap((text) => {
    const source = ts.createSourceFile('types.d.ts', text, ts.ScriptTarget.Latest, true);
    return source.statements
      .filter((node) => !ts.isImportDeclaration(node) && !ts.isExportDeclaration(node))
      .map((node) => ({
        name: nameOf(node),
        text: printer.printNode(ts.EmitHint.Unspecified, node, source).replaceAll(/\n\s*\n/g, '\n'),
      }));
  });
  found.sort((one, other) => (one.name < other.name ? -1 : Number(one.name > other.name)));
  return found.flatMap(({ text }, i) => (i === 0 ? [text] : ['', text]));
}

function nameOf(node) {
  if (ts.isVariableStatement(node)) return node.declarationList.declarations[0].name.getText();
  return node.name?.getText() ?? '';
}
