// Cloudflare Workers: workerd by Miniflare, with the bundle that wrangler would make.

import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { Miniflare } from 'miniflare';
import { bundleFor } from '../esbuild.mjs';
import { version } from '../tools.mjs';

const OLD = '2023-03-01';
const NEW = '2026-07-30';

export const rows = [OLD, NEW].flatMap((date) =>
  [[], ['nodejs_compat']].map((flags) => ({
    runtime: 'Cloudflare Workers',
    how: `compatible with ${date}${flags.map((flag) => `, \`${flag}\``)}`,
    version: `workerd ${version('workerd')}`,
    run: (stage) => inWorkerd(stage, date, flags),
  })),
);

async function inWorkerd({ connections, folder }, compatibilityDate, compatibilityFlags) {
  const { script, files } = await bundleFor('hosts/worker.mjs', folder, connections, {
    conditions: ['workerd', 'worker', 'browser'],
    external: ['cloudflare:*', 'node:*'],
  });
  const [wasm] = files.filter((path) => path.endsWith('.wasm'));
  const miniflare = new Miniflare({
    modules: [
      { type: 'ESModule', path: 'worker.mjs', contents: await readFile(script, 'utf8') },
      { type: 'CompiledWasm', path: basename(wasm), contents: await readFile(wasm) },
    ],
    compatibilityDate,
    compatibilityFlags,
    bindings: connections.good.env,
  });
  try {
    const ask = async (path, body) => {
      const init = { method: 'POST', body: JSON.stringify(body) };
      const response = await miniflare.dispatchFetch(`http://worker${path}`, init);
      if (!response.ok) throw new Error(await response.text());
      return response.json();
    };
    return { results: await manyRequests(ask, connections), extra: EXTRA };
  } finally {
    await miniflare.dispose();
  }
}

/** What `manyRequests` adds to the suite's own calls. */
export const EXTRA = { good: 21 };

/** The suite, and one client of module scope under twenty requests at once. */
export async function manyRequests(ask, connections) {
  const params = { appid: 'wxd678efh567h23787', outContractCode: 'MODULE_1' };
  const name = 'a client of module scope, used by 20 requests at once';
  const ids = await Promise.all(Array.from({ length: 20 }, () => ask('/call', params)));
  const one = new Set(ids.map(({ preEntrustwebId }) => preEntrustwebId));
  const { preEntrustwebId } = await ask('/env', params);
  const same = one.size === 1 && one.has(preEntrustwebId);
  return [
    same ? { name } : { name, error: `${JSON.stringify([...one])}, then ${preEntrustwebId}` },
    ...(await ask('/suite', connections)),
  ];
}
