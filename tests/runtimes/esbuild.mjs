// How the tools of Cloudflare and Vercel use esbuild, and how a user bundles for a page.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { here } from './tools.mjs';

/**
 * Bundles an entry into `folder`. An imported Wasm file is copied next to the script, and its
 * import is left to the runtime.
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
