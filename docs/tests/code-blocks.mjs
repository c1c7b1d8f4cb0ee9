// The fenced code blocks of the pages that people read: where they stand, and what they are.

import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../../scripts/run.mjs';

// Files at the top that have code blocks, and the folders of the site in each language.
const FILES = ['README.md', 'README.zh-CN.md', 'SECURITY.md', 'CHANGELOG.md'];
const FOLDERS = ['docs/en', 'docs/zh'];
/** What `npm run docs` makes: checked where it is made. */
export const GENERATED = ['errors', 'endpoints', 'api'];

const FENCE = /^(?<indent>\s*)(?<fence>`{3,}|~{3,})\s*(?<info>.*)$/;

/**
 * @typedef {object} Block
 * @property {string} page the path of its file, from the top
 * @property {number} line of its fence, from 1
 * @property {string} language
 * @property {boolean} isRun
 * @property {boolean} isNew whether it starts a module of its own
 * @property {string} code
 */

/** Every page, by its path from the top. */
export async function allPages() {
  const nested = await Promise.all(FOLDERS.map((folder) => pagesBelow(folder)));
  return [...FILES.filter((file) => existsSync(join(root, file))), ...nested.flat()];
}

async function pagesBelow(folder) {
  if (!existsSync(join(root, folder))) return [];
  const entries = await readdir(join(root, folder), { withFileTypes: true });
  const nested = entries.map((entry) => {
    const path = `${folder}/${entry.name}`;
    if (!entry.isDirectory()) return path.endsWith('.md') ? [path] : [];
    const isGenerated = FOLDERS.includes(folder) && GENERATED.includes(entry.name);
    return isGenerated ? [] : pagesBelow(path);
  });
  return (await Promise.all(nested)).flat().sort();
}

/** @returns {Promise<Block[]>} the blocks of a page */
export async function blocksOf(page) {
  return blocksIn(page, await readFile(join(root, page), 'utf8'));
}

/** @returns {Block[]} */
export function blocksIn(page, text) {
  const blocks = [];
  let open = null;
  for (const [i, line] of text.split('\n').entries()) {
    const { indent, fence, info } = FENCE.exec(line)?.groups ?? {};
    if (open === null) {
      // A line such as ```code``` is no fence.
      if (fence === undefined || (fence[0] === '`' && info.includes('`'))) continue;
      open = {
        fence,
        indent: indent.length,
        block: { page, line: i + 1, ...read(info) },
        code: [],
      };
    } else if (fence?.startsWith(open.fence) && info === '') {
      blocks.push({ ...open.block, code: open.code.join('\n') });
      open = null;
    } else open.code.push(withoutIndent(line, open.indent));
  }
  if (open !== null) throw new Error(`${page}:${open.block.line}: this block does not end`);
  return blocks;
}

// ```js run new, ```ts{2,4} [nuxt.config.ts]
function read(info) {
  const language = /^[\w+-]*/.exec(info)[0];
  const words = info
    .slice(language.length)
    .replaceAll(/\{.*?\}|\[.*?\]/g, ' ')
    .trim();
  const attributes = words === '' ? [] : words.split(/\s+/);
  const isRun = attributes.includes('run');
  return { language, isRun, isNew: isRun && attributes.includes('new') };
}

function withoutIndent(line, indent) {
  const has = /^\s*/.exec(line)[0].length;
  return line.slice(Math.min(indent, has));
}

/** The place of a block, or of a line of its code, as editors open it. */
export function placeOf({ page, line }, below = 0) {
  return `${page}:${line + below}`;
}
