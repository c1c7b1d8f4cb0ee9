// The navigation: pages in the order in which people need them, each by its own title. A page that stands
// nowhere here fails the build, so that none is lost.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const docs = fileURLToPath(new URL('..', import.meta.url));

const ORDER = {
  guide: [
    ...['zero-to-pre-sign-id', 'keys-and-certificates', 'payments', 'refunds', 'transfers'],
    ...['profit-sharing', 'individual-contracts', 'notifications', 'files-and-bills', 'retries'],
    ...['several-merchants', 'testing-your-app', 'going-live', 'security', 'glossary'],
  ],
  hosts: [
    ...['express', 'fastify', 'koa', 'egg', 'hono', 'nestjs', 'nextjs', 'nuxt'],
    ...['cloudflare-workers', 'vercel', 'aws-lambda', 'tencent-scf', 'alibaba-fc'],
    ...['bun', 'deno', 'proxy', 'container'],
  ],
  from: ['wechatpay-axios-plugin', 'wechatpay-node-v3', 'wechatpay-php'],
};

/** `{ text, link }` of each page of a folder that is written by hand. */
export function writtenPages(language, folder) {
  const there = pagesIn(join(docs, language, folder));
  const lost = there.find((name) => !ORDER[folder].includes(name));
  if (lost !== undefined) {
    throw new Error(
      `docs/${language}/${folder}/${lost}.md: name it in docs/.vitepress/navigation.mjs`,
    );
  }
  return ORDER[folder]
    .filter((name) => there.includes(name))
    .map((name) => item(language, folder, name));
}

/** The same of a folder that a generator has filled, which says its order itself. */
export function generatedPages(language, folder) {
  const list = join(docs, language, folder, 'navigation.json');
  if (!existsSync(list)) return [];
  const withAddress = ({ link, items, ...more }) => ({
    ...more,
    ...(link && { link: `/${language}/${folder}/${link}` }),
    ...(items && { items: items.map(withAddress) }),
  });
  return JSON.parse(readFileSync(list, 'utf8')).map(withAddress);
}

function item(language, folder, name) {
  const text = readFileSync(join(docs, language, folder, `${name}.md`), 'utf8');
  const title = /^# (.+)$/m.exec(text)?.[1];
  if (title === undefined) throw new Error(`docs/${language}/${folder}/${name}.md has no title`);
  return { text: title.replaceAll('`', ''), link: `/${language}/${folder}/${name}` };
}

function pagesIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .map((name) => basename(name, '.md'));
}
