// The addresses of the repository and of the site, where they are written out: a page on npm, a manifest and
// an issue cannot import scripts/repository.mjs. Who changes that file runs `node scripts/links.mjs --write`.

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { repository, site } from './repository.mjs';
import { Failure, main, root } from './run.mjs';

const manifest = 'pkg-template/package.json';

/** The files that have them. The manifest is the last, since it says what stands in the others. */
export const files = [
  'README.md',
  'README.zh-CN.md',
  '.github/ISSUE_TEMPLATE/config.yml',
  manifest,
];

/** What the manifest says of the repository and the site. */
export const addresses = {
  homepage: site,
  repository: { type: 'git', url: `git+${repository}.git` },
  bugs: { url: `${repository}/issues` },
};

await main(import.meta.url, async () => {
  const { values } = parseArgs({ options: { write: { type: 'boolean' } } });
  const written = JSON.parse(await readFile(join(root, manifest), 'utf8'));
  const before = {
    site: written.homepage,
    repository: written.repository.url.replace(/^git\+/, '').replace(/\.git$/, ''),
  };
  for (const file of files) {
    const text = await readFile(join(root, file), 'utf8');
    const now = text.replaceAll(before.site, site).replaceAll(before.repository, repository);
    if (now === text) continue;
    if (!values.write) throw new Failure(`${file} has other addresses: run it with --write`);
    await writeFile(join(root, file), now);
    console.log(`${file}: written`);
  }
});
