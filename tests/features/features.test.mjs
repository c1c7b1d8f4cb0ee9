// README's table of features. Every claim about this package links to an existing test. Every claim
// about the other SDKs is backed by what was read in their sources (peers.json).
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const root = new URL('../../', import.meta.url);
const read = (path) => readFileSync(new URL(path, root), 'utf8');

const { peers, rows } = JSON.parse(read('tests/features/peers.json'));
const section = read('README.md').split('\n## Beside the other SDKs\n')[1]?.split('\n## ')[0];
const [headings, , ...lines] = (section?.split('\n') ?? [])
  .filter((line) => line.startsWith('|'))
  .map((line) => line.slice(1, -1).split('|'))
  .map((cells) => cells.map((cell) => cell.trim()));

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
    for (const [, path, title] of links) {
      assert.match(path, /^tests\/[\w./-]+$/);
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
