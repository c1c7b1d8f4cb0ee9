// The type tests, against the installed package, with every TypeScript that is asked for ×
// way to resolve modules × runtime whose types stand beside the package's. Each is one check, and
// one line.

import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { root, seconds } from './run.mjs';
import { writeExamples } from './type-examples.mjs';
import { openTypeScript } from './typescript.mjs';

const tests = join(root, 'tests/types');
const template = join(root, 'pkg-template/index.d.ts');
const packages = join(root, 'tests/node_modules');
const made = join(root, 'target/types');

// As package.json's devDependencies name them.
export const newest = ['typescript'];
export const older = ['typescript-5.0', 'typescript-5.9'];

// A processor each.
const AT_A_TIME = 2;

const bundler = { module: 'esnext', moduleResolution: 'bundler' };
const node16 = { module: 'node16', moduleResolution: 'node16' };
const nodenext = { module: 'nodenext', moduleResolution: 'nodenext' };

const users = {
  dom: { libraries: { lib: ['es2022', 'dom'], types: [] } },
  node: { libraries: { lib: ['es2022'], types: ['node'] }, own: ['node.mts'] },
  worker: {
    libraries: { lib: ['es2022'], types: ['@cloudflare/workers-types'] },
    own: ['worker.mts'],
  },
};

const everywhere = [
  'calls.mts',
  'chain-contracts.mts',
  'chain.mts',
  'files-and-payments.mts',
  'individual-contracts.mts',
  'notifications.mts',
  'real-calls.mts',
  'refused.mts',
];

/** Runs every check with each of these compilers, and gives the counts. */
export async function checkTypes(compilers) {
  await rm(made, { recursive: true, force: true });
  await mkdir(made, { recursive: true });
  // What is written there finds the package as the tests do. A junction needs no rights on Windows.
  await symlink(packages, join(made, 'node_modules'), 'junction');
  const shared = {
    refused: await writeUnexpected(),
    examples: await writeExamples(join(packages, 'wechatpay-wasm'), join(made, 'examples')),
    calls: await writeCalls(),
  };

  const counts = { passed: 0, failed: 0 };
  const waiting = [...compilers];
  const work = async () => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      await checkWith(name, shared, counts);
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  return counts;
}

async function checkWith(name, shared, counts) {
  const { version, compile, close } = await openTypeScript(name);
  try {
    for (const check of checks(version, shared)) {
      const started = Date.now();
      const problem = check.problemIn(await compile(await project(version, check)));
      const label = `TypeScript ${version.padEnd(5)} ${check.label}`;
      const result = problem === '' ? 'passed' : 'FAILED';
      console.log(`${result}  ${label.padEnd(42)} ${seconds(started)}`);
      if (problem !== '') console.error(problem);
      counts[problem === '' ? 'passed' : 'failed'] += 1;
    }
  } finally {
    await close();
  }
}

function checks(version, { refused, examples, calls }) {
  const hasUsing = !/^5\.[01]\./.test(version);
  const anything = (said) => said;
  const matrix = [bundler, node16, nodenext].flatMap((resolution) =>
    Object.entries(users).map(([user, { libraries, own = [] }]) => {
      const files = [...everywhere, ...own];
      if (hasUsing) files.push('using.mts');
      // `import = require()` is Node's, and no bundler's.
      if (resolution !== bundler) files.push('required.cts');
      return {
        label: `${resolution.moduleResolution.padEnd(8)} ${user}`,
        options: { ...resolution, ...libraries },
        files: files.map((file) => join(tests, file)),
        problemIn: anything,
      };
    }),
  );
  const refusals = {
    label: 'sees what is refused',
    options: { ...nodenext, ...users.dom.libraries },
    files: [refused.file],
    problemIn: (said) => unlessOn(refused.lines, said),
  };
  // Joined, a part finds what it has not imported.
  const parts = {
    label: 'each part by itself',
    options: { ...nodenext, ...users.dom.libraries },
    files: [template],
    problemIn: anything,
  };
  // With the newest libraries, which say themselves what Symbol.dispose is.
  const documentation = {
    label: 'README and TSDoc',
    options: {
      ...nodenext,
      lib: ['esnext'],
      types: ['node'],
      allowJs: true,
      checkJs: true,
      // JavaScript gives its parameters no types.
      noImplicitAny: false,
    },
    files: [join(tests, 'examples.d.ts'), ...examples],
    problemIn: anything,
  };
  const everyOperation = [
    {
      label: 'every operation',
      // What stands in brackets is a property of its own, and not what an index signature may give.
      options: { noUncheckedIndexedAccess: true },
      files: [join(tests, 'indexed-access.mts'), calls.right],
      problemIn: anything,
    },
    {
      label: 'mistakes of every operation',
      files: [calls.wrong],
      problemIn: (said) => unlessNamed(calls.named, said),
    },
  ].map((check) => ({
    ...check,
    options: { ...nodenext, ...users.dom.libraries, ...check.options },
  }));
  return [...matrix, refusals, parts, ...everyOperation, ...(hasUsing ? [documentation] : [])];
}

