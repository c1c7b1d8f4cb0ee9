// What the published package says of its addresses. npm follows no link into the repository, so each link of its
// pages is absolute, and leads to what is there. One file has the addresses (scripts/repository.mjs).
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { addresses, files } from '../../scripts/links.mjs';
import { repository, site } from '../../scripts/repository.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const require = createRequire(import.meta.url);
const packed = dirname(require.resolve('wechatpay-wasm/package.json'));
const pages = ['README.md', 'README.zh-CN.md', 'CHANGELOG.md', 'SECURITY.md'];

const read = (path) => readFileSync(path, 'utf8');
const linksIn = (text) => [...text.matchAll(/\]\(([^)\s]+)[^)]*\)/g)].map(([, link]) => link);

test('the manifest has the addresses of scripts/repository.mjs', () => {
  const manifest = require('wechatpay-wasm/package.json');
  const { homepage, repository: own, bugs, author } = manifest;
  assert.deepEqual({ homepage, repository: own, bugs }, addresses);
  assert.ok(author);
});

test('no file has another address of the repository or the site', () => {
  const [{ host }, { host: siteHost }] = [repository, site].map((address) => new URL(address));
  for (const file of files) {
    const found = read(join(root, file)).match(/https:\/\/[^\s)"'>]+/g) ?? [];
    for (const address of found.filter((each) => [host, siteHost].includes(new URL(each).host))) {
      assert.ok(address.startsWith(repository) || address.startsWith(site), `${file}: ${address}`);
    }
  }
});

for (const name of pages) {
  test(`${name}: each link is absolute, and leads to what is there`, () => {
    const text = read(join(packed, name));
    assert.equal(text, read(join(root, name)), 'the tarball has another text');
    const links = linksIn(text);
    if (name.startsWith('README')) assert.ok(links.length > 15);
    for (const link of links) {
      const problem = link.startsWith('#') ? anchorProblem(text, link) : linkProblem(link);
      assert.equal(problem, undefined, link);
    }
  });
}

for (const name of pages.filter((each) => each.startsWith('README'))) {
  test(`${name} has at most 200 lines, and names exactly the examples of the package`, () => {
    const text = read(join(packed, name));
    assert.ok(text.trimEnd().split('\n').length <= 200);
    // From the folder's name to the link that follows.
    const named = text.split('`examples/`')[1].split('\n[')[0];
    const examples = named.match(/[\w-]+\.mjs/g);
    assert.deepEqual(examples.sort(), readdirSync(join(packed, 'examples')).sort());
  });
}

function anchorProblem(text, link) {
  const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => slug(heading));
  return headings.includes(decodeURIComponent(link.slice(1))) ? undefined : 'no such heading';
}

const slug = (heading) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');

function linkProblem(link) {
  for (const start of [`${repository}/blob/main/`, `${repository}/raw/main/`]) {
    if (!link.startsWith(start)) continue;
    return existsSync(join(root, link.slice(start.length))) ? undefined : 'no such file';
  }
  if (link.startsWith(site)) return pageProblem(link.slice(site.length));
  return link.startsWith('https://pay.weixin.qq.com/') ? undefined : 'not absolute, or elsewhere';
}

// `endpoints/`, `errors/` and `api/` are made by `npm run docs`, which follows all links of the site.
function pageProblem(path) {
  const [, language, page] = /^(en|zh)\/(.*)$/.exec(path) ?? [];
  if (language === undefined) return 'no page of a language';
  if (/^((endpoints|errors|api)\/)?$/.test(page)) return undefined;
  const source = join(root, 'docs', language, page.replace(/\.html$/, '.md'));
  // A clone may lack a whole part of the site.
  if (!existsSync(dirname(source))) return undefined;
  return existsSync(source) ? undefined : 'no such page';
}
