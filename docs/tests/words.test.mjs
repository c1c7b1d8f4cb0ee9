// The words of the glossary are used alike on all pages, and Chinese text is set as Chinese is.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { root } from '../../scripts/run.mjs';
import { allPages } from './code-blocks.mjs';

// Spellings that are not the glossary's, and what it has in their place.
const CHINESE = [
  [/API ?v3 密钥|API ?V3|API v3|(?<!\| )APIv3 key/, 'APIv3密钥'],
  [/商户 API 证书|商户 ?API ?私钥证书|商户私钥证书|商户证书/, '商户API证书'],
  [/商户 API 私钥|商户API私钥/, '商户私钥'],
  [/(?<!微信)支付公钥|微信公钥|平台公钥|微信支付公钥证书/, '微信支付公钥'],
  [/微信支付公钥 ID|公钥编号/, '微信支付公钥ID'],
  [/微信支付平台证书|支付平台证书|平台公钥证书/, '平台证书'],
  [/证书编号|证书序号|序列号证书/, '证书序列号'],
  [/商户编号|商家号|商户 ID/, '商户号'],
  [/预签名|预先签约|预签订/, '预签约'],
  [/异步通知|回调消息|支付通知/, '回调通知'],
  [/响应(?:体|头|签名|码)|返回包/, '应答'],
  [/验证签名|签名验证|校验签名|签名校验/, '验签'],
  [/待签名字符串|签名字符串|签名原文/, '签名串'],
  [/分帐|帐单|帐户|登陆/, '分账、账单、账户、登录'],
  [/子商户/, '特约商户 or 二级商户'],
  [/JSAPI 支付|H5 支付|Native 支付|APP 支付/, 'JSAPI支付, H5支付, Native支付, APP支付'],
];
const ENGLISH = [
  [/API v3\b|APIV3|APIv3 secret/, 'APIv3 key'],
  [/\bmerchant certificate\b/i, 'merchant API certificate'],
  [/\bwechat pay\b|Wechat Pay|WechatPay platform certificate/, 'WeChat Pay; platform certificate'],
  [/\bprofit-sharing\b(?! (?:receiver|order))/, 'profit sharing'],
];

const pages = await allPages();
const chinese = pages.filter((page) => /^docs\/zh\/|\.zh-CN\.md$/.test(page));
const english = pages.filter((page) => page.startsWith('docs/en/'));

describe('the words', () => {
  for (const [name, list, words] of [
    ['Chinese', chinese, CHINESE],
    ['English', english, ENGLISH],
  ]) {
    for (const page of list) {
      test(`${name}: ${page}`, async () => {
        const found = await linesOf(page, prose, (line) =>
          words.filter(([wrong]) => wrong.test(line)).map(([, right]) => right),
        );
        assert.deepEqual(found, []);
      });
    }
  }
});

describe('the typography of Chinese', () => {
  const HAN = '[\\u4e00-\\u9fff]';
  const rules = [
    [new RegExp(`${HAN} ?[,;!?](?=\\s|$|${HAN})`), 'full-width punctuation'],
    [new RegExp(`${HAN}\\. ?(?=$|${HAN})`), '。'],
    [new RegExp(`${HAN}[(]|[)]${HAN}`), '（）'],
    [new RegExp(`${HAN}\`|\`${HAN}`), 'a space beside code'],
    [/[，。；：、（）] (?!\|)|[^ |\-*] [，。；：、）]/, 'no space beside full-width punctuation'],
    [new RegExp(`${HAN}[A-Za-z]|[A-Za-z]${HAN}`), 'a space between Chinese and Latin words'],
  ];
  for (const page of chinese) {
    test(page, async () => {
      const found = await linesOf(page, withoutTerms, (line) =>
        rules.filter(([wrong]) => wrong.test(line)).map(([, right]) => right),
      );
      assert.deepEqual(found, []);
    });
  }
});

test('both glossaries have the same 40 words or more', async () => {
  const [en, zh] = await Promise.all(
    ['en', 'zh'].map(async (language) => {
      const text = await readFile(join(root, `docs/${language}/guide/glossary.md`), 'utf8');
      const rows = text.split('\n').filter((line) => line.startsWith('| '));
      return rows.slice(2).map((row) => row.split(' | ').map((cell) => cell.replace(/^\| /, '')));
    }),
  );
  assert.ok(en.length >= 40, `${en.length}`);
  assert.deepEqual(
    zh.map(([chineseWord, englishWord, code]) => [englishWord, chineseWord, code]),
    en.map(([englishWord, chineseWord, code]) => [englishWord, chineseWord, code]),
  );
});

/** `line: what stands there; what should` for each line that is wrong. */
async function linesOf(page, prepare, problems) {
  const text = await readFile(join(root, page), 'utf8');
  return prepare(text)
    .split('\n')
    .flatMap((line, i) =>
      problems(line).map((right) => `${page}:${i + 1}: ${line.trim()} → ${right}`),
    );
}

/** Without links' addresses; code may have its own words. */
function prose(text) {
  return withoutFences(text)
    .replaceAll(/\]\([^)\n]*\)/g, ']')
    .replaceAll(/`[^`\n]*`/g, '``');
}

/** Prose whose terms that have no space are a Chinese word. */
function withoutTerms(text) {
  const TERMS =
    /商户API证书|APIv3密钥|(?:微信支付)?公钥ID|(?:JSAPI|APP|H5|Native)支付|API安全|AppID账号管理/g;
  return withoutFences(text)
    .replaceAll(/\]\([^)\n]*\)/g, ']')
    .replaceAll(/\{#[\w-]+\}/g, '')
    .replaceAll(TERMS, '词');
}

function withoutFences(text) {
  let isCode = false;
  return text
    .split('\n')
    .map((line) => {
      const isFence = /^\s*(```|~~~)/.test(line);
      if (isFence) isCode = !isCode;
      return isCode || isFence ? '' : line;
    })
    .join('\n');
}