async function project(version, { label, options, files }) {
  const folder = join(made, `${version} ${label}`.replaceAll(/\s+/g, '-'));
  const from = (path) => relative(folder, path).replaceAll('\\', '/');
  const config = {
    extends: from(join(tests, 'tsconfig.json')),
    compilerOptions: options,
    files: files.map(from),
  };
  await mkdir(folder);
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config));
  return folder;
}

// A directive is content with any error on its line, and a compiler that finds nothing there says so
// only while it looks. So here all are taken out, and each has to leave one error behind.
async function writeUnexpected() {
  const directive = /^\/\/ @ts-expect-error /;
  const text = (await readFile(join(tests, 'refused.mts'), 'utf8')).split('\n');
  const file = join(made, 'refused.mts');
  await writeFile(file, text.map((line) => line.replace(directive, '// ')).join('\n'));
  return { file, lines: text.flatMap((line, i) => (directive.test(line) ? [i + 2] : [])) };
}

async function writeCalls() {
  // Not at the top: what they read with may not be installed yet when this file is loaded.
  const { readCatalogue } = await import('./catalogue/read.mjs');
  const { rightCalls, wrongCalls } = await import('./catalogue/type-tests.mjs');
  const catalogue = await readCatalogue();
  const { text, named } = wrongCalls(catalogue);
  const [right, wrong] = ['right.mts', 'wrong.mts'].map((name) => join(made, name));
  await writeFile(right, rightCalls(catalogue));
  await writeFile(wrong, text);
  return { right, wrong, named };
}

// Each line has its errors, which say the name that is missing or misspelt, and no other line has any.
function unlessNamed(named, said) {
  const errors = new Map();
  let line;
  for (const text of said.split('\n')) {
    line = Number(/^\S.*\((\d+),\d+\): error /.exec(text)?.[1] ?? line);
    errors.set(line, `${errors.get(line) ?? ''}${text}\n`);
  }
  errors.delete(Number.NaN);
  const silent = [...named].filter(([number]) => !errors.has(number));
  const extra = [...errors].filter(([number]) => !named.has(number));
  const vague = [...named].filter(([n, name]) => name && !errors.get(n)?.includes(`'${name}'`));
  if (named.size > 0 && silent.length + extra.length + vague.length === 0) return '';
  return [
    `Lines without an error: ${silent.map(([number]) => number)}`,
    `Lines with an error that is not expected: ${extra.map(([, text]) => text).join('')}`,
    `Lines whose error does not say the name: ${vague.map(([n, name]) => `${n} ${name}: ${errors.get(n)}`).join('')}`,
  ].join('\n');
}

function unlessOn(lines, said) {
  const found = [...said.matchAll(/^\S.*\((\d+),\d+\): error /gm)].map(([, line]) => Number(line));
  if (lines.length > 0 && found.join() === lines.join()) return '';
  return `One error was expected on each of the lines ${lines}; they are on ${found}.\n${said}`;
}
