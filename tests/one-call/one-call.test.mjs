// One call from Bun, Deno and workerd, by the installed package. What else they have to do is the matrix's to
// show (tests/runtimes).
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { createSandbox } from 'wechatpay-wasm/sandbox';
import { environmentOf } from '../environment-of.mjs';
import { bundleFor } from '../runtimes/esbuild.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const machine = `${process.platform}-${process.arch}`;
const installed = (...parts) => join(here, 'node_modules', ...parts);
const bun = installed('@oven', `bun-${machine.replace('arm64', 'aarch64')}`, 'bin/bun');
const deno = installed('@deno', machine + (process.platform === 'linux' ? '-glibc' : ''), 'deno');
const workerd = installed('@cloudflare', `workerd-${machine.replace('x64', '64')}`, 'bin/workerd');

const timeout = 60_000;
const sandbox = await createSandbox();
after(() => sandbox.close());

/** Runs a program, which makes one call, and prints what it gave. */
async function callsOnce(program, args, options = {}) {
  sandbox.requests.length = 0;
  const { stdout } = await promisify(execFile)(program, args, { cwd: here, timeout, ...options });
  assert.match(stdout, /^\{"preEntrustwebId":"1121_[0-9a-f]{64}_[0-9a-f]{32}"\}$/m);
  assert.deepEqual(
    sandbox.requests.map(({ result }) => result.ok),
    [true],
  );
  return stdout;
}

test('one call in Bun', async () => {
  await callsOnce(bun, ['call.mjs', JSON.stringify(sandbox.options)]);
});

test('one call in Deno, with --allow-net alone', async () => {
  const args = ['run', '--no-prompt', '--allow-net=127.0.0.1', 'call.mjs'];
  await callsOnce(deno, [...args, JSON.stringify(sandbox.options)]);
});

test('Deno is asked for the language only where that is allowed', async () => {
  const env = {
    ...process.env,
    WECHATPAY_LOCALE: '',
    LC_ALL: '',
    LC_MESSAGES: '',
    LANG: 'zh_CN.UTF-8',
  };
  const said = async (...allowed) => {
    const args = ['run', '--no-prompt', ...allowed, 'language.mjs'];
    const { stdout } = await promisify(execFile)(deno, args, { cwd: here, timeout, env });
    return stdout;
  };
  assert.match(await said(), /^mchid: must be a string/);
  assert.match(await said('--allow-env=LANG'), /^mchid：必须是字符串/);
  assert.match(await said('--allow-env'), /^mchid：必须是字符串/);
});

test('WECHATPAY_LOG logs in Bun and Deno, by new Wechatpay and by fromEnv', async () => {
  const given = JSON.stringify(sandbox.options);
  const env = { ...process.env, ...environmentOf(sandbox.options), WECHATPAY_LOG: 'info' };
  const inDeno = ['run', '--no-prompt', '--allow-net=127.0.0.1', '--allow-env', 'call.mjs'];
  for (const [program, args] of [
    [bun, ['call.mjs', given]],
    [bun, ['call.mjs']],
    [deno, [...inDeno, given]],
    [deno, inDeno],
  ]) {
    const written = await callsOnce(program, args, { env });
    assert.match(written, /^wechatpay: preEntrustSignApp succeeded in \d+ ms \{/m);
  }
  // What Deno may not read is not asked for.
  const allowed = inDeno.filter((each) => each !== '--allow-env');
  const written = await callsOnce(deno, [...allowed, given], { env });
  assert.doesNotMatch(written, /wechatpay:/);
});

test('one call in workerd, in the bundle that wrangler would make', async () => {
  const folder = join(here, '../../target/one-call');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const { files } = await bundleFor('../one-call/worker.mjs', folder, sandbox.options, {
    conditions: ['workerd', 'worker', 'browser'],
    external: ['cloudflare:*', 'node:*'],
  });
  const modules = files.map((path) => {
    const name = basename(path);
    const kind = name.endsWith('.wasm') ? 'wasm' : 'esModule';
    return `(name = "${name}", ${kind} = embed "${name}")`;
  });
  // The script, which the bundler names first or last, is the Worker's main module.
  modules.sort((one) => (one.includes('esModule') ? -1 : 1));
  const config = join(folder, 'config.capnp');
  await writeFile(
    config,
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .worker),
    (name = "internet", network = (allow = ["private"])),
  ],
);
const worker :Workerd.Worker = (
  modules = [${modules.join(', ')}],
  compatibilityDate = "2026-07-30",
);
`,
  );
  await callsOnce(workerd, ['test', config], { cwd: folder });
});

test('they are those of the matrix', async () => {
  const read = async (path) => JSON.parse(await readFile(join(here, path), 'utf8'));
  const { optionalDependencies } = await read('package.json');
  const { packages } = await read('../runtimes/package-lock.json');
  assert.deepEqual(
    optionalDependencies,
    Object.fromEntries(
      Object.keys(optionalDependencies).map((name) => [
        name,
        packages[`node_modules/${name}`]?.version,
      ]),
    ),
  );
});
