// Every link of the built site leads somewhere: to a page and an element that are there, or to an address of
// a known form. So do the links of both READMEs.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { site } from '../../scripts/repository.mjs';
import { root } from '../../scripts/run.mjs';
import { problemOf } from './external-links.mjs';

const built = join(root, 'docs/.vitepress/dist');
const { origin, pathname: base } = new URL(site);

const entities = { amp: '&', quot: '"', lt: '<', gt: '>', '#39': "'" };
const decoded = (text) => text.replace(/&(amp|quot|lt|gt|#39);/g, (_, name) => entities[name]);

describe('links', () => {
  /** By the path of a page below the base: its ids, and its links. */
  const pages = new Map();
  before(async () => {
    const names = (await readdir(built, { recursive: true }))
      .map((name) => name.replaceAll('\\', '/'))
      .filter((name) => name.endsWith('.html'));
    for (const name of names) {
      const text = await readFile(join(built, name), 'utf8');
      // Code shows what is no element.
      const html = text.replaceAll(/<script\b[\s\S]*?<\/script>/g, '');
      const values = (attribute) =>
        [...html.matchAll(new RegExp(`\\s${attribute}="([^"]*)"`, 'g'))].map(([, value]) =>
          decoded(value),
        );
      pages.set(name, {
        ids: new Set(values('id')),
        links: [...new Set([...values('href'), ...values('src')])],
      });
    }
  });

  test('there are pages in both languages', () => {
    assert.ok(pages.has('index.html') && pages.has('en/index.html') && pages.has('zh/index.html'));
    assert.ok(pages.size > 600, `only ${pages.size}`);
  });

  test('every link within the site leads to a page, and to an element of it', () => {
    const dead = [];
    for (const [name, { links }] of pages) {
      for (const link of links) {
        const url = new URL(link, `${origin}${base}${name}`);
        if (url.origin !== origin) continue;
        const problem = problemWithin(url);
        if (problem !== undefined) dead.push(`${name}: ${link} ${problem}`);
      }
    }
    assert.deepEqual(dead, []);
  });

  function problemWithin({ pathname, hash }) {
    if (!pathname.startsWith(base)) return `is not below ${base}`;
    const path = decodeURIComponent(pathname.slice(base.length));
    const file = path === '' || path.endsWith('/') ? `${path}index.html` : path;
    const page = pages.get(file);
    if (page === undefined) return existsSync(join(built, file)) ? undefined : 'leads nowhere';
    if (hash === '' || page.ids.has(decodeURIComponent(hash.slice(1)))) return undefined;
    return 'leads to no element';
  }

  test('every link to another host has a known form', async () => {
    const wrong = [];
    const found = new Map();
    for (const [name, { links }] of pages) {
      for (const link of links.filter((each) => /^[a-z+]+:|^\/\//i.test(each)))
        found.set(link, name);
    }
    for (const [link, name] of found) {
      const problem = await problemOf(new URL(link, 'https://a.example').href);
      if (problem !== undefined) wrong.push(`${name}: ${link} ${problem}`);
    }
    assert.deepEqual(wrong, []);
  });

  for (const file of ['README.md', 'README.zh-CN.md'].filter((name) =>
    existsSync(join(root, name)),
  )) {
    test(`every link of ${file}`, async () => {
      const text = (await readFile(join(root, file), 'utf8')).replaceAll(/^```[\s\S]*?^```/gm, '');
      const links = [...text.matchAll(/\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)/g)].map(
        ([, link]) => link,
      );
      const wrong = [];
      for (const link of links) {
        const problem = await problemInReadme(link, text);
        if (problem !== undefined) wrong.push(`${link} ${problem}`);
      }
      assert.ok(links.length > 0);
      assert.deepEqual(wrong, []);
    });
  }

  async function problemInReadme(link, text) {
    if (link.startsWith(site)) return problemWithin(new URL(link));
    if (/^[a-z]+:/.test(link)) return problemOf(link);
    const [path, hash] = link.split('#');
    if (path !== '')
      return existsSync(join(root, decodeURIComponent(path))) ? undefined : 'leads nowhere';
    const slugs = [...text.matchAll(/^#+ (.+)$/gm)].map(([, title]) =>
      title
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
        .trim()
        .replaceAll(/\s/g, '-'),
    );
    return slugs.includes(decodeURIComponent(hash)) ? undefined : 'leads to no heading';
  }
});
