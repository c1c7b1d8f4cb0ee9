// npm run docs: makes the site, docs/.vitepress/dist/. Any warning and any dead link is a failure.
//
// npm run docs -- --serve            makes it and shows it, on loopback; --port chooses the port
// npm run docs -- --serve --built    shows what was made before

import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { serve } from './docs/serve.mjs';
import { site } from './repository.mjs';
import { Failure, listen, main, root, seconds } from './run.mjs';
import { docs, packages } from './setup.mjs';

const folder = join(root, 'docs');
export const built = join(folder, '.vitepress/dist');

/** Makes the site. */
export async function buildSite() {
  await packages();
  await docs();
  // Not at the top: what they import may not be installed yet.
  const { generate } = await import('./docs/generate.mjs');
  let started = Date.now();
  await generate();
  console.log(`pages of the catalogue, the messages and the types: took ${seconds(started)}`);
  await checkPairs();
  started = Date.now();
  const { code, output } = await listen(
    process.execPath,
    // It makes much that soon is rubbish.
    ['--max-semi-space-size=64', 'node_modules/vitepress/bin/vitepress.js', 'build'],
    { cwd: folder, env: { NO_COLOR: '1', CI: '1' } },
  );
  const warned = output.split('\n').filter((line) => /warn|deprecat|\(!\)|dead link/i.test(line));
  if (code !== 0 || warned.length > 0) {
    throw new Failure(`${output}\nVitePress ended with ${code}, and warned: ${warned.join('\n')}`);
  }
  console.log(`both languages: took ${seconds(started)}`);
}

/** A page that exists in one language alone fails. */
export async function checkPairs(docsFolder = folder) {
  const [english, chinese] = await Promise.all(
    ['en', 'zh'].map(async (language) => {
      const names = await readdir(join(docsFolder, language), { recursive: true });
      return names.filter((name) => name.endsWith('.md')).map((name) => name.replaceAll('\\', '/'));
    }),
  );
  const alone = [
    ...english.filter((name) => !chinese.includes(name)).map((name) => `docs/en/${name}`),
    ...chinese.filter((name) => !english.includes(name)).map((name) => `docs/zh/${name}`),
  ];
  if (alone.length > 0) {
    throw new Failure(`These pages exist in one language alone:\n${alone.join('\n')}`);
  }
}

function options() {
  try {
    return parseArgs({
      options: {
        serve: { type: 'boolean' },
        built: { type: 'boolean' },
        port: { type: 'string', default: '0' },
      },
    }).values;
  } catch ({ message }) {
    throw new Failure(message);
  }
}

await main(import.meta.url, async () => {
  const { serve: shows, built: isBuilt, port } = options();
  if (!/^\d{1,5}$/.test(port)) throw new Failure('--port takes a number.');
  if (!isBuilt || !existsSync(built)) await buildSite();
  if (!shows) return console.log(`The site is in ${built}`);
  const { pathname: base } = new URL(site);
  const { url } = await serve({ folder: built, base, port: Number(port) });
  console.log(`The site is at ${url} until Ctrl+C.`);
});
