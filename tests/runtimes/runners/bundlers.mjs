// Bundled for Node by each bundler, with settings that only name the target, and run where there is
// no node_modules.

import { copyFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from '../child.mjs';
import { here, node, version } from '../tools.mjs';

const entry = join(here, 'hosts/process.mjs');

export const rows = [
  row('esbuild', '`platform: node`, `format: esm`', (folder) => esbuild(folder, 'esm', 'mjs')),
  row('esbuild', '`platform: node`, `format: cjs`', (folder) => esbuild(folder, 'cjs', 'cjs')),
  row('Rollup', '`nodeResolve()`', (folder) => rollup(folder)),
  row('Rollup', '`nodeResolve({ exportConditions: ["node"] })`, `commonjs()`', (folder) =>
    rollup(folder, ['node']),
  ),
  row('webpack', '`target: node`', webpack),
  row('Vite', '`build.ssr`, `ssr.noExternal`', vite),
  {
    runtime: 'Vite, dev',
    how: '`ssr.noExternal`, as frameworks serve pages',
    version: version('vite'),
    run: inViteDev,
  },
];

function row(tool, how, bundle) {
  return {
    runtime: `${tool}, for Node`,
    how,
    version: version(tool.toLowerCase()),
    run: (stage) => bundledAndRun(stage, bundle),
  };
}

async function bundledAndRun({ connections, folder }, bundle) {
  await bundle(folder);
  const away = await mkdtemp(join(tmpdir(), 'bundled-'));
  try {
    const files = await readdir(folder);
    for (const file of files) await copyFile(join(folder, file), join(away, file));
    const [script] = files.filter((file) => file.startsWith('bundle.'));
    return {
      results: await json(node('24'), [script, JSON.stringify(connections)], { cwd: away }),
    };
  } finally {
    await rm(away, { recursive: true });
  }
}

async function esbuild(folder, format, extension) {
  const { build } = await import('esbuild');
  await build({
    entryPoints: [entry],
    outfile: join(folder, `bundle.${extension}`),
    format,
    bundle: true,
    minify: true,
    platform: 'node',
    logLevel: 'silent',
  });
}

async function rollup(folder, exportConditions) {
  const [{ rollup: bundler }, { nodeResolve }, { default: commonjs }] = await Promise.all([
    import('rollup'),
    import('@rollup/plugin-node-resolve'),
    import('@rollup/plugin-commonjs'),
  ]);
  const bundle = await bundler({
    input: entry,
    plugins: exportConditions ? [nodeResolve({ exportConditions }), commonjs()] : [nodeResolve()],
    onwarn: refuse,
  });
  await bundle.write({ file: join(folder, 'bundle.mjs'), format: 'es' });
  await bundle.close();
}

function refuse({ message }) {
  throw new Error(`Rollup warns: ${message}`);
}

async function webpack(folder) {
  const { default: bundler } = await import('webpack');
  const compiler = bundler({
    entry,
    mode: 'production',
    target: 'node',
    output: { path: folder, filename: 'bundle.cjs' },
  });
  const stats = await new Promise((resolve, reject) => {
    compiler.run((error, result) => (error ? reject(error) : resolve(result)));
  });
  await new Promise((resolve) => compiler.close(resolve));
  if (stats.hasErrors() || stats.hasWarnings()) throw new Error(stats.toString('errors-warnings'));
}

async function vite(folder) {
  const { build } = await import('vite');
  await build({
    configFile: false,
    logLevel: 'warn',
    root: join(here, 'hosts'),
    ssr: { noExternal: true },
    build: {
      ssr: entry,
      outDir: folder,
      emptyOutDir: false,
      rollupOptions: { output: { entryFileNames: 'bundle.mjs' } },
    },
  });
}

// In a process of its own, since the suite ends with what it holds.
async function inViteDev({ connections }) {
  const results = await json(node('24'), ['hosts/vite-dev.mjs', JSON.stringify(connections)]);
  return { results };
}
