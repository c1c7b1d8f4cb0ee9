// README shows exactly the results that the benchmark wrote.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const root = new URL('../../', import.meta.url);
const read = (path) => readFileSync(new URL(path, root), 'utf8');

const readme = read('README.md').split('\n## Benchmarks\n')[1]?.split('\n## ')[0] ?? '';
const results = read('bench/RESULTS.md');

test('README shows the table of targets as it was measured, and the plot', () => {
  const targets = results.split('\n## Targets\n')[1].split('\n## ')[0].trim();
  assert.ok(targets.split('\n').length > 8, targets);
  assert.ok(readme.includes(`\n${targets}\n`), 'the table is not that of bench/RESULTS.md');
  assert.match(readme, /!\[[^\]]+\]\(bench\/results\.svg\)/);
  assert.match(read('bench/results.svg'), /^<svg /);
});

test('every figure that README mentions is in the results', () => {
  const prose = readme.split('\n').filter((line) => !line.startsWith('|') && !line.startsWith('!'));
  const figures = prose.join('\n').match(/\d+\.\d+(?!\.)(?= (?:times|ms|%))/g) ?? [];
  assert.ok(figures.length > 3, 'no figure is named');
  for (const figure of figures) {
    assert.ok(
      new RegExp(`\\b${figure.replace('.', '\\.')}\\b`).test(results),
      `${figure} was not measured`,
    );
  }
});
