// The steps of npm test and npm run test:all. A step is either something to `run`, one check unless it
// gives counts of its own, or `commands` (program, arguments, environment), each of them one check
// unless `count` reads the runner's own counts. What only sets up (`setsUp`) is no check.
//
// Steps of one `lane` run one after the other, and the lanes side by side: cargo would wait for itself,
// and the JavaScript tests use two processors alone. A step begins once all that `after` names have
// succeeded. Of those that can begin, the first one here does.
//
// What has `rest` is run by npm run test:all alone.

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { node } from '../tests/runtimes/tools.mjs';
import { buildPackage } from './build.mjs';
import { buildSite } from './docs.mjs';
import { pack } from './pack.mjs';
import { remapConfig } from './remap.mjs';
import { checkReproducible } from './reproducible.mjs';
import { root } from './run.mjs';
import {
  accessibility,
  frameworks,
  packages,
  peers,
  runtimes,
  rust,
  threeRuntimes,
  wasmBindgen,
  wasmTarget,
} from './setup.mjs';
import { checkSizes } from './size.mjs';
import { checkTypes, newest, older } from './types.mjs';
import { buildCrate } from './wasm.mjs';

// In the profile that ships: what is compiled for the package is compiled once.
const wasm = ['--release', '--target', wasmTarget];
const warningsAreErrors = ['--', '--deny', 'warnings'];
const docEnv = { RUSTDOCFLAGS: '--deny warnings' };

// As a list: cargo takes the text of its environment variable apart at every space of the path.
const wasmRunner = JSON.stringify([process.execPath, join(root, 'scripts/wasm-tests.mjs')]);
const inWasm = [...wasm, '--config', `target.${wasmTarget}.runner=${wasmRunner}`];

// The test programs that run in Wasm. The others read files or use a crate that needs a machine.
const testsInWasm = ['--test', 'protocol', '--test', 'exchange'];

// Thousands of keys, by their test's name in Rust and the folder of those in JavaScript.
const thousandsInRust = 'thousands_of_keys';
const kernels = 'tests/kernels';

// Files and folders that have a step of their own.
const oneCall = 'tests/one-call';
const examples = 'tests/examples';
const hostile = 'tests/hostile';
const everyEndpoint = ['chain', 'sandbox'].map((of) => `tests/${of}/every-endpoint.test.mjs`);
const survival = 'tests/survival';
const flood = 'tests/notifications/flood.test.mjs';
// What takes long of the sandbox's tests, and is not of its API.
const asProgram = [
  ...['command', 'command-line', 'control', 'dockerfile', 'hostile-requests', 'kept-keys'],
  ...['killed', 'listening', 'parent', 'running', 'signed-candidates', 'undocumented'],
].map((name) => `tests/sandbox/${name}.test.mjs`);
const command = 'tests/command';
const page = 'tests/page';
const readme = 'tests/readme';
const release = 'tests/release';
const apart = [
  ...[oneCall, examples, kernels, survival, hostile, command, page, readme, release],
  ...[flood, ...everyEndpoint, ...asProgram],
];

let tarball;

