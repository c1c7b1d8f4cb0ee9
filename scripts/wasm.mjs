// The crate → Wasm → wasm-bindgen's glue → wasm-opt.

import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unlessFresh } from './fresh.mjs';
import { remapConfig, remapFlags } from './remap.mjs';
import { Failure, follow, followCargoBuild, outputOf, root, run } from './run.mjs';
import { bindgen, wasmTarget } from './setup.mjs';
import { silencePanics } from './silent-panics.mjs';

const target = join(root, 'target');
const made = join(target, 'npm');

/** The glue, as an ES module that takes its WebAssembly.Module from `wasm-module`, and the Wasm file it belongs to. */
export const glue = join(made, 'glue.mjs');
export const wasm = join(made, 'wechatpay_bg.wasm');

/** The kernel of fused multiply-add, which is a Wasm file of its own. */
export const fusedWasm = join(made, 'wechatpay_fused.wasm');

/** What reads the text that both are in a JavaScript module as. */
export const unpackWasm = join(made, 'unpack.wasm');

const wasmAs = join(root, 'node_modules/binaryen/bin/wasm-as');
const unpackSource = join(root, 'pkg-template/wasm/unpack.wat');

const wasmOpt = join(root, 'node_modules/binaryen/bin/wasm-opt');

// The package goes into bundles for the edge, where every kilobyte counts.
// A function with one caller stays apart unless it is small: brotli finds what such bodies share.
const optimisation = [
  // Smaller than -Oz in brotli, and a tenth faster.
  '-Os',
  '--one-caller-inline-max-function-size=30',
  // The first kilobyte is the end of the stack: no object with members is there, so that an addition before an
  // access becomes the access's offset.
  '--low-memory-unused',
  // Functions of one module beside each other: what they share is near, and a compressor names it sooner.
  '--reorder-functions-by-name',
  '--strip-debug',
  '--strip-producers',
];

// The line that no runtime but the newest Node understands; and what the glue does as it is loaded, which is
// done here when an instance is made. Each part is there once.
const changes = [
  [
    'import source wasmModule from "./wechatpay_bg.wasm";',
    'import { makeInstance } from "wasm-instance";\nimport wasmModule from "wasm-module";',
  ],
  [
    '    wasmInstance = new WebAssembly.Instance(wasmModule, __wbg_get_imports());\n',
    '    wasmInstance = makeInstance(wasmModule, __wbg_get_imports());\n' +
      "    cachedTextDecoder ??= new TextDecoder('utf-8', { __proto__: null, ignoreBOM: true });\n" +
      '    cachedTextEncoder ??= new TextEncoder();\n',
  ],
  [
    "let cachedTextDecoder = new TextDecoder('utf-8', { ignoreBOM: true });\ncachedTextDecoder.decode();\n",
    'let cachedTextDecoder;\n',
  ],
  ['const cachedTextEncoder = new TextEncoder();\n', 'let cachedTextEncoder;\n'],
  [/\nif \(!\('encodeInto' in cachedTextEncoder\)\) \{[\s\S]*?\n\}\n/, ''],
  [
    'let wasmInstance = new WebAssembly.Instance(wasmModule, __wbg_get_imports());\n' +
      'let wasm = wasmInstance.exports;\nwasm.__wbindgen_start();\n',
    // What JavaScript wipes when an instance is broken.
    'let wasmInstance;\nlet wasm;\n\nexport const memory = () => wasm?.memory;\n',
  ],
];

// One file of the crate and its modules, without a dependency: no need of cargo.
const fusedSource = 'src/rsa/fused_module.rs';
const fusedFlags = [
  ...['--edition', '2024', '--crate-type', 'cdylib', '--crate-name', 'wechatpay_fused'],
  ...['--target', wasmTarget, '-Ctarget-feature=+simd128,+relaxed-simd'],
  ...['-Copt-level=2', '-Clto', '-Ccodegen-units=1', '-Cpanic=abort', '-Cstrip=debuginfo'],
  // What it needs is 24 kB at most, which are wiped.
  '-Clink-arg=-zstack-size=65536',
];
// More of it makes slower code of this one.
const fusedOptimisation = ['-O1', '--strip-debug', '--strip-producers'];

async function buildFused() {
  const unoptimised = join(target, 'wechatpay_fused.wasm');
  const remapped = await remapFlags();
  await unlessFresh(
    {
      stamp: join(target, 'npm-fused.stamp'),
      inputs: [join(root, 'src/rsa'), join(root, 'scripts/wasm.mjs'), wasmOpt],
      settings: [await outputOf('rustc', ['--version']), remapped],
      outputs: [fusedWasm],
    },
    async () => {
      await mkdir(made, { recursive: true });
      await run('rustc', [...fusedFlags, ...remapped, fusedSource, '-o', unoptimised]);
      const args = [wasmOpt, ...fusedOptimisation, unoptimised, '-o', fusedWasm];
      await follow('wasm-opt, of the kernel', process.execPath, args);
    },
  );
}

const crate = join(target, wasmTarget, 'release/wechatpay_wasm.wasm');

/** The crate, compiled. */
export async function buildCrate() {
  await followCargoBuild(
    'the crate, to Wasm',
    ['--target', wasmTarget],
    // Without the feature `texts`: what errors say is JavaScript's.
    [
      ...['--lib', '--release', '--no-default-features', '--target-dir', target],
      ...(await remapConfig(wasmTarget)),
    ],
  );
}

/** What ships of it: the glue and the Wasm files. */
export async function bindWasm() {
  await unlessFresh(
    {
      stamp: join(made, 'wasm.stamp'),
      inputs: [
        crate,
        bindgen,
        join(root, 'scripts/wasm.mjs'),
        join(root, 'scripts/silent-panics.mjs'),
        wasmOpt,
      ],
      outputs: [glue, wasm],
    },
    async () => {
      const out = join(made, 'bindgen');
      await rm(made, { recursive: true, force: true });
      await mkdir(made, { recursive: true });
      await run(bindgen, [crate, out, 'wechatpay', 'module']);
      await writeFile(glue, startedOnDemand(await readFile(join(out, 'wechatpay.js'), 'utf8')));
      const silent = join(out, 'silent.wasm');
      await silencePanics(join(out, 'wechatpay_bg.wasm'), silent);
      await follow('wasm-opt', process.execPath, [wasmOpt, ...optimisation, silent, '-o', wasm]);
    },
  );
  await buildFused();
  await run(process.execPath, [wasmAs, '--enable-simd', unpackSource, '-o', unpackWasm]);
}

function startedOnDemand(source) {
  return changes.reduce((changed, [from, to]) => {
    const parts = changed.split(from);
    if (parts.length !== 2) {
      throw new Failure(
        `wasm-bindgen's glue has ${parts.length - 1} times \`${from}\`; the build replaces exactly one. See ` +
          'what this version of wasm-bindgen writes, and teach scripts/wasm.mjs.',
      );
    }
    return parts.join(to);
  }, source);
}
