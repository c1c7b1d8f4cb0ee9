// Jest and Vitest: the package is imported in a user's test.

import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { output } from '../child.mjs';
import { command, here, node, version } from '../tools.mjs';

export const rows = [
  {
    runtime: 'Jest',
    how: 'node, CommonJS',
    version: version('jest'),
    run: (stage) => inJest(stage, { testEnvironment: 'node', ...transformed }),
  },
  {
    runtime: 'Jest',
    how: 'node, ES modules',
    version: version('jest'),
    run: (stage) =>
      inJest(stage, { testEnvironment: 'node', transform: {} }, ['--experimental-vm-modules']),
  },
  {
    runtime: 'Jest',
    how: '`@edge-runtime/jest-environment`, `moduleNameMapper` to `dist/index.cjs`',
    version: version('jest'),
    run: (stage) =>
      inJest(stage, {
        testEnvironment: '@edge-runtime/jest-environment',
        // Here Jest resolves packages as Vercel's bundlers do, but it cannot import a Wasm file.
        ...transformed,
        moduleNameMapper: { '^wechatpay-wasm$': commonJs },
      }),
  },
  {
    runtime: 'Jest',
    how: 'jsdom, and with the classes and the `fetch` that it lacks',
    version: version('jest'),
    async run(stage) {
      const bare = { testEnvironment: 'jest-environment-jsdom', ...transformed };
      const { results } = await inJest(stage, { ...bare, testMatch: ['**/jsdom.spec.mjs'] });
      const whole = { ...bare, testEnvironment: './jsdom-with-fetch.cjs' };
      return { results: [...results, ...(await inJest(stage, whole)).results] };
    },
  },
  ...['node', 'edge-runtime'].map((environment) => ({
    runtime: 'Vitest',
    how: environment === 'node' ? 'node' : '`environment: "edge-runtime"`',
    version: version('vitest'),
    run: (stage) => inVitest(stage, environment),
  })),
];

const commonJs = createRequire(import.meta.url).resolve('wechatpay-wasm');
const transformed = { transform: { '\\.mjs$': './to-common-js.cjs' } };

async function inJest({ connections, folder }, config, flags = []) {
  const root = join(here, 'hosts/jest');
  const report = join(folder, 'report.json');
  const given = join(folder, 'connections.cjs');
  await writeFile(given, `module.exports = ${JSON.stringify(connections)};`);
  const { moduleNameMapper, ...rest } = config;
  const settings = JSON.stringify({
    rootDir: root,
    roots: [root],
    testMatch: ['**/users.spec.mjs'],
    moduleFileExtensions: ['mjs', 'cjs', 'js', 'json'],
    testTimeout: 120_000,
    cacheDirectory: join(folder, 'cache'),
    moduleNameMapper: { '^#connections$': given, ...moduleNameMapper },
    ...rest,
  });
  const program = [...flags, command('jest', 'bin/jest.js'), '--config', settings];
  return reported(report, program, ['--json', `--outputFile=${report}`, '--no-cache'], root);
}

async function inVitest({ connections, folder }, environment) {
  const root = join(here, 'hosts/vitest');
  const report = join(folder, 'report.json');
  const args = ['run', `--environment=${environment}`, '--reporter=json', `--outputFile=${report}`];
  const env = { CONNECTIONS: JSON.stringify(connections) };
  return reported(report, [command('vitest', 'vitest.mjs')], args, root, env);
}

// Both write reports of the same form. Failed tests end them with code 1, but the report says more.
async function reported(report, program, args, cwd, env) {
  let failure = '';
  await output(node('24'), [...program, ...args], { cwd, env }).catch(({ message }) => {
    failure = message;
  });
  const { testResults } = JSON.parse(await readFile(report, 'utf8').catch(() => '{}'));
  const tests = (testResults ?? []).flatMap(({ assertionResults }) => assertionResults);
  if (tests.length === 0) throw new Error(`It ran no test.\n${failure}`);
  const results = tests.map(({ title, status, failureMessages }) =>
    status === 'passed' ? { name: title } : { name: title, error: failureMessages.join('\n') },
  );
  // For example an unhandled rejection outside the tests.
  const beside = failure !== '' && results.every(({ error }) => error === undefined);
  return { results: beside ? [...results, { name: 'the run', error: failure }] : results };
}