export const steps = [
  {
    name: 'rust',
    what: "Rust's parts, and the crates",
    lane: 'cargo',
    setsUp: true,
    run: () => rust({ forTests: true }),
  },
  {
    name: 'packages',
    what: 'npm packages',
    lane: 'node',
    setsUp: true,
    run: packages,
  },
  {
    name: 'crate',
    what: 'the crate, to Wasm',
    lane: 'cargo',
    after: ['rust'],
    setsUp: true,
    run: buildCrate,
  },
  {
    name: 'bindgen',
    what: 'wasm-bindgen, which is built once',
    lane: 'node',
    after: ['rust'],
    setsUp: true,
    run: wasmBindgen,
  },
  {
    name: 'package',
    what: 'build pkg/, pack it, install the tarball',
    lane: 'node',
    after: ['packages', 'bindgen', 'crate'],
    run: async () => {
      await buildPackage();
      tarball = await pack();
    },
  },
  {
    name: 'biome',
    what: 'format and lint of JavaScript, TypeScript and JSON',
    lane: 'node',
    after: ['packages'],
    commands: () => [bin('biome', 'check', '--error-on-warnings', '.')],
  },
  {
    name: 'messages',
    what: 'every message and kind of error is in the catalogue, in both languages',
    lane: 'node',
    after: ['packages'],
    commands: () =>
      ['catalogue', 'kinds'].map((name) => [
        process.execPath,
        [join(root, `scripts/messages/${name}.mjs`)],
      ]),
  },
  {
    name: 'api',
    what: 'the types against the report of the public surface, pkg-template/api-report.md',
    lane: 'node',
    after: ['packages'],
    commands: () => [[process.execPath, [join(root, 'scripts/api.mjs')]]],
  },
  {
    name: 'client',
    what: "types of the client's own JavaScript",
    lane: 'node',
    after: ['packages'],
    commands: () => [bin('tsc', '--project', 'pkg-template/client')],
  },
  {
    name: 'types',
    what: 'type tests against the installed package, in the newest TypeScript',
    lane: 'node',
    after: ['package'],
    run: () => checkTypes(newest),
  },
  {
    name: 'one-call',
    what: 'one call in Bun, Deno and workerd, by the installed package',
    lane: 'node',
    after: ['package'],
    commands: async () => {
      await threeRuntimes();
      return [nodeTests(await testFiles(oneCall))];
    },
    count: nodeCounts,
  },
  {
    name: 'node',
    what: 'JavaScript tests against the installed package',
    lane: 'node',
    after: ['package'],
    // One file more than there are processors: some wait for the time between two attempts.
    commands: async () => {
      await peers();
      return [nodeTests(await testFiles('tests', apart), 3)];
    },
    count: nodeCounts,
  },
  {
    name: 'fmt',
    what: 'format of Rust',
    lane: 'cargo',
    after: ['rust'],
    commands: () => [
      ['cargo', ['fmt', '--check']],
      ['cargo', ['fmt', '--check', '--manifest-path', 'tools/wasm-bindgen/Cargo.toml']],
    ],
  },
  {
    name: 'clippy',
    what: 'lint of Rust, native and Wasm',
    lane: 'cargo',
    after: ['rust'],
    commands: () => [
      ['cargo', ['clippy', '--locked', '--all-targets', ...warningsAreErrors]],
      ['cargo', ['clippy', '--locked', '--all-targets', ...wasm, ...warningsAreErrors]],
      // As it ships: without the texts of messages.
      [
        'cargo',
        ['clippy', '--locked', '--lib', '--no-default-features', ...wasm, ...warningsAreErrors],
      ],
    ],
  },
  {
    name: 'wasm',
    what: 'Rust tests, in Wasm under Node',
    lane: 'cargo',
    after: ['crate', 'bindgen'],
    rest: true,
    commands: async () => {
      // Without them everything would be compiled a second time.
      const flags = [...inWasm, ...(await remapConfig(wasmTarget))];
      return [['cargo', ['test', '--locked', '--no-fail-fast', ...testsInWasm, ...flags]]];
    },
    count: cargoCounts,
  },
  {
    name: 'native',
    what: 'Rust tests, with those in the documentation',
    lane: 'cargo',
    after: ['rust'],
    commands: () => [
      [
        'cargo',
        [
          ...['test', '--locked', '--no-fail-fast', '--lib', '--test', '*'],
          ...['--', '--skip', thousandsInRust],
        ],
      ],
      ['cargo', ['test', '--locked', '--doc']],
    ],
    count: cargoCounts,
  },
  {
    name: 'matrix',
    what: 'the runtimes and bundlers, two gigabytes of them, and a browser',
    lane: 'npm',
    rest: true,
    setsUp: true,
    run: () => runtimes({ withBrowser: true }),
  },
  {
    name: 'doc',
    what: 'Rust documentation, native and Wasm, without a broken link',
    lane: 'cargo',
    after: ['rust'],
    rest: true,
    commands: () => [
      ['cargo', ['doc', '--locked', '--no-deps'], docEnv],
      ['cargo', ['doc', '--locked', '--no-deps', ...wasm], docEnv],
    ],
  },
  {
    name: 'keys-rust',
    what: 'thousands of keys natively',
    lane: 'cargo',
    after: ['rust'],
    rest: true,
    commands: () => [['cargo', ['test', '--locked', '--lib', '--', thousandsInRust]]],
    count: cargoCounts,
  },
  {
    name: 'reproducible',
    what: 'another clone, with another folder of cargo, makes the same tarball',
    lane: 'cargo',
    after: ['package'],
    rest: true,
    run: () => checkReproducible(tarball),
  },
  {
    name: 'keys-node',
    what: 'every kernel of the installed package: its instructions, thousands of keys, primes at the edges',
    lane: 'node',
    after: ['package'],
    rest: true,
    commands: async () => [nodeTests(await testFiles(kernels))],
    count: nodeCounts,
  },
  {
    name: 'size',
    what: 'what the package weighs and adds to an app, against size-budget.json',
    lane: 'node',
    after: ['package'],
    rest: true,
    run: () => checkSizes(tarball),
  },
  {
    name: 'publint',
    what: "the tarball's package.json",
    lane: 'node',
    after: ['package'],
    rest: true,
    commands: () => [bin('publint', '--strict', tarball)],
  },
  {
    name: 'attw',
    what: "the tarball's types, as every kind of module resolution finds them",
    lane: 'node',
    after: ['package'],
    rest: true,
    commands: () => [bin('attw', tarball)],
  },
  {
    name: 'old-types',
    what: 'type tests against the installed package, in every older TypeScript that people use',
    lane: 'cargo',
    after: ['package'],
    rest: true,
    run: () => checkTypes(older),
  },
  {
    name: 'survival',
    what: 'what breaks the Wasm, at many places and depths, in Node 20 and 24; a full load; hostile realms',
    lane: 'node',
    after: ['package', 'matrix'],
    rest: true,
    commands: async () => [
      [...nodeTests(await testFiles(survival)), { WECHATPAY_WIDE: '1' }],
      nodeTests([...(await testFiles(hostile)), flood]),
    ],
    count: nodeCounts,
  },
  {
    name: 'endpoints',
    what: 'every documented endpoint, by each form of the chain and in the sandbox',
    lane: 'node',
    after: ['package'],
    rest: true,
    commands: () => [nodeTests(everyEndpoint)],
    count: nodeCounts,
  },
  {
    name: 'program',
    what: 'the command and the sandbox as programs: page, hostile requests, its parent, its sudden end',
    lane: 'node',
    after: ['package'],
    rest: true,
    commands: async () => [nodeTests([...asProgram, ...(await testFiles(command))])],
    count: nodeCounts,
  },
  {
    name: 'release',
    what: 'both READMEs, followed word by word; a release, rehearsed; the workflows, linted',
    lane: 'npm',
    after: ['package'],
    rest: true,
    commands: async () => [
      nodeTests([...(await testFiles(readme)), ...(await testFiles(release))]),
    ],
    count: nodeCounts,
  },
  {
    name: 'examples',
    what: 'every example under its own runtime, against the sandbox',
    lane: 'node',
    after: ['package', 'matrix'],
    rest: true,
    commands: async () => {
      await frameworks();
      return [nodeTests(await testFiles(examples))];
    },
    count: nodeCounts,
  },
  {
    name: 'page',
    what: "the sandbox's page in headless Chromium",
    lane: 'node',
    // `matrix` installs Chromium.
    after: ['package', 'matrix'],
    rest: true,
    commands: async () => {
      await accessibility();
      return [nodeTests(await testFiles(page))];
    },
    count: nodeCounts,
  },
  {
    name: 'docs',
    what: 'the site in both languages: every code block, every link, its pages in headless Chromium',
    lane: 'npm',
    // `matrix` installs Chromium.
    after: ['package', 'matrix'],
    rest: true,
    commands: async () => {
      await accessibility();
      await buildSite();
      return [nodeTests(await testFiles('docs/tests'))];
    },
    count: nodeCounts,
  },
  {
    name: 'runtimes',
    what: 'one suite in every runtime, bundler and test runner that is promised',
    lane: 'node',
    after: ['package', 'matrix'],
    rest: true,
    // Some of the tools want a newer Node than ours has to be.
    commands: () => [[node('24'), ['tests/runtimes/run.mjs']]],
    count: matrixCounts,
  },
];

