// What the package adds to an app's bundle: an app of one call, less the same app with a client that
// comes from elsewhere.

import { build } from 'esbuild';
import { compressed } from './bytes.mjs';

const app = (client) => `${client}
export const sign = (options, params) => new Wechatpay(options).preEntrustSignApp(params);
`;
const withPackage = app(`import { Wechatpay } from 'wechatpay-wasm';`);
const without = app('const { Wechatpay } = globalThis;');

// As the platforms' own tools set esbuild up, or would. The Wasm file beside a bundle counts.
const platforms = {
  node: { platform: 'node' },
  browser: { platform: 'browser' },
  workerd: { platform: 'browser', conditions: ['workerd', 'worker', 'browser'] },
  'edge-light': { platform: 'browser', conditions: ['edge-light', 'worker', 'browser'] },
};

/** By platform, what an app in `folder`, where the package is installed, grows by. */
export async function appGrowth(folder) {
  const growth = new Map();
  for (const [name, platform] of Object.entries(platforms)) {
    const [more, less] = [
      await bundled(withPackage, folder, platform),
      await bundled(without, folder, platform),
    ];
    const ways = Object.keys(more).map((way) => [way, more[way] - less[way]]);
    growth.set(name, Object.fromEntries(ways));
  }
  return growth;
}

async function bundled(contents, folder, platform) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: folder, sourcefile: 'app.mjs' },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    outdir: folder,
    write: false,
    loader: { '.wasm': 'copy' },
    logLevel: 'warning',
    ...platform,
  });
  const sum = { raw: 0, gzip: 0, brotli: 0 };
  for (const { contents: bytes } of outputFiles) {
    const sizes = compressed(bytes);
    for (const way of Object.keys(sum)) sum[way] += sizes[way];
  }
  return sum;
}
