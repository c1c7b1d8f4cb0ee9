// The pages of hosts show files that tests run, the same in both languages.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { examples } from '../../scripts/examples.mjs';
import { root } from '../../scripts/run.mjs';

const pagesIn = (language) => readdirSync(join(root, `docs/${language}/hosts`)).sort();

/** The files that a page shows, by their paths from the top. */
function shownBy(language, page) {
  const text = readFileSync(join(root, `docs/${language}/hosts/${page}`), 'utf8');
  return [...text.matchAll(/^<<< @\/\.\.\/([^\s{]+)/gm)].map(([, path]) => path);
}

// tests/examples/proxy.test.mjs runs it without the table.
const tested = ['examples-node/hosts/proxy.mjs', ...examples.map(({ file }) => file)];
// A folder with more than one example is nobody's project.
const projects = examples
  .map(({ folder }) => folder)
  .filter((folder) => !['examples-node', 'examples-node/hosts', 'examples-edge'].includes(folder));
const isRun = (path) =>
  tested.includes(path) || projects.some((folder) => path.startsWith(`${folder}/`));

test('there is a page of each host in both languages', () => {
  assert.deepEqual(pagesIn('en'), pagesIn('zh'));
  assert.equal(pagesIn('en').length, 17);
});

for (const page of pagesIn('en')) {
  test(`${page} shows files that tests run, the same in both languages`, () => {
    const shown = shownBy('en', page);
    assert.notEqual(shown.length, 0);
    assert.deepEqual(shownBy('zh', page), shown);
    for (const path of shown) {
      assert.ok(existsSync(join(root, path)), path);
      assert.ok(isRun(path), path);
    }
  });
}

test('each example is on a page', () => {
  const shown = pagesIn('en').flatMap((page) => shownBy('en', page));
  // The one that has its page, in another runtime.
  const others = ['examples-edge/next/app/contracts/route.js'];
  const files = new Set(examples.map(({ file }) => file));
  const lost = [...files].filter((file) => ![...shown, ...others].includes(file));
  assert.deepEqual(lost, []);
});
