// Writes the pages that are made of the catalogue, the messages and the types, in both languages.

import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { main, root } from '../run.mjs';
import { apiPages } from './api/index.mjs';
import { endpointPages } from './endpoints/index.mjs';
import { errorPages } from './errors/index.mjs';

const FOLDERS = { endpoints: endpointPages, errors: errorPages, api: apiPages };
export const LANGUAGES = ['en', 'zh'];

export async function generate() {
  for (const language of LANGUAGES) {
    for (const [name, pagesIn] of Object.entries(FOLDERS)) {
      const folder = join(root, 'docs', language, name);
      await rm(folder, { recursive: true, force: true });
      const { pages, navigation } = await pagesIn(language);
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, 'navigation.json'), JSON.stringify(navigation));
      for (const [page, text] of pages) {
        const file = join(folder, `${page}.md`);
        await mkdir(dirname(file), { recursive: true });
        // Nobody edits them, and no page of the site has them as its source.
        await writeFile(file, `---\neditLink: false\n---\n\n${text}`);
      }
    }
  }
}

await main(import.meta.url, generate);
