// The steps of npm test, in their order. A step is either something to `run`, one check unless it
// gives counts of its own, or `commands` (program, arguments, environment), each of them one check
// unless `count` reads the runner's own counts.
// `after` names the step that has to succeed first.

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { node } from '../tests/runtimes/tools.mjs';
import { build } from './build.mjs';
import { pack } from './pack.mjs';
import { root } from './run.mjs';
import { runtimes, testRunner, wasmTarget } from './setup.mjs';
import { checkSizes } from './size.mjs';
import { checkTypes } from './types.mjs';

const wasm = ['--target', wasmTarget];
const warningsAreErrors = ['--', '--deny', 'warnings'];
const docEnv = { RUSTDOCFLAGS: '--deny warnings' };

const inWasm = [
  ...wasm,
  // As a list: cargo takes the text of its environment variable apart at every space of the path.
  ...['--config', `target.${wasmTarget}.runner=[${JSON.stringify(testRunner)}]`],
  // Debug information is most of a test binary, all of which the runner reads, and no test needs it.
  ...['--config', 'profile.dev.debug=false'],
];

const examples = 'tests/examples';

let tarball;

export const steps = [
  {
    name: 'biome',
    what: 'format and lint of JavaScript, TypeScript and JSON',
    commands: () => [bin('biome', 'check', '--error-on-warnings', '.')],
  },
  {
    name: 'fmt',
    what: 'format of Rust',
    needs: 'test programs',
    commands: () => [
      ['cargo', ['fmt', '--check']],
      ['cargo', ['fmt', '--check', '--manifest-path', 'tools/wasm-bindgen/Cargo.toml']],
    ],
  },
  {
    name: 'clippy',
    what: 'lint of Rust, native and Wasm',
    needs: 'test programs',
    commands: () => [
      ['cargo', ['clippy', '--locked', '--all-targets', ...warningsAreErrors]],
      ['cargo', ['clippy', '--locked', '--all-targets', ...wasm, ...warningsAreErrors]],
    ],
  },
  {
    name: 'doc',
    what: 'Rust documentation, native and Wasm, without a broken link',
    commands: () => [
      ['cargo', ['doc', '--locked', '--no-deps'], docEnv],
      ['cargo', ['doc', '--locked', '--no-deps', ...wasm], docEnv],
    ],
  },
  {
    name: 'native',
    what: 'Rust tests, with those in the documentation',
    commands: () => [['cargo', ['test', '--locked', '--no-fail-fast']]],
    count: cargoCounts,
  },
  {
    name: 'wasm',
    what: 'Rust tests, in Wasm under Node',
    needs: 'test programs',
    commands: () => [['cargo', ['test', '--locked', '--no-fail-fast', '--tests', ...inWasm]]],
    count: cargoCounts,
  },
  {
    name: 'package',
    what: 'build pkg/, pack it, install the tarball',
    run: async () => {
      await build();
      tarball = await pack();
    },
  },
  {
    name: 'size',
    what: 'what the package weighs and adds to an app, against size-budget.json',
    after: 'package',
    run: () => checkSizes(tarball),
  },
  {
    name: 'publint',
    what: "the tarball's package.json",
    after: 'package',
    commands: () => [bin('publint', '--strict', tarball)],
  },
  {
    name: 'attw',
    what: "the tarball's types, as every kind of module resolution finds them",
    after: 'package',
    commands: () => [bin('attw', tarball)],
  },
  {
    name: 'types',
    what: 'type tests against the installed package, in every TypeScript that people use',
    after: 'package',
    run: checkTypes,
  },
  {
    name: 'node',
    what: 'JavaScript tests against the installed package',
    after: 'package',
    commands: async () => [
      [
        process.execPath,
        ['--test', '--test-concurrency=2', '--test-reporter=spec', ...(await testFiles('tests'))],
      ],
    ],
    count: nodeCounts,
  },
  {
    name: 'examples',
    what: 'every example under its own runtime, against the sandbox',
    after: 'package',
    commands: async () => {
      await runtimes();
      return [
        [
          process.execPath,
          [
            '--test',
            '--test-concurrency=2',
            '--test-reporter=spec',
            ...(await testFiles(examples)),
          ],
        ],
      ];
    },
    count: nodeCounts,
  },
  {
    name: 'runtimes',
    what: 'one suite in every runtime, bundler and test runner that is promised',
    after: 'package',
    commands: async () => {
      await runtimes({ withBrowser: true });
      // Some of the tools want a newer Node than ours has to be.
      return [[node('24'), ['tests/runtimes/run.mjs']]];
    },
    count: matrixCounts,
  },
];

// Not npx, which takes half a second to find it.
function bin(name, ...args) {
  return [join(root, 'node_modules/.bin', name), args];
}

async function testFiles(folder) {
  const entries = await readdir(join(root, folder), { withFileTypes: true });
  const nested = entries.map((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return isElsewhere(path) ? [] : testFiles(path);
    return entry.name.endsWith('.test.mjs') ? [path] : [];
  });
  return (await Promise.all(nested)).flat().sort();
}

// Not a test of ours, or one that a step of its own runs.
function isElsewhere(path) {
  return path === examples || path.endsWith('/node_modules');
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
  const number = (name) => Number(output.match(new RegExp(`^ℹ ${name} (\\d+)$`, 'm'))?.[1] ?? 0);
  return {
    passed: number('pass'),
    failed: number('fail') + number('cancelled'),
    skipped: number('skipped') + number('todo'),
  };
}
