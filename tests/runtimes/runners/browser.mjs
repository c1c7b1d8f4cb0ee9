// A page in headless Chromium, bundled by esbuild and by Vite. WeChat Pay sends no CORS headers, so
// Chromium must not ask for them (`--disable-web-security`).

import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { onLoopback } from '../../loopback.mjs';
import { whileRunning } from '../child.mjs';
import { bundleFor } from '../esbuild.mjs';
import { chromium, here, version, versionOf } from '../tools.mjs';

// Some systems have a placeholder command that only says how to install Chromium. It has no
// version.
const chromiumVersion = chromium && (await versionOf(chromium));

export const rows = [
  { how: `bundled by esbuild ${version('esbuild')}`, bundle: byEsbuild },
  { how: `bundled by Vite ${version('vite')}`, bundle: byVite },
].map(({ how, bundle }) => ({
  runtime: 'A page in Chromium',
  how,
  version: chromiumVersion ?? 'none',
  ofTheMachine: true,
  impossible: chromiumVersion
    ? undefined
    : 'no Chromium on this machine (Debian: apt-get install chromium)',
  run: (stage) => inPage(stage, bundle),
}));

async function byEsbuild(folder) {
  await bundleFor('hosts/page.mjs', folder, {}, { outfile: join(folder, 'page.mjs') });
  await copyFile(join(here, 'hosts/page.html'), join(folder, 'page.html'));
}

async function byVite(folder) {
  const { build } = await import('vite');
  await build({
    configFile: false,
    logLevel: 'warn',
    root: join(here, 'hosts'),
    build: {
      outDir: folder,
      emptyOutDir: true,
      // The bundle contains the Wasm as base64. Vite warns above half a megabyte.
      chunkSizeWarningLimit: 2_000,
      rollupOptions: { input: join(here, 'hosts/page.html') },
    },
  });
}

async function inPage({ connections, folder }, bundle) {
  await bundle(folder);
  const { url, posted, close } = await serve(folder, connections);
  // Chromium's temporary files are removed with this TMPDIR.
  const own = await mkdtemp(join(tmpdir(), 'chromium-'));
  const args = [...flags(join(own, 'profile')), `${url}/page.html`];
  const env = { TMPDIR: own };
  try {
    const { results, warnings } = await whileRunning(chromium, args, { env }, () => posted);
    return { results: [...results, warnedOnce(warnings)] };
  } finally {
    await close();
    await rm(own, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

function flags(profile) {
  return [
    '--headless=new',
    '--disable-web-security',
    '--disable-gpu',
    '--disable-quic',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
    // Chromium's sandbox needs a user of its own, which a container seldom has. Chromium opens only
    // our page.
    '--no-sandbox',
    `--user-data-dir=${profile}`,
  ];
}

function warnedOnce(warnings) {
  const name = 'warned once that a merchant key does not belong in a browser';
  const once = warnings.length === 1 && /browser/.test(warnings[0]);
  return once ? { name } : { name, error: `it was warned of ${JSON.stringify(warnings)}` };
}

const types = { '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript' };

async function serve(folder, connections) {
  let post;
  const posted = new Promise((resolve) => {
    post = resolve;
  });
  const server = createServer(async (request, response) => {
    const { pathname, search } = new URL(request.url, 'http://page');
    if (pathname === '/results') {
      const chunks = await request.toArray();
      response.end();
      post(JSON.parse(Buffer.concat(chunks)));
    } else if (pathname === '/connections') {
      response.end(JSON.stringify(connections));
    } else {
      const file = await readFile(join(folder, pathname)).catch(() => undefined);
      response.writeHead(file ? 200 : 404, {
        'Content-Type': types[extname(pathname)] ?? 'x/y',
        ...(search === '?forbidden' && { 'Content-Security-Policy': "script-src 'self'" }),
      });
      response.end(file);
    }
  });
  return { ...(await onLoopback(server)), posted };
}
