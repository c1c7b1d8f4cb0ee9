// Vercel's Edge runtime, in the package that Vercel tests with. Vercel's build compiles the Wasm
// file and passes its module to the function; so does this runner.

import { readFile } from 'node:fs/promises';
import { EdgeRuntime } from 'edge-runtime';
import { bundleFor } from '../esbuild.mjs';
import { version } from '../tools.mjs';

export const rows = [
  {
    runtime: 'Vercel Edge',
    how: '`edge-runtime`',
    version: version('edge-runtime'),
    run: inEdgeRuntime,
  },
];

async function inEdgeRuntime({ connections, folder }) {
  const wasm = [];
  const { script } = await bundleFor('hosts/edge.mjs', folder, connections, {
    conditions: ['edge-light', 'browser'],
    format: 'iife',
    plugins: [wasmFromGlobal(wasm)],
  });
  const runtime = new EdgeRuntime({
    initialCode: await readFile(script, 'utf8'),
    extend: (context) => Object.assign(context, { wasmModule: new WebAssembly.Module(wasm[0]) }),
  });
  const ask = async (path, body) => {
    const init = { method: 'POST', body: JSON.stringify(body) };
    const response = await runtime.dispatchFetch(`https://edge.example${path}`, init);
    if (!response.ok) throw new Error(await response.text());
    return response.json();
  };
  const params = { appid: 'wxd678efh567h23787', outContractCode: 'MODULE_1' };
  await Promise.all(Array.from({ length: 20 }, () => ask('/call', params)));
  return { results: await ask('/suite', connections), extra: { good: 20 } };
}

function wasmFromGlobal(modules) {
  const setup = ({ onResolve, onLoad }) => {
    onResolve({ filter: /\.wasm\?module$/ }, ({ path, resolveDir }) => ({
      path: new URL(path.replace('?module', ''), `file://${resolveDir}/`).pathname,
      namespace: 'wasm',
    }));
    onLoad({ filter: /./, namespace: 'wasm' }, async ({ path }) => {
      modules.push(await readFile(path));
      return { contents: 'export default globalThis.wasmModule' };
    });
  };
  return { name: 'wasm', setup };
}
