// The kinds of errors (`messages/kinds.yaml`), and what is made of them: the tables in the types and in
// docs/errors.md. `--write` writes docs/errors.md.

import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { Failure, main, root } from '../run.mjs';
import { folder } from './catalogue.mjs';
import { OTHERS } from './texts.mjs';

const documentAddress = 'https://pay.weixin.qq.com/doc/v3/merchant/';
const page = join(root, 'docs/errors.md');
const languages = ['en', 'zh-CN'];

/** All kinds, each with both texts in both languages. */
export async function readKinds() {
  const kinds = parse(await readFile(join(folder, 'kinds.yaml'), 'utf8'));
  for (const { code, when, do: mend } of kinds) {
    for (const language of languages) {
      if (!when?.[language] || !mend?.[language]) {
        throw new Failure(`messages/kinds.yaml: ${code} is not complete in ${language}`);
      }
    }
  }
  await checkCodes(kinds.map(({ code }) => code));
  return kinds;
}

// Every code of the package is a row, and nothing else that looks like one.
async function checkCodes(listed) {
  const [core, client] = await Promise.all([codesIn('src/error'), codesIn('pkg-template')]);
  const used = new Set([...core, ...client]);
  const missing = [...used].filter((code) => !listed.includes(code));
  const superfluous = listed.filter((code) => code.startsWith('ERR_') && !used.has(code));
  if (missing.length + superfluous.length > 0) {
    throw new Failure(
      `messages/kinds.yaml lacks [${missing.join(', ')}], and has in vain [${superfluous.join(', ')}]`,
    );
  }
}

async function codesIn(path) {
  const entries = await readdir(join(root, path), { withFileTypes: true });
  const nested = entries.map(async (entry) => {
    const inner = `${path}/${entry.name}`;
    if (OTHERS.includes(inner)) return [];
    if (entry.isDirectory()) return codesIn(inner);
    if (!/\.(?:rs|mjs)$/.test(inner)) return [];
    const text = await readFile(join(root, inner), 'utf8');
    const code = /\bcode: '(ERR_[A-Z_]+)'|=> "(ERR_[A-Z_]+)"/g;
    return [...text.matchAll(code)].map(([, client, core]) => client ?? core);
  });
  return (await Promise.all(nested)).flat();
}

/** The types, with a list of its codes in the place of each ` * {@codes ClassName}`. */
export function withCodes(types, kinds) {
  return types.replace(/^( *\* )\{@codes(?: (\w+))?\}$/gm, (_, start, ofClass) =>
    kinds
      .filter((kind) => ofClass === undefined || kind.class === ofClass)
      .map((kind) => entry(kind, start, ofClass === undefined))
      .join('\n'),
  );
}

function entry({ code, class: ofClass, when, do: mend }, start, isNamed) {
  const name = /^\w+$/.test(code) ? `\`${code}\`` : code;
  const words = `- ${name}${isNamed ? ` ({@link ${ofClass}})` : ''}: ${when.en}. To do: ${mend.en}.`;
  return wrapped(words, 100 - start.length - 2)
    .map((line, at) => `${start}${at === 0 ? '' : '  '}${line}`)
    .join('\n');
}

function wrapped(text, width) {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines[lines.length - 1];
    if (last !== '' && last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines;
}

/** docs/errors.md. */
export function pageOf(kinds) {
  return [
    '# Errors',
    '',
    'Made of `messages/kinds.yaml` by `node scripts/messages/kinds.mjs --write`. The documents are those of WeChat Pay. The',
    '`docs` of an error opens its page on the site.',
    '',
    ...table(kinds, 'en', ['code', 'class', 'it happens when', 'what to do', 'document']),
    '',
    '# 错误',
    '',
    '表中的文档为微信支付的文档。错误的 `docs` 会打开网站上该错误的页面。',
    '',
    ...table(kinds, 'zh-CN', ['错误码', '类', '何时发生', '如何处理', '文档']),
    '',
  ].join('\n');
}

function table(kinds, language, heads) {
  const other = language === 'en' ? undefined : '微信支付的其他错误码';
  const rows = kinds.map(({ code, class: ofClass, when, do: mend, document, documents = {} }) => [
    /^\w+$/.test(code) ? `\`${code}\`` : (other ?? code),
    `\`${ofClass}\``,
    when[language],
    mend[language],
    [
      ...(document === undefined ? [] : [`[${document}](${documentAddress}${document})`]),
      ...Object.entries(documents).map(
        ([field, number]) => `\`${field}\`: [${number}](${documentAddress}${number})`,
      ),
    ].join(', '),
  ]);
  return [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
}

await main(import.meta.url, async () => {
  const { values } = parseArgs({ options: { write: { type: 'boolean' } } });
  const kinds = await readKinds();
  const text = pageOf(kinds);
  if (values.write) await writeFile(page, text);
  else if ((await readFile(page, 'utf8').catch(() => '')) !== text) {
    throw new Failure(
      'docs/errors.md is not what `node scripts/messages/kinds.mjs --write` writes',
    );
  }
  console.log(`${kinds.length} kinds of errors, each in two languages`);
});
