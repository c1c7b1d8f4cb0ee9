// What the runner of code blocks refuses, each with its file and line.
import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { root } from '../../scripts/run.mjs';
import { checkPages } from './check-blocks.mjs';
import { blocksIn } from './code-blocks.mjs';
import { unitsOf } from './run-blocks.mjs';
import { differences } from './same-blocks.mjs';

const page = 'target/wrong-blocks.md';
const block = (info, code) => `\`\`\`${info}\n${code}\n\`\`\`\n`;

/** What is wrong, and what has to be said of it, with the line of the block's own code. */
const WRONG = [
  ['js run', 'const x = 1;\nnull.member;', 2, /Cannot read properties of null/],
  ['js run new', "import { createServer } from 'node:http';\nthrow new Error('late');", 2, /late/],
  ['js', 'await wxpay.preEntrustSignApp({ appid: 1 });', 1, /error TS/],
  ['ts', "import { Wechatpoy } from 'wechatpay-wasm';", 1, /Did you mean 'Wechatpay'/],
  ['js', "import 'no-such-package';", 1, /no-such-package/],
  ['sh run', 'wechatpay-wasm-is-not-there', 0, /ended with 127/],
  ['sh', 'if true', 2, /syntax error/],
  ['sh', 'ls\nnpx wechatpay-wasm serail x', 2, /no command serail/],
  ['sh', 'npx wechatpay-wasm sandbox --prot 1 node --prot', 1, /no option --prot/],
  ['json', '{ "a": 1, }', 1, /JSON/],
  ['jsonc', '{ // a\n  "a" 1 }', 1, /expected/],
  ['yaml', 'a: b: c', 1, /mappings/],
  ['toml', 'a =', 1, /TOML/],
  ['dockerfile', 'FORM node', 1, /FORM/],
  ['php', '$a = ;', 1, /unexpected/],
  ['ini', 'A=1\nno value', 2, /name=value/],
  ['nginx', 'location / {\n  proxy_pass x\n}', 2, /has no ;/],
  ['', 'text', 0, /without a language/],
  ['python', 'x = 1', 0, /python is none of/],
  ['json run', '{}', 0, /can be run/],
];

const RIGHT = [
  [
    'js',
    "import express from 'express';\nawait wxpay.v3.pay.transactions.native.post({ json: order });",
  ],
  ['sh', 'npm install wechatpay-wasm # wechatpay-wasm nothing'],
  [
    'sh',
    'npx wechatpay-wasm sandbox --port 8080 -- node --test\ncurl -s x | wechatpay-wasm post v3/x --json @-',
  ],
  ['php', "use WeChatPay\\Builder;\n$x = Builder::factory(['mchid' => '1']);"],
  ['jsonc', '{ // a\n  "a": 1 }'],
  ['ini', '# a\n[b]\nexport C="1"'],
  ['txt', 'whatever'],
];

describe('the runner of code blocks', () => {
  let results;
  const lines = [];
  before(async () => {
    let text = '# Wrong\n';
    for (const [info, code] of [...WRONG, ...RIGHT]) {
      text += '\n';
      lines.push(text.split('\n').length);
      text += block(info, code);
    }
    await mkdir(join(root, 'target'), { recursive: true });
    await writeFile(join(root, page), text);
    results = await checkPages([page]);
  });
  after(() => rm(join(root, page)));

  for (const [i, [info, code, line, expected]] of WRONG.entries()) {
    test(`refuses ${info || 'no language'}: ${code.split('\n').at(-1)}`, () => {
      const problems = results.map(({ problem }) => problem).filter(Boolean);
      const found = problems.find((problem) =>
        `${problem}\n`.match(`${page}:${lines[i] + line}\\D`),
      );
      assert.ok(found, `nothing says ${page}:${lines[i] + line}:\n${problems.join('\n')}`);
      assert.match(found, expected);
    });
  }

  test('accepts what is right', () => {
    const first = lines[WRONG.length];
    const wrong = results.filter(
      ({ label, problem }) => problem && Number(/:(\d+)/.exec(label)[1]) >= first,
    );
    assert.deepEqual(wrong, []);
  });
});

describe('the blocks of a page', () => {
  const text = (string, comment) =>
    ['# A', '', '1. x', '', '   ```js run', `   const a = '${string}'; // ${comment}`, '   ```', '']
      .concat(['```js run', 'a;', '```', '', '```js run new {1}', 'b;', '```', ''])
      .join('\n');

  test('lose the indent of their list, and are joined until one is new', () => {
    const blocks = blocksIn('a.md', text('x', 'y'));
    assert.deepEqual(
      blocks.map(({ line, code }) => [line, code]),
      [
        [5, "const a = 'x'; // y"],
        [9, 'a;'],
        [13, 'b;'],
      ],
    );
    assert.deepEqual(
      unitsOf(blocks).map((unit) => unit.blocks.length),
      [2, 1],
    );
  });

  test('may differ in comments and texts between languages, and in nothing else', () => {
    const english = blocksIn('en.md', text('Tea', 'an order'));
    assert.deepEqual(differences(english, blocksIn('zh.md', text('茶', '订单'))), []);
    const other = blocksIn('zh.md', text('茶', '订单').replace('b;', 'c;'));
    assert.match(differences(english, other).join(), /zh\.md:13: differs from en\.md:13/);
    assert.match(differences(english, english.slice(1)).join(), /en\.md:13: is js run new/);
  });

  test('that do not end are refused', () => {
    assert.throws(() => blocksIn('a.md', '```js\nx'), /a\.md:1: this block does not end/);
  });
});
