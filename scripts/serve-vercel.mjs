// node serve-vercel.mjs nodejs|edge FOLDER: serves the functions of a folder api/ as Vercel does: in Node.js, or
// in the Edge runtime, by the package that Vercel tests with, and with a bundle such as Vercel's build makes.
// Their addresses have no /api before them, as those of the other examples have none.

import { readdir, readFile, realpath } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { root } from './run.mjs';

const [runtime, folder] = process.argv.slice(2);
const api = join(await realpath(resolve(folder)), 'api');
const names = (await readdir(api)).map((file) => basename(file, '.js'));
const dispatch = runtime === 'edge' ? await inEdgeRuntime() : await inNode();

const server = createServer(async (request, response) => {
  const { method, url, headers } = request;
  const body = await buffer(request);
  const init = { method, headers, ...(method !== 'GET' && { body }) };
  try {
    const { status, headers, ...rest } = await read(await dispatch(`http://127.0.0.1${url}`, init));
    response.writeHead(status, headers).end(rest.body);
  } catch (error) {
    console.error(error);
    response.writeHead(500).end();
  }
});
server.listen(process.env.PORT ?? 3000, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}`);
});

async function read(response) {
  const body = Buffer.from(await response.arrayBuffer());
  return { status: response.status, headers: Object.fromEntries(response.headers), body };
}

async function inNode() {
  const modules = {};
  for (const name of names) modules[name] = await import(pathToFileURL(join(api, `${name}.js`)));
  return (url, init) => {
    const handler = modules[new URL(url).pathname.slice(1)]?.[init.method];
    return handler?.(new Request(url, init)) ?? new Response(null, { status: 404 });
  };
}

async function inEdgeRuntime() {
  const { EdgeRuntime } = createRequire(join(root, 'tests/runtimes/package.json'))('edge-runtime');
  const entry = `
    const modules = { ${names.map((name) => `'/${name}': require('./${name}.js')`)} };
    addEventListener('fetch', (event) => {
      const handler = modules[new URL(event.request.url).pathname]?.[event.request.method];
      event.respondWith(handler?.(event.request) ?? new Response(null, { status: 404 }));
    });`;
  const wasm = [];
  const { outputFiles } = await build({
    stdin: { contents: entry, resolveDir: api },
    bundle: true,
    write: false,
    format: 'iife',
    conditions: ['edge-light', 'browser'],
    plugins: [wasmFromGlobal(wasm)],
  });
  const context = { process: { env: process.env } };
  const edge = new EdgeRuntime({
    initialCode: outputFiles[0].text,
    extend: (globals) =>
      Object.assign(globals, context, { wasmModule: new WebAssembly.Module(wasm[0]) }),
  });
  return (url, init) => edge.dispatchFetch(url, init);
}

// Vercel's build compiles the Wasm file, and the function imports its module.
function wasmFromGlobal(modules) {
  const setup = ({ onResolve, onLoad }) => {
    onResolve({ filter: /\.wasm\?module$/ }, ({ path, importer }) => ({
      path: join(dirname(importer), path.replace('?module', '')),
      namespace: 'wasm',
    }));
    onLoad({ filter: /./, namespace: 'wasm' }, async ({ path }) => {
      modules.push(await readFile(path));
      return { contents: 'export default globalThis.wasmModule' };
    });
  };
  return { name: 'wasm', setup };
}
