// `npm test` installs what is missing. So nothing that it loads at its start may need an installed package.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

const STATIC = /^(?:import|export)\b[^;'"]*?\bfrom '([^']+)';|^import '([^']+)';/gm;

async function loaded(url, all = new Map()) {
  if (all.has(url.href)) return all;
  const found = [...(await readFile(url, 'utf8')).matchAll(STATIC)].map(([, a, b]) => a ?? b);
  all.set(url.href, found);
  for (const specifier of found.filter((each) => each.startsWith('.'))) {
    await loaded(new URL(specifier, url), all);
  }
  return all;
}

for (const script of [
  'test.mjs',
  'build.mjs',
  'setup.mjs',
  'demo.mjs',
  'example.mjs',
  'matrix.mjs',
]) {
  test(`scripts/${script} begins without any package`, async () => {
    const all = await loaded(new URL(`../../scripts/${script}`, import.meta.url));
    assert.ok(all.size > 1);
    const packages = [...all].flatMap(([file, specifiers]) =>
      specifiers
        .filter((each) => !each.startsWith('.') && !each.startsWith('node:'))
        .map((each) => `${file.split('/').slice(-2).join('/')} imports ${each}`),
    );
    assert.deepEqual(packages, []);
  });
}
