// bench/README.md shows exactly the results that the benchmark wrote, and both READMEs no other figure.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const root = new URL('../../', import.meta.url);
const read = (path) => readFileSync(new URL(path, root), 'utf8');
const section = (path, heading) =>
  read(path).split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';

const own = section('bench/README.md', 'Results');
const results = read('bench/RESULTS.md');
const readmes = {
  'README.md': section('README.md', 'Beside other SDKs'),
  'README.zh-CN.md': section('README.zh-CN.md', '与其他 SDK 的比较'),
};

test('bench/README.md shows the table of targets as it was measured, and the plot', () => {
  const targets = results.split('\n## Targets\n')[1].split('\n## ')[0].trim();
  assert.ok(targets.split('\n').length > 8, targets);
  assert.ok(own.includes(`\n${targets}\n`), 'the table is not that of bench/RESULTS.md');
  assert.match(own, /!\[[^\]]+\]\(results\.svg\)/);
  assert.match(read('bench/results.svg'), /^<svg /);
});

test('every figure that it mentions is in the results', () => {
  checkFigures(own, 3);
});

for (const [name, text] of Object.entries(readmes)) {
  test(`${name} shows the plot, and figures of the results alone`, () => {
    assert.match(text, /!\[[^\]]+\]\(https:\/\/\S+\/bench\/results\.svg\)/);
    checkFigures(text, 2);
  });
}

test('both READMEs name the same figures', () => {
  const [english, chinese] = Object.values(readmes).map(figuresIn);
  assert.deepEqual(chinese, english);
});

function checkFigures(text, least) {
  const figures = figuresIn(text);
  assert.ok(figures.length > least, 'no figure is named');
  for (const figure of figures) {
    assert.ok(
      new RegExp(`\\b${figure.replace('.', '\\.')}\\b`).test(results),
      `${figure} was not measured`,
    );
  }
}

function figuresIn(text) {
  const prose = text.split('\n').filter((line) => !line.startsWith('|') && !line.startsWith('!'));
  return prose.join('\n').match(/\d+\.\d+(?!\.)(?=\s(?:times|ms|%|倍))/g) ?? [];
}
