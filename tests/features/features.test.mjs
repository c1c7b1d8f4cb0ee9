// The table of features, beside this file. Every claim about this package links to an existing test. Every claim
// about the other SDKs is backed by what was read in their sources (peers.json). The short tables of both READMEs
// have rows of it.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const root = new URL('../../', import.meta.url);
const read = (path) => readFileSync(new URL(path, root), 'utf8');

const { peers, rows } = JSON.parse(read('tests/features/peers.json'));
const [headings, , ...lines] = tableOf(read('tests/features/README.md'));

/** The cells of the lines of a table. */
function tableOf(text) {
  return text
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.slice(1, -1).split('|'))
    .map((cells) => cells.map((cell) => cell.trim()));
}

/** The titles of the tests in a file. `${…}` of a template stays as it is written. */
function testNames(source) {
  const call = /\b(?:test|describe)\(\s*(['"`])((?:\\.|(?!\1).)*)\1/g;
  return [...source.matchAll(call)].map(([, , name]) => name.replaceAll(/\\(['"`])/g, '$1'));
}

/**
 * What a link's title may quote: a test's title, or any text of a file that another file compiles
 * or runs.
 */
function namesIn(path) {
  const source = read(path);
  return path.endsWith('.test.mjs') ? testNames(source) : [source];
}

test('its columns are this package and the other SDKs, in the versions that were read', () => {
  const seen = peers.map(({ name, version }) => `${name} ${version}`);
  assert.deepEqual(headings, ['', 'wechatpay-wasm', ...seen]);
});

test('it has the rows of peers.json, each once', () => {
  const features = lines.map(([feature]) => feature);
  assert.deepEqual(
    features,
    rows.map(({ feature }) => feature),
  );
  assert.equal(new Set(features).size, features.length);
  assert.ok(features.length > 20);
});

for (const [feature, ours, ...theirs] of lines) {
  test(`${feature}: our claim links to a test`, () => {
    // A feature that we do not have has no link.
    if (/^(no|not yet)\b/.test(ours)) return assert.doesNotMatch(ours, /\]\(/);
    const links = [...ours.matchAll(/\[[^\]]+\]\((\S+) "([^"]+)"\)/g)];
    assert.ok(links.length > 0, 'no link to a test');
    assert.equal(ours.match(/\]\(/g).length, links.length, 'a link without the name of its test');
    for (const [, link, title] of links) {
      assert.match(link, /^\.\.\/[\w./-]+$/);
      const path = link.replace('..', 'tests');
      assert.ok(existsSync(new URL(path, root)), `${path} is not there`);
      assert.ok(
        namesIn(path).some((name) => name.includes(title)),
        `${path} has no test "${title}"`,
      );
    }
  });

  test(`${feature}: the claims about the others are those of peers.json`, () => {
    const { cells } = rows.find((row) => row.feature === feature);
    assert.deepEqual(
      theirs,
      peers.map(({ name }) => cells[name].says),
    );
    for (const { name } of peers) {
      const { says, seen } = cells[name];
      assert.ok(seen.length > 3, `${name}: where was it read?`);
      assert.equal(says === '?', seen.startsWith('not '), `${name}: a ? was not checked`);
    }
  });
}

// What stands in the Chinese table for each cell of the English one.
const chinese = {
  'Dependencies at run time': '运行时依赖',
  'Responses verified before they are read': '读取应答之前先验签',
  'Error responses, too': '错误应答也验签',
  'Every endpoint by a chain of names': '以链式名称调用所有接口',
  'Individual contracts as typed calls': '个人签约接口有专门的类型化方法',
  'Notifications verified and decrypted in one call': '一次调用完成通知的验签和解密',
  'APIv2 (XML)': 'APIv2（XML）',
  'all six': '全部六个',
  'by hand': '需自行编写',
  yes: '是',
  no: '否',
  none: '无',
};

/** The table of a README below the heading that names the other SDKs. */
const shortTable = (file, heading) =>
  tableOf(read(file).split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '');

test('the short table of README has rows of it', () => {
  const [names, , ...rows] = shortTable('README.md', 'Beside other SDKs');
  assert.ok(rows.length >= 7);
  for (const [i, name] of names.entries()) assert.equal(name, headings[i]);
  for (const [feature, ours, ...theirs] of rows) {
    const whole = lines.find(([other]) => other === feature);
    assert.ok(whole, feature);
    // Without its links, a claim begins as the one that is tested.
    const claim = whole[1].replaceAll(/\[([^\]]+)\]\([^)]*\)/g, '$1');
    assert.ok(claim.startsWith(ours), `${ours}: ${claim}`);
    assert.deepEqual(theirs, whole.slice(2, names.length));
  }
});

test('the short table of the Chinese README is the same', () => {
  const english = shortTable('README.md', 'Beside other SDKs');
  const translated = english.map((cells) => cells.map((cell) => chinese[cell] ?? cell));
  assert.deepEqual(shortTable('README.zh-CN.md', '与其他 SDK 的比较'), translated);
});
