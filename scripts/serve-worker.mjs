// node serve-worker.mjs FILE: serves a Cloudflare Worker as `wrangler dev` does, by Miniflare, with
// the same bundle, and with the variables that a .dev.vars file would give it.

import { realpath } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, join, resolve } from 'node:path';
import { build } from 'esbuild';
import { root } from './run.mjs';

const { Miniflare } = createRequire(join(root, 'tests/runtimes/package.json'))('miniflare');

const { outputFiles } = await build({
  entryPoints: [await realpath(resolve(process.argv[2]))],
  outdir: 'nowhere',
  write: false,
  format: 'esm',
  bundle: true,
  conditions: ['workerd', 'worker', 'browser'],
  external: ['cloudflare:*', 'node:*'],
  loader: { '.wasm': 'copy' },
  assetNames: '[name]',
  outExtension: { '.js': '.mjs' },
});
const modules = outputFiles.map(({ path, contents }) => ({
  type: path.endsWith('.wasm') ? 'CompiledWasm' : 'ESModule',
  path: basename(path),
  contents,
}));
const isOurs = ([name]) => name === 'APPID' || name.startsWith('WECHATPAY_');

const miniflare = new Miniflare({
  host: '127.0.0.1',
  port: Number(process.env.PORT ?? 8787),
  // The script first: it is the one that is run.
  modules: modules.sort((a, b) => b.type.localeCompare(a.type)),
  compatibilityDate: '2026-07-30',
  compatibilityFlags: ['enable_request_signal'],
  bindings: Object.fromEntries(Object.entries(process.env).filter(isOurs)),
});
console.log((await miniflare.ready).origin);
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => miniflare.dispose());
