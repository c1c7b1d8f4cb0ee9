// Blocks of JavaScript and TypeScript that are not run: each is a module of its own, and all are one
// project of the newest TypeScript.

import { copyFile, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../../scripts/run.mjs';
import { openTypeScript } from '../../scripts/typescript.mjs';
import { placeOf } from './code-blocks.mjs';
import { packages } from './installed.mjs';

const target = join(root, 'target');
const ambient = join(root, 'docs/tests/ambient.d.ts');
// Their packages are what the pages of hosts and tests import.
const EXAMPLES = ['examples-node', 'examples-edge', 'tests/peers', 'tests/runtimes'];

const ENDINGS = { js: 'mjs', mjs: 'mjs', cjs: 'cjs', ts: 'mts', tsx: 'tsx', jsx: 'jsx' };
export const isTyped = ({ language }) => Object.hasOwn(ENDINGS, language);

const options = {
  ...{ module: 'nodenext', moduleResolution: 'nodenext', target: 'es2022', noEmit: true },
  ...{ lib: ['esnext', 'dom', 'dom.iterable'], types: ['node'], strict: true, skipLibCheck: true },
  // JavaScript gives its parameters no types, and NestJS decorates its own.
  ...{ allowJs: true, checkJs: true, experimentalDecorators: true, jsx: 'preserve' },
  moduleDetection: 'force',
};

/**
 * @param {import('./code-blocks.mjs').Block[]} blocks
 * @returns {Promise<Map<object, string>>} what is wrong with each that has an error
 */
export async function checkTypes(blocks) {
  if (blocks.length === 0) return new Map();
  await mkdir(target, { recursive: true });
  const folder = await mkdtemp(join(target, 'docs-blocks-'));
  try {
    await symlink(packages, join(folder, 'node_modules'), 'junction');
    const files = new Map();
    for (const block of blocks) {
      const name = `${block.page}-${block.line}`.replaceAll(/[^\w-]/g, '-');
      const file = `${name}.${ENDINGS[block.language]}`;
      files.set(file, block);
      // The compiler's line numbers are the page's.
      await writeFile(join(folder, file), `${'\n'.repeat(block.line)}${block.code}\n`);
    }
    // Beside the blocks, where the package is found.
    await copyFile(ambient, join(folder, 'ambient.d.ts'));
    await writeFile(join(folder, 'packages.d.ts'), await packagesAsAny());
    for (const [name, given] of projectsOf([...files.keys()])) {
      await mkdir(join(folder, name));
      const config = {
        compilerOptions: { ...options, ...given.options },
        files: [...given.files, 'ambient.d.ts', 'packages.d.ts'].map((file) => `../${file}`),
      };
      await writeFile(join(folder, name, 'tsconfig.json'), JSON.stringify(config));
    }
    return await errorsOf(folder, files);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

// JavaScript's parameters are of any type, TypeScript's are not.
const isScript = (file) => /js$|jsx$/.test(file);
const projectsOf = (files) =>
  [
    ['scripts', { files: files.filter(isScript), options: { noImplicitAny: false } }],
    ['typescript', { files: files.filter((file) => !isScript(file)), options: {} }],
  ].filter(([, { files }]) => files.length > 0);

async function errorsOf(folder, files) {
  const errors = new Map();
  const { compile, close } = await openTypeScript('typescript');
  try {
    for (const [name] of projectsOf([...files.keys()])) {
      const said = await compile(join(folder, name));
      collect(said, files, errors);
    }
  } finally {
    await close();
  }
  return errors;
}

// `<path>(<line>,<column>): error …`, and indented lines that go on.
function collect(said, files, errors) {
  let block;
  for (const line of said.split('\n')) {
    if (line.trim() === '') continue;
    const [, path, number, problem] = /^(\S.*)\((\d+),\d+\): (.*)$/.exec(line) ?? [];
    if (path !== undefined) {
      block = files.get(path.replaceAll('\\', '/').split('/').at(-1));
      if (block === undefined) throw new Error(said);
      add(errors, block, `${placeOf({ page: block.page, line: Number(number) })}: ${problem}`);
    } else if (block === undefined) throw new Error(said);
    else add(errors, block, line);
  }
}

function add(errors, block, line) {
  errors.set(block, errors.has(block) ? `${errors.get(block)}\n${line}` : line);
}

/** Packages of hosts that may not be installed: their names have to be right, and nothing more. */
async function packagesAsAny() {
  const manifests = await Promise.all(
    EXAMPLES.map((folder) => readFile(join(root, folder, 'package.json'), 'utf8')),
  );
  const names = manifests.flatMap((text) => {
    const { dependencies, devDependencies } = JSON.parse(text);
    return Object.keys({ ...dependencies, ...devDependencies });
  });
  const others = (await readFile(join(root, 'docs/tests/host-packages.txt'), 'utf8'))
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  const all = new Set([...names, ...others].filter((name) => !name.startsWith('wechatpay-wasm')));
  return [...all]
    .flatMap((name) => [`declare module '${name}';`, `declare module '${name}/*';`])
    .join('\n');
}
