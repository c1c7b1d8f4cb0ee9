// The built site in a browser: read by everybody, found without a network, the same in both languages.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { checkPairs } from '../../scripts/docs.mjs';
import { findings, loaded, openSite, searchFor } from './site-browser.mjs';

const WORDS = { en: 'refund', zh: '退款' };
const PAGES = {
  'the first page': '',
  'a guide': 'guide/zero-to-pre-sign-id.html',
  'a guide with pictures': 'guide/keys-and-certificates.html',
  'a page of a host': 'hosts/nestjs.html',
  'a page of endpoints': 'endpoints/v3-refund.html',
  'a page of an error': 'errors/ERR_CONFIG.html',
  'a page of the reference': 'api/index/classes/Wechatpay.html',
};
const LOOKS = [true, false].flatMap((dark) => [1280, 390].map((width) => ({ dark, width })));

describe('the site', () => {
  let opened;
  before(async () => {
    opened = await openSite();
  });
  after(() => opened.close());

  const check = async (page, look) => {
    assert.equal(await page.evaluate("document.querySelectorAll('h1').length"), 1);
    assert.deepEqual(await findings(page), [], JSON.stringify(look));
    const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
    assert.ok(overflow <= 0, `it is ${overflow} px too wide ${JSON.stringify(look)}`);
    const outside = (await loaded(page)).filter((address) => !address.startsWith(opened.url));
    assert.deepEqual(outside, []);
    assert.deepEqual(page.problems, []);
  };

  for (const language of ['en', 'zh']) {
    for (const [name, path] of Object.entries(PAGES)) {
      test(`no finding of axe, and no other host: ${name}, ${language}`, async () => {
        for (const look of LOOKS) {
          const page = await opened.open(`${language}/${path}`, look);
          await check(page, look);
          await page.close();
        }
      });
    }

    test(`the search, ${language}`, async () => {
      for (const look of LOOKS) {
        const page = await opened.open(`${language}/errors/index.html`, look);
        await searchFor(page, WORDS[language]);
        const results = await page.evaluate(
          "[...document.querySelectorAll('.VPLocalSearchBox .result')].map(({ innerText, pathname }) => ({ innerText, pathname }))",
        );
        assert.ok(results.length >= 10, `${results.length} results`);
        for (const { innerText, pathname } of results.slice(0, 3)) {
          assert.ok(innerText.toLowerCase().includes(WORDS[language]), innerText);
          assert.ok(pathname.includes(`/${language}/`), pathname);
        }
        await check(page, look);
        await page.close();
      }
    });
  }

  const FOUND = [
    ['zh', '商户证书', /证书/],
    ['zh', 'ERR_TIMESTAMP_SKEW', /ERR_TIMESTAMP_SKEW/],
    ['zh', '发起异常退款', /发起异常退款/],
    ['en', 'preEntrustSignApp', /preEntrustSignApp/],
    ['en', 'v3/refund/domestic/refunds', /\/v3\/refund/],
    ['en', 'is text in UTF-16', /messages|ERR_CONFIG/i],
  ];
  for (const [language, words, expected] of FOUND) {
    test(`the search finds ${words}, ${language}`, async () => {
      const page = await opened.open(`${language}/errors/index.html`);
      await searchFor(page, words);
      const texts = await page.evaluate(
        "[...document.querySelectorAll('.VPLocalSearchBox .result')].slice(0, 5).map(({ innerText }) => innerText)",
      );
      assert.match(texts.join('\n'), expected);
      await page.close();
    });
  }

  test('a page that is not there says so, in the language of its address', async () => {
    for (const [path, words] of [
      ['en/nowhere.html', /no such page/],
      ['zh/nowhere.html', /页面不存在/],
    ]) {
      const page = await opened.open(path);
      await page.until("document.querySelector('.NotFound h1') !== null");
      assert.match(await page.evaluate("document.querySelector('.NotFound').innerText"), words);
      assert.deepEqual(await findings(page), []);
      await page.close();
    }
  });

  test('the first page sends people to their language', async () => {
    for (const [language, path] of [
      ['zh-CN', 'zh/'],
      ['de-DE', 'en/'],
    ]) {
      // From another page: the driver looks at a page from its beginning, and this one is left at once.
      const page = await opened.openAny('icon.svg', { language });
      await page.send('Page.navigate', { url: opened.url });
      const arrived = `${opened.url}${path}`;
      for (let left = 200; left > 0; left -= 1) {
        const address = await page.evaluate('location.href').catch(() => undefined);
        if (address === arrived) break;
        await pause(50);
      }
      assert.equal(await page.evaluate('location.href'), arrived);
      await page.close();
    }
  });

  test('by keyboard: the search opens, a result is chosen, and the page is there', async () => {
    const page = await opened.open('en/errors/index.html');
    await page.evaluate("document.querySelector('#local-search button').focus()");
    await page.press('Enter');
    await page.until("document.activeElement?.id === 'localsearch-input'");
    await page.type('#localsearch-input', 'ERR_REDIRECT');
    await page.until("document.querySelector('.VPLocalSearchBox .result.selected') !== null");
    await page.press('Enter');
    await page.until("document.querySelector('h1')?.innerText.includes('ERR_REDIRECT')");
    await page.close();
  });
});

test('a page that exists in one language alone is refused', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'docs-pairs-'));
  try {
    await mkdir(join(folder, 'en/guide'), { recursive: true });
    await mkdir(join(folder, 'zh'));
    await writeFile(join(folder, 'en/guide/alone.md'), '# Alone');
    await assert.rejects(checkPairs(folder), /docs\/en\/guide\/alone\.md/);
  } finally {
    await rm(folder, { recursive: true });
  }
});
