// Cloudflare Workers: workerd, run by Miniflare, with the bundle that wrangler would make.

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
  const modules = files
    .filter((path) => path.endsWith('.wasm'))
    .map(async (path) => ({
      type: 'CompiledWasm',
      path: basename(path),
      contents: await readFile(path),
    }));
  const miniflare = new Miniflare({
    modules: [
      { type: 'ESModule', path: 'worker.mjs', contents: await readFile(script, 'utf8') },
      ...(await Promise.all(modules)),
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
    const results = await manyRequests(ask, connections);
    const without = await withoutCondition(folder, compatibilityDate, compatibilityFlags);
    return { results: [...results, without], extra: EXTRA };
  } finally {
    await miniflare.dispose();
  }
}

/** A bundle without the condition `workerd` starts, and says what it lacks. */
async function withoutCondition(folder, compatibilityDate, compatibilityFlags) {
  const { script } = await bundleFor('hosts/plain-worker.mjs', folder, {});
  const contents = await readFile(script, 'utf8');
  const miniflare = new Miniflare({
    modules: [{ type: 'ESModule', path: 'worker.mjs', contents }],
    compatibilityDate,
    compatibilityFlags,
  });
  try {
    const said = await (await miniflare.dispatchFetch('http://worker/')).text();
    const name = 'bundled without the condition `workerd`, it says so';
    return /with the condition workerd/.test(said) ? { name } : { name, error: said };
  } finally {
    await miniflare.dispose();
  }
}

/**
 * The calls of `manyRequests`, beside the suite's own: its requests and one download of
 * certificates.
 */
const EXTRA = { good: 20 + 20 + 1 + 1 };

/** The suite, and then clients of module scope with twenty requests at once. */
async function manyRequests(ask, connections) {
  const params = { appid: 'wxd678efh567h23787', outContractCode: 'MODULE_1' };
  const idOf = async (path) => (await ask(path, params)).preEntrustwebId;
  const once = await idOf('/env');
  const results = [];
  for (const [path, name] of [
    ['/call', 'a client of module scope, used by 20 requests at once'],
    ['/auto', 'the same with certs: auto, and one download for all'],
  ]) {
    const ids = await Promise.all(Array.from({ length: 20 }, () => idOf(path)));
    const others = ids.filter((id) => id !== once);
    results.push(others.length === 0 ? { name } : { name, error: `${others}, not ${once}` });
  }
  return [...results, ...(await ask('/suite', connections))];
}
