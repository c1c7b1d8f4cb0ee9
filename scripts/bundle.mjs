// pkg-template/ + glue + Wasm → pkg/dist/: one entry for each way to get at a WebAssembly.Module.

import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { endpointsText } from './catalogue/endpoints.mjs';
import { readCatalogue } from './catalogue/read.mjs';
import { sampleEvents } from './catalogue/sample-events.mjs';
import { apiTypes } from './catalogue/types/index.mjs';
import { readTypes } from './join-types.mjs';
import { readKinds, withCodes } from './messages/kinds.mjs';
import { messageTables } from './messages/tables.mjs';
import { packText } from './pack-text.mjs';
import { Failure, root } from './run.mjs';
import { fusedWasm, glue, unpackWasm, wasm } from './wasm.mjs';

const template = join(root, 'pkg-template');
const node = { platform: 'node', target: 'node20' };
const wasmFiles = [wasm, fusedWasm, unpackWasm];
const anywhere = { platform: 'neutral', target: 'es2022' };

/** Writes the modules of the package into the folder `dist`. */
export async function bundle(dist) {
  await mkdir(dist, { recursive: true });
  const kinds = await readKinds();
  const catalogue = await readCatalogue();
  const tables = await messageTables(kinds, catalogue.errors);
  const withWasmBy = (way) => options(way, tables);

  const main = join(template, 'index.mjs');
  await write(main, 'esm', join(dist, 'index.mjs'), withWasmBy('inline'));
  await write(main, 'cjs', join(dist, 'index.cjs'), withWasmBy('require'));
  await write(main, 'cjs', join(dist, 'node.cjs'), withWasmBy('node'));
  await write(main, 'esm', join(dist, 'workerd.mjs'), withWasmBy('workerd'));
  await write(main, 'esm', join(dist, 'edge-light.mjs'), withWasmBy('edge-light'));
  // What both CommonJS entries take the Wasm from, where they do.
  const inlined = join(template, 'wasm/inlined.mjs');
  await write(inlined, 'cjs', join(dist, 'wasm.cjs'), withWasmBy('inline'));
  for (const file of [wasm, fusedWasm]) await copyFile(file, join(dist, basename(file)));
  const types = await readTypes(template, apiTypes(catalogue));
  await writeTypes(withCodes(types.index, kinds), join(dist, 'index'));
  await writeFile(join(dist, 'api.d.cts'), types.api);
  await writeImports(dist);

  const sandbox = join(template, 'sandbox/index.mjs');
  await write(sandbox, 'esm', join(dist, 'sandbox.mjs'), node);
  // Where a CommonJS module is, by the name that a module has for it: createRequire takes both.
  const place = { 'import.meta.url': '__filename' };
  await write(sandbox, 'cjs', join(dist, 'sandbox.cjs'), { ...node, define: place });
  await writeFile(join(dist, 'endpoints.json'), endpointsText(catalogue));
  // What the sandbox completes the events from that it is told to send, and the command lists.
  const events = JSON.stringify(sampleEvents(catalogue.events));
  await writeFile(join(dist, 'events.json'), events);
  await copyFile(join(template, 'sandbox/control/sandbox.html'), join(dist, 'sandbox.html'));
  await writeTypes(await readFile(join(template, 'sandbox.d.ts')), join(dist, 'sandbox'));
  await write(join(template, 'cli.mjs'), 'esm', join(dist, 'cli.mjs'), withOthersBeside());
}

async function write(entryPoint, format, outfile, options) {
  await build({
    entryPoints: [entryPoint],
    outfile,
    // esbuild writes the paths of the files, as they are from here.
    absWorkingDir: root,
    format,
    bundle: true,
    charset: 'utf8',
    logLevel: 'warning',
    ...options,
    // In this platform esbuild lists the names at the end of a CommonJS module, so that Node finds
    // them when a module imports it.
    ...(format === 'cjs' && { platform: 'node' }),
  });
}

// Which module of pkg-template/wasm/ the glue takes its WebAssembly.Module from. `inline` holds the
// files as text; the others leave the import to the runtime or its bundler, or require them.
function options(way, tables) {
  const setup = ({ onResolve, onLoad }) => {
    onResolve({ filter: /^\.\.?\/glue\.mjs$/ }, () => ({ path: glue }));
    onResolve({ filter: /^wasm-instance$/ }, () => ({ path: join(template, 'instance.mjs') }));
    onResolve({ filter: /^wasm-module$/ }, () => ({ path: join(template, `wasm/${way}.mjs`) }));
    onResolve({ filter: /^fused-module$/ }, () => ({
      path: join(template, `wasm/${way}-fused.mjs`),
    }));
    onResolve({ filter: /^\.\/wasm\.cjs$/ }, ({ path }) => ({ path, external: true }));
    onResolve({ filter: /\.wasm(\?module)?$/ }, ({ path }) =>
      way === 'inline'
        ? { path: wasmFiles.find((file) => basename(file) === basename(path)) }
        : { path, external: true },
    );
    onLoad({ filter: /\bmessage-tables\.mjs$/ }, () => ({ contents: tables }));
    // What reads the text is too small to be worth it, and would have to be read itself.
    onLoad({ filter: /\.wasm$/ }, async ({ path }) =>
      path === unpackWasm
        ? { contents: await readFile(path), loader: 'base64' }
        : { contents: packText(await readFile(path)), loader: 'text' },
    );
  };
  return { ...anywhere, plugins: [{ name: 'wasm', setup }] };
}

// The command takes the sandbox and the client from the files beside it, which hold the only copies.
function withOthersBeside() {
  const setup = ({ onResolve }) => {
    for (const [filter, path] of [
      [/\/sandbox\/index\.mjs$/, './sandbox.mjs'],
      [/^\.\.\/index\.mjs$/, './node.mjs'],
    ]) {
      onResolve({ filter }, () => ({ path, external: true }));
    }
  };
  return { ...node, plugins: [{ name: 'beside', setup }] };
}

async function writeTypes(types, to) {
  for (const extension of ['d.mts', 'd.cts']) await writeFile(`${to}.${extension}`, types);
}

// What `import` gets beside `require`, which both then have one and the same instance of: in Node, and in
// bundles whose bundler does not know the condition `module`.
async function writeImports(dist) {
  // Loading it also runs what wasm-opt wrote, whose exit code proves nothing.
  const esm = await load(dist, 'index.mjs');
  const names = Object.keys(esm).sort();
  for (const [entry, shared] of [
    ['node.mjs', 'node.cjs'],
    ['import.mjs', 'index.cjs'],
  ]) {
    const list = names.join(',\n  ');
    await writeFile(join(dist, entry), `export {\n  ${list},\n} from './${shared}';\n`);
    const found = Object.keys(await load(dist, entry)).sort();
    if (names.join() !== found.join()) {
      throw new Failure(`dist/index.mjs exports ${names}, dist/${entry} ${found}`);
    }
  }
  for (const name of names) {
    if (typeof esm[name] === 'function' && esm[name].name !== name) {
      throw new Failure(
        `The export ${name} calls itself ${esm[name].name}: esbuild renamed it. Either its class ` +
          'names itself in its own body (write `this` there), or the glue has something of the ' +
          'same name (rename that).',
      );
    }
  }
}

const load = (dist, file) => import(pathToFileURL(join(dist, file)));
