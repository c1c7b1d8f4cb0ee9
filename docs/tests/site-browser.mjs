// The built site in headless Chromium, which finds no host but this one.

import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { serve } from '../../scripts/docs/serve.mjs';
import { site } from '../../scripts/repository.mjs';
import { root } from '../../scripts/run.mjs';
import { launch } from '../../tests/page/chromium.mjs';

export const built = join(root, 'docs/.vitepress/dist');
const { pathname: base } = new URL(site);
const { source: axe } = createRequire(join(root, 'tests/page/package.json'))('axe-core');

/** What axe checks: WCAG 2.2 AA, and what it recommends. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Serves the site and starts Chromium. `open` gives a page that has loaded; `close` ends both. */
export async function openSite() {
  if (!existsSync(join(built, '404.html'))) throw new Error('There is no site: npm run docs');
  const server = await serve({ folder: built, base });
  const browser = await launch({ hosts: { '*': '~NOTFOUND,EXCLUDE 127.0.0.1' } });
  return {
    url: server.url,
    /** A page that may lead to another one. */
    openAny: (path, look) => browser.open(`${server.url}${path}`, look),
    async open(path, look) {
      const page = await browser.open(`${server.url}${path}`, look);
      await page.until("document.querySelector('#app')?.__vue_app__ !== undefined");
      return page;
    },
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

/** Opens the search and types into it; waits until something is found. */
export async function searchFor(page, text) {
  await page.click('#local-search button');
  await page.until("document.querySelector('#localsearch-input') !== null");
  await page.type('#localsearch-input', text);
  await page.until("document.querySelectorAll('.VPLocalSearchBox .result').length > 0");
  // What it found before the last letter.
  await page.until(
    "new Promise((resolve) => { const now = document.querySelector('.VPLocalSearchBox .results').innerText; setTimeout(() => resolve(now === document.querySelector('.VPLocalSearchBox .results').innerText), 400); })",
  );
}

/** What axe finds: `rule: element`. */
export async function findings(page) {
  await page.evaluate(`${axe}; undefined`);
  return page.evaluate(`axe.run({
    runOnly: { type: 'tag', values: ${JSON.stringify(RULES)} },
  }).then(({ violations }) => violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => id + ': ' + html.slice(0, 300) + ' ' + failureSummary)))`);
}

/** The addresses that the page has loaded anything from. */
export const loaded = (page) =>
  page.evaluate("performance.getEntriesByType('resource').map(({ name }) => name)");
