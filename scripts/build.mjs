// npm run build: makes pkg/, the package that is published.

import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { unlessFresh } from './fresh.mjs';
import { Failure, main, root } from './run.mjs';
import { setup } from './setup.mjs';
import { bindWasm, buildCrate, fusedWasm, glue, unpackWasm, wasm } from './wasm.mjs';

export const pkg = join(root, 'pkg');

const template = join(root, 'pkg-template');
const readingMatter = [
  'README.md',
  'README.zh-CN.md',
  'LICENSE',
  'CHANGELOG.md',
  'SECURITY.md',
].map((name) => join(root, name));

// Those that README names, from the folders that have more.
const examples = [
  'examples-node/express.mjs',
  'examples-node/hono.mjs',
  'examples-node/aws-lambda.mjs',
  'examples-node/opentelemetry.mjs',
  'examples-edge/worker.mjs',
  'examples-edge/deno.mjs',
  'examples-edge/bun.mjs',
].map((name) => join(root, name));

export async function build() {
  await buildCrate();
  await buildPackage();
}

/** The same, of the crate as it was compiled before. */
export async function buildPackage() {
  const { version } = await manifest();
  await checkVersion(version);
  await bindWasm();
  await unlessFresh(
    {
      stamp: join(root, 'target/npm/pkg.stamp'),
      inputs: [
        glue,
        wasm,
        fusedWasm,
        unpackWasm,
        template,
        join(root, 'scripts/build.mjs'),
        join(root, 'catalogue'),
        join(root, 'scripts/bundle.mjs'),
        join(root, 'scripts/catalogue'),
        join(root, 'scripts/join-types.mjs'),
        join(root, 'messages'),
        join(root, 'scripts/messages'),
        join(root, 'scripts/pack-text.mjs'),
        join(root, 'package-lock.json'),
        ...readingMatter,
        ...examples,
      ],
      outputs: [pkg],
    },
    assemble,
  );
  console.log(`pkg/ is wechatpay-wasm ${version}`);
}

async function assemble() {
  // Not at the top: esbuild may not be installed yet when this file is loaded.
  const { bundle } = await import('./bundle.mjs');
  await rm(pkg, { recursive: true, force: true });
  await mkdir(pkg);
  await bundle(join(pkg, 'dist'));
  for (const file of [join(template, 'package.json'), ...readingMatter.filter(existsSync)]) {
    await copyFile(file, join(pkg, basename(file)));
  }
  await mkdir(join(pkg, 'examples'));
  for (const file of examples) await copyFile(file, join(pkg, 'examples', basename(file)));
  await makeReadable(pkg);
}

// What one machine lets nobody else read would be so in the tarball, and for all who install it.
async function makeReadable(folder) {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await makeReadable(path);
    // The command alone can be run.
    else await chmod(path, (await stat(path)).mode & 0o100 ? 0o755 : 0o644);
  }
}

async function manifest() {
  return JSON.parse(await readFile(join(template, 'package.json'), 'utf8'));
}

async function checkVersion(version) {
  const cargo = await readFile(join(root, 'Cargo.toml'), 'utf8');
  const crate = cargo.match(/^\[package\][^[]*?^version = "([^"]+)"/ms)?.[1];
  if (crate !== version) {
    throw new Failure(
      `Cargo.toml says version ${crate}, pkg-template/package.json ${version}: make them the same.`,
    );
  }
}

await main(import.meta.url, async () => {
  await setup();
  await build();
});
