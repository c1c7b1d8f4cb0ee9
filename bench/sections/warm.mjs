// Repeats one operation in one process of each runtime, and in workerd.

import { mkdir, readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { json } from '../../tests/runtimes/child.mjs';
import { connection, notification, publicKeys, result, signed } from '../connection.mjs';
import { KEY_OBJECT, WEBCRYPTO, WITHOUT } from '../contestants/names.mjs';
import { interleave } from '../interleave.mjs';
import { miniflare, processes, workerd } from '../runtimes.mjs';
import { less, rowsOf } from '../statistics.mjs';

const here = fileURLToPath(new URL('..', import.meta.url));

/** The rows of a warm operation, `sign` or `verify`: one group for each runtime. */
export async function warm(what, plan, tell) {
  const groups = [];
  for (const { runtime, program, flags } of processes) {
    tell(runtime);
    const given = givenNow();
    const argument = JSON.stringify({ what, plan: plan.warm, given });
    const run = await json(program, [...flags, 'hosts/warm.mjs', argument], { cwd: here });
    groups.push(group(runtime, KEY_OBJECT, run));
  }
  tell(workerd);
  groups.push(group(workerd, WEBCRYPTO, await inWorkerd(what, plan.worker)));
  return groups;
}

// Signed now, since the package accepts a response for 300 seconds.
function givenNow() {
  const { body, headers, message } = signed(JSON.stringify(result));
  return {
    connection,
    publicKeys,
    response: { body, headers, message: message.toString() },
    notification: only(notification()),
  };
}

const only = ({ headers, body }) => ({ headers, body });

function group(runtime, reference, { times: { [WITHOUT]: without, ...times }, alone, bytes }) {
  const rest = Object.entries(alone).map(([name, whole]) => [name, less(times[whole], without)]);
  const rows = rowsOf({ ...times, ...Object.fromEntries(rest) }, reference);
  return { runtime, reference, bytes, rows };
}

async function inWorkerd(what, plan) {
  const { Miniflare } = miniflare();
  const worker = new Miniflare({
    modules: await bundled(givenNow()),
    compatibilityDate: '2026-07-30',
  });
  try {
    const ask = async (order) => {
      const body = JSON.stringify({ what, ...order });
      const response = await worker.dispatchFetch('http://worker', { method: 'POST', body });
      if (!response.ok) throw new Error(await response.text());
      return response.json();
    };
    const { names, ...more } = await ask({});
    const contestants = names.map((name) => ({
      name,
      batch: async (count) => {
        await ask({ name, count });
      },
    }));
    return { times: await interleave(contestants, plan), ...more };
  } finally {
    await worker.dispose();
  }
}

// Bundled as by wrangler.
async function bundled(given) {
  const folder = join(here, '../target/bench/worker');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const { metafile } = await build({
    entryPoints: [join(here, 'hosts/worker.mjs')],
    outfile: join(folder, 'worker.mjs'),
    absWorkingDir: folder,
    format: 'esm',
    bundle: true,
    metafile: true,
    logLevel: 'silent',
    loader: { '.wasm': 'copy' },
    assetNames: '[name]',
    conditions: ['workerd', 'worker', 'browser'],
    plugins: [{ name: 'given', setup: (setup) => giveIn(setup, given) }],
  });
  const modules = Object.keys(metafile.outputs).map(async (path) => {
    const contents = await readFile(join(folder, path));
    return path.endsWith('.wasm')
      ? { type: 'CompiledWasm', path: basename(path), contents }
      : { type: 'ESModule', path: basename(path), contents: contents.toString() };
  });
  // The script is first: Miniflare's entry is the first module.
  const all = await Promise.all(modules);
  return all.sort((a, b) => (a.type === 'ESModule' ? -1 : 0) - (b.type === 'ESModule' ? -1 : 0));
}

function giveIn({ onResolve, onLoad }, given) {
  onResolve({ filter: /^#given$/ }, () => ({ path: 'given', namespace: 'given' }));
  onLoad({ filter: /.*/, namespace: 'given' }, () => ({
    contents: JSON.stringify(given),
    loader: 'json',
  }));
}
