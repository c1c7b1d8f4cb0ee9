// The options of a client, as the types have them: each with its description, which is English.

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from '../../run.mjs';

// The newest TypeScript is a program and has no API.
const ts = createRequire(join(root, 'package.json'))('typescript-5.9');

/** @returns {Promise<Map<string, string>>} descriptions by the names of the options */
export async function clientOptions() {
  const text = await readFile(join(root, 'pkg-template/types/client-options.d.ts'), 'utf8');
  const source = ts.createSourceFile('client-options.d.ts', text, ts.ScriptTarget.Latest, true);
  const options = new Map();
  const visit = (node) => {
    // Only the options themselves, and not the parameters of a callback.
    if (ts.isFunctionTypeNode(node)) return;
    if (ts.isPropertySignature(node)) {
      const said = ts.getJSDocCommentsAndTags(node).find(ts.isJSDoc);
      const description = said && ts.getTextOfJSDocComment(said.comment);
      if (description || !options.has(node.name.text)) {
        options.set(node.name.text, adapted(description ?? options.get(node.name.text) ?? ''));
      }
      return;
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return options;
}

/** Links to other types become their names, as code. */
function adapted(description) {
  return description.replaceAll(
    /\{@link\s+([\w.]+)(?:\s*\|?\s*([^}]*))?\}/g,
    (_, name, words) => words || `\`${name}\``,
  );
}
