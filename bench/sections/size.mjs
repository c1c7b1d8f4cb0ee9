// The size of the Wasm, and the growth of a bundle: the figures of `npm run size` that have a
// target.

import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { appGrowth } from '../../scripts/app-growth.mjs';
import { compressed } from '../../scripts/bytes.mjs';

const here = fileURLToPath(new URL('..', import.meta.url));
const dist = new URL('../node_modules/wechatpay-wasm/dist/', import.meta.url);

export const size = {
  title: 'Size',
  unit: 'bytes',
  measured: () => [
    'Brotli, as in `npm run size`. An "app" row is the growth of a minified bundle by this package.',
  ],
  columns: [{ head: 'bytes', of: ({ bytes }) => bytes }],

  async run() {
    const rows = [];
    for (const file of await wasmFiles()) {
      rows.push({ name: file, bytes: compressed(await readFile(new URL(file, dist))).brotli });
    }
    for (const [platform, { brotli }] of await appGrowth(here)) {
      rows.push({ name: `app for ${platform}`, bytes: brotli });
    }
    return [{ runtime: 'Every runtime', rows }];
  },
};

async function wasmFiles() {
  return (await readdir(dist)).filter((name) => name.endsWith('.wasm')).sort();
}
