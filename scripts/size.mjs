// npm run size: what the package weighs, and what it adds to an app, against size-budget.json.
//
// npm run size -- --set   writes that file anew, each limit 2 % over what was measured

import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from './build.mjs';
import { compressed, thousands } from './bytes.mjs';
import { pack } from './pack.mjs';
import { Failure, main, outputOf, root } from './run.mjs';
import { setup } from './setup.mjs';

const budgetFile = 'size-budget.json';
const installed = join(root, 'tests/node_modules/wechatpay-wasm');

/** Measures, prints each figure as a line, and gives how many keep within their budgets. */
export async function checkSizes(tarball) {
  await tellCircumstances();
  const budget = JSON.parse(await readFile(join(root, budgetFile), 'utf8'));
  const figures = await measure(tarball);

  const counts = { passed: 0, failed: 0 };
  const names = new Set([...Object.keys(figures), ...Object.keys(budget)]);
  for (const name of names) {
    const problem = problemWith(name, figures[name], budget[name]);
    console.log(`${problem === null ? 'passed' : 'FAILED'}  ${row(name, figures, budget)}`);
    if (problem !== null) console.error(`        ${problem}`);
    counts[problem === null ? 'passed' : 'failed'] += 1;
  }
  return counts;
}

function problemWith(name, figure, limit) {
  if (limit === undefined) return `${name} has no limit in ${budgetFile}`;
  if (figure === undefined) return `${budgetFile} has a limit for ${name}, which is not measured`;
  if (figure <= limit) return null;
  const [is, most, over] = [figure, limit, figure - limit].map(thousands);
  return `${name} is ${is}, ${over} over its limit of ${most} in ${budgetFile}`;
}

function row(name, figures, budget) {
  const cell = (number) => (number === undefined ? 'none' : thousands(number)).padStart(9);
  return `${name.padEnd(32)} ${cell(figures[name])} of ${cell(budget[name])}`;
}

/** Every figure by its name, in bytes but for the number of files. */
async function measure(tarball) {
  const sizes = await sizesIn(installed);
  const wasm = await readFile(join(installed, 'dist/wechatpay_bg.wasm'));
  const fused = await readFile(join(installed, 'dist/wechatpay_fused.wasm'));
  const figures = {
    'tarball, packed': (await stat(tarball)).size,
    'tarball, unpacked': [...sizes.values()].reduce((sum, size) => sum + size, 0),
    'tarball, files': sizes.size,
    ...named('wasm', compressed(wasm)),
    ...named('second wasm', compressed(fused)),
  };
  for (const [path, size] of sizes) {
    if (/^dist\/.*\.(?:[cm]js|json)$/.test(path)) figures[path] = size;
  }
  // Not at the top: esbuild may not be installed yet when this file is loaded.
  const { appGrowth } = await import('./app-growth.mjs');
  for (const [platform, growth] of await appGrowth(join(root, 'tests'))) {
    Object.assign(figures, named(`app for ${platform}`, growth));
  }
  return figures;
}

function named(what, sizes) {
  return Object.fromEntries(Object.entries(sizes).map(([way, size]) => [`${what}, ${way}`, size]));
}

async function sizesIn(folder, prefix = '') {
  const sizes = new Map();
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    const name = `${prefix}${entry.name}`;
    if (entry.isDirectory()) {
      for (const [inner, size] of await sizesIn(path, `${name}/`)) sizes.set(inner, size);
    } else {
      sizes.set(name, (await stat(path)).size);
    }
  }
  return sizes;
}

// The Wasm depends on rustc and wasm-opt; what is compressed, a little on zlib and brotli.
async function tellCircumstances() {
  const { version } = await import('esbuild');
  const { devDependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const { node, zlib, brotli } = process.versions;
  console.log(
    [
      `${await outputOf('rustc', ['--version'])}, binaryen ${devDependencies.binaryen}`,
      `esbuild ${version}, node ${node} (zlib ${zlib}, brotli ${brotli}), npm ${await outputOf('npm', ['--version'])}`,
      `${cpus()[0]?.model ?? 'an unknown processor'}, ${process.platform}-${process.arch}`,
      'npm run size, in bytes; an app is what a minified bundle grows by',
      '',
    ].join('\n'),
  );
}

async function setBudget(tarball) {
  const figures = Object.entries(await measure(tarball));
  // A file more is noticed, and meant.
  const limit = (name, size) => (name.endsWith(', files') ? size : Math.ceil(size * 1.02));
  const budget = Object.fromEntries(figures.map(([name, size]) => [name, limit(name, size)]));
  await writeFile(join(root, budgetFile), `${JSON.stringify(budget, null, 2)}\n`);
  console.log(`${budgetFile} is set: ${figures.length} limits`);
}

await main(import.meta.url, async () => {
  const { values } = parseArgs({ options: { set: { type: 'boolean' } } });
  await setup();
  await build();
  const tarball = await pack();
  console.log();
  if (values.set) return await setBudget(tarball);
  const { failed } = await checkSizes(tarball);
  if (failed > 0) throw new Failure(`${failed} over or without budget`);
});
