// What rustc writes in place of this machine's paths, so that two machines compile the same bytes: where
// the checkout is, where cargo keeps its crates, and where Rust's own sources are.

import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { outputOf, root } from './run.mjs';

/** The flags of rustc. Of two prefixes that match, it takes the later one. */
export async function remapFlags() {
  const pairs = [
    [resolve(root), '/wechatpay-wasm'],
    ...(await registries()).map((folder) => [folder, '/crates']),
    ...(await librarySources()),
  ];
  return pairs.map(([from, to]) => `--remap-path-prefix=${from}=${to}`);
}

/** The same, as arguments of cargo. They come beside the flags of .cargo/config.toml. */
export async function remapConfig(target) {
  return ['--config', `target.${target}.rustflags=${JSON.stringify(await remapFlags())}`];
}

// A mirror's folder has another name than that of crates.io.
async function registries() {
  const sources = resolve(process.env.CARGO_HOME ?? join(homedir(), '.cargo'), 'registry/src');
  if (!existsSync(sources)) return [];
  return (await readdir(sources)).sort().map((name) => join(sources, name));
}

// Where the component rust-src is installed, rustc names its files, and otherwise where they once were.
async function librarySources() {
  const sysroot = await outputOf('rustc', ['--print', 'sysroot']);
  const commit = (await outputOf('rustc', ['-vV']))?.match(/^commit-hash: (\w+)$/m)?.[1];
  if (sysroot === null || commit === undefined) return [];
  return [[join(sysroot, 'lib/rustlib/src/rust'), `/rustc/${commit}`]];
}