// Not npx, which takes half a second to find it.
function bin(name, ...args) {
  return [join(root, 'node_modules/.bin', name), args];
}

function nodeTests(files, atOnce = 2) {
  return [
    process.execPath,
    ['--test', `--test-concurrency=${atOnce}`, '--test-reporter=spec', ...files],
  ];
}

/** Every test in a folder, but for those that are `apart`. */
async function testFiles(folder, apart = []) {
  const entries = await readdir(join(root, folder), { withFileTypes: true });
  const nested = entries.map((entry) => {
    const path = `${folder}/${entry.name}`;
    if (apart.includes(path) || entry.name === 'node_modules') return [];
    if (entry.isDirectory()) return testFiles(path, apart);
    return entry.name.endsWith('.test.mjs') ? [path] : [];
  });
  return (await Promise.all(nested)).flat().sort();
}

function cargoCounts(output) {
  const results = /^test result: \w+\. (\d+) passed; (\d+) failed; (\d+) ignored/gm;
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const [, passed, failed, ignored] of output.matchAll(results)) {
    sum.passed += Number(passed);
    sum.failed += Number(failed);
    sum.skipped += Number(ignored);
  }
  return sum;
}

function matrixCounts(output) {
  const last = output.match(/^(\d+) passed, (\d+) failed, (\d+) skipped$/m) ?? [];
  const [passed, failed, skipped] = last.slice(1).map(Number);
  return last.length > 0 ? { passed, failed, skipped } : {};
}

function nodeCounts(output) {
  // One for each command of the step.
  const number = (name) => {
    const found = output.matchAll(new RegExp(`^ℹ ${name} (\\d+)$`, 'gm'));
    return [...found].reduce((sum, [, count]) => sum + Number(count), 0);
  };
  return {
    passed: number('pass'),
    failed: number('fail') + number('cancelled'),
    skipped: number('skipped') + number('todo'),
  };
}
