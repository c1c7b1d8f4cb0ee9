// What the tools of Cloudflare and Vercel do with esbuild, and what a user does with it for a page.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { here } from './tools.mjs';

/**
 * Bundles an entry into `folder`. A Wasm file that is imported is copied beside the script, and its
 * import left to the runtime.
 *
 * @returns the path of the script, and of every file that was written
 */
export async function bundleFor(entry, folder, connections, options) {
  const given = join(folder, 'connections.json');
  await writeFile(given, JSON.stringify(connections));
  const script = join(folder, 'script.mjs');
  const { metafile } = await build({
    entryPoints: [join(here, entry)],
    outfile: script,
    absWorkingDir: folder,
    format: 'esm',
    bundle: true,
    metafile: true,
    logLevel: 'silent',
    alias: { '#connections': given },
    loader: { '.wasm': 'copy' },
    assetNames: '[name]',
    ...options,
  });
  return { script, files: Object.keys(metafile.outputs).map((path) => join(folder, path)) };
}
