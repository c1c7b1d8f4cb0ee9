// What a fresh clone lacks: the Wasm target, npm's packages, the wasm-bindgen program. Nothing is
// installed globally but the Rust target (and, for the tests, rustfmt and clippy).
//
// Only node's own modules here: there are no others yet.

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { unlessFresh } from './fresh.mjs';
import { Failure, follow, followCargoBuild, main, outputOf, root } from './run.mjs';

export const wasmTarget = 'wasm32-unknown-unknown';

const tools = join(root, '.tools');
export const bindgen = join(tools, 'target/release/bindgen');

const toolsDir = join(root, 'tools/wasm-bindgen');
const machine = `${process.platform}-${process.arch}`;

/** What is needed to build, one after the other; `forTests`, also what is needed to run every test. */
export async function setup({ forTests = false } = {}) {
  await rust({ forTests });
  await packages();
  await wasmBindgen();
}

/** The packages of package.json at the top. */
export async function packages() {
  checkNode();
  await npmPackages('npm packages', root);
}

/** Bun, Deno and workerd, and nothing else. */
export async function threeRuntimes() {
  await npmPackages('Bun, Deno and workerd', join(root, 'tests/one-call'));
}

/** The other SDKs, which the tests use on the sandbox. */
export async function peers() {
  await npmPackages('the other SDKs', join(root, 'tests/peers'));
}

/** What checks the accessibility of the sandbox's page. */
export async function accessibility() {
  await npmPackages('axe-core', join(root, 'tests/page'));
}

/** What builds the site, and checks it. */
export async function docs() {
  await npmPackages("the site's packages", join(root, 'docs'));
}

/** The runtimes and bundlers of `tests/runtimes/package.json`; `withBrowser`, Chromium too. */
export async function runtimes({ withBrowser = false } = {}) {
  await npmPackages('runtimes and bundlers, which are two gigabytes', join(root, 'tests/runtimes'));
  if (withBrowser) await chromium();
}

function checkNode() {
  if (Number(process.versions.node.split('.')[0]) < 20) {
    throw new Failure(`Node 20 or newer is needed; this is ${process.version}.`);
  }
}

/** Rust's parts and the crates; `forTests`, also what formats and lints. */
export async function rust({ forTests = false } = {}) {
  if ((await outputOf('cargo', ['--version'])) === null) {
    throw new Failure(
      'Rust is needed, and cargo does not run here. Install the stable toolchain with rustup ' +
        '(rustup.rs), open a new terminal and try again.',
    );
  }
  if ((await outputOf('cc', ['--version'])) === null) {
    throw new Failure(
      'A C compiler is needed: Rust links with it. On Debian: apt-get install gcc libc6-dev',
    );
  }

  const library = await outputOf('rustc', ['--print', 'target-libdir', '--target', wasmTarget]);
  if (library === null || !existsSync(library)) {
    await rustup(`Rust's ${wasmTarget} target`, ['target', 'add', wasmTarget]);
  }
  // Once for all: what runs side by side after this finds every crate there.
  const targets = ['host-tuple', wasmTarget].flatMap((target) => ['--target', target]);
  await follow('crates', 'cargo', ['fetch', '--locked', ...targets]);
  if (!forTests) return;
  for (const [command, component] of [
    ['fmt', 'rustfmt'],
    ['clippy', 'clippy'],
  ]) {
    if ((await outputOf('cargo', [command, '--version'])) === null) {
      await rustup(component, ['component', 'add', component]);
    }
  }
}

async function rustup(what, args) {
  if ((await outputOf('rustup', ['--version'])) === null) {
    throw new Failure(
      `${what} is missing, and so is rustup, which would install it. If this Rust came another ` +
        'way, install it that way too, or use rustup (rustup.rs).',
    );
  }
  await follow(what, 'rustup', args);
}

async function npmPackages(label, folder) {
  const packages = join(folder, 'node_modules');
  await unlessFresh(
    {
      stamp: join(packages, '.set-up'),
      inputs: ['package.json', 'package-lock.json'].map((name) => join(folder, name)),
      settings: [machine],
      outputs: [join(packages, '.package-lock.json')],
    },
    () => follow(label, 'npm', ['ci', '--include=dev', '--include=optional'], { cwd: folder }),
  );
}

// The one runtime that npm does not have. Where it cannot be installed, the matrix says that it is
// missing.
async function chromium() {
  const found = findChromium();
  if (found && (await outputOf(found, ['--version'])) !== null) return;
  if (process.getuid?.() !== 0 || !(await outputOf('apt-get', ['--version']))) return;
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  try {
    await follow('the list of Debian packages', 'apt-get', ['update'], { env });
    const install = ['install', '--yes', '--no-install-recommends', 'chromium'];
    await follow('Chromium', 'apt-get', install, { env });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    console.log(`Chromium is not there, and could not be installed:\n${error.message}`);
  }
}

/** The path of the machine's Chromium, which CHROMIUM may name, or undefined. */
export function findChromium() {
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  const folders = process.env.PATH.split(delimiter);
  const found = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [process.env.CHROMIUM, ...found].find((path) => path && existsSync(path));
}

/** The program that writes the glue. */
export async function wasmBindgen() {
  await checkWasmBindgenVersion();
  await unlessFresh(
    {
      stamp: join(tools, 'set-up'),
      inputs: ['Cargo.toml', 'Cargo.lock', 'src'].map((name) => join(toolsDir, name)),
      settings: [machine],
      outputs: [bindgen],
    },
    () =>
      followCargoBuild(
        'wasm-bindgen, which is built once',
        ['--manifest-path', join(toolsDir, 'Cargo.toml')],
        ['--release', '--bins', '--target-dir', join(tools, 'target')],
      ),
  );
}

// Glue and Wasm file have to come from one and the same release.
async function checkWasmBindgenVersion() {
  const wanted = await locked('wasm-bindgen', 'Cargo.lock');
  const manifest = await readFile(join(toolsDir, 'Cargo.toml'), 'utf8');
  const named = [...manifest.matchAll(/^wasm-bindgen-cli-support = .*?"=([^"]+)"/gm)];
  const got = [
    ...named.map(([, version]) => version),
    await locked('wasm-bindgen-cli-support', 'tools/wasm-bindgen/Cargo.lock'),
  ];
  if (named.length === 1 && got.every((version) => version === wanted)) return;
  throw new Failure(
    `Cargo.lock names wasm-bindgen ${wanted}, and tools/wasm-bindgen has ${got.join(', ')}. Write ` +
      `"=${wanted}" for wasm-bindgen-cli-support in tools/wasm-bindgen/Cargo.toml, then run: ` +
      'cargo update --manifest-path tools/wasm-bindgen/Cargo.toml wasm-bindgen-cli-support',
  );
}

async function locked(crate, lockFile) {
  const lock = await readFile(join(root, lockFile), 'utf8').catch(() => '');
  return lock.match(new RegExp(`^name = "${crate}"\nversion = "([^"]+)"`, 'm'))?.[1] ?? 'none';
}

await main(import.meta.url, () => setup({ forTests: true }));
