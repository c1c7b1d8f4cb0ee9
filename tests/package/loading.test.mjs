// Hosts in which the Wasm cannot start: importing the package never fails, and using it says why.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import { createContext, Script } from 'node:vm';
import { build } from 'esbuild';

const main = createRequire(import.meta.url).resolve('wechatpay-wasm');
const dist = dirname(main);
const folder = await mkdtemp(join(tmpdir(), 'loading-'));
after(() => rm(folder, { recursive: true, force: true }));

const use = `
  let said = 'it works';
  try {
    Wechatpay.fromEnv({});
  } catch (error) {
    if (error.option === 'WebAssembly') said = error.name + ' ' + error.message;
  }
  console.log(said);
`;
const program = join(folder, 'program.cjs');
await writeFile(program, `const { Wechatpay } = require(${JSON.stringify(main)});${use}`);

const run = async (command, args) => (await promisify(execFile)(command, args)).stdout.trim();

test('without WebAssembly', async () => {
  const said = await run(process.execPath, ['--jitless', program]);
  assert.match(said, /^ConfigError WebAssembly: this runtime has none\. .*--jitless/);
});

const limited = { skip: process.platform !== 'linux' && 'ulimit -v is of Linux' };

test('with too little address space, and with the flag that the error names', limited, async () => {
  const within = (...flags) =>
    run('/bin/sh', [
      '-c',
      'ulimit -v 4000000; exec "$@"',
      'sh',
      process.execPath,
      ...flags,
      program,
    ]);
  const said = await within();
  assert.match(said, /^ConfigError WebAssembly: there is too little memory or address space/);
  const [flag] = said.match(/--[\w-]+/);
  assert.equal(await within(flag), 'it works');
});

test('while a snapshot is built, and once it runs', async () => {
  const entry = join(folder, 'snapshot-entry.cjs');
  const script = join(folder, 'snapshot.cjs');
  const blob = join(folder, 'snapshot.blob');
  const later = `require('node:v8').startupSnapshot.setDeserializeMainFunction(() => {${use}});`;
  await writeFile(entry, `${await readFile(program, 'utf8')}${later}`);
  await build({ entryPoints: [entry], outfile: script, bundle: true, platform: 'node' });
  const building = await run(process.execPath, [
    '--snapshot-blob',
    blob,
    '--build-snapshot',
    script,
  ]);
  assert.match(building, /^ConfigError WebAssembly: .* while a snapshot is built/);
  assert.equal(await run(process.execPath, ['--snapshot-blob', blob]), 'it works');
});

/** The package in a context of its own, with these globals. */
async function inContext(globals, options) {
  const context = createContext(globals, options);
  const require = async (name) => {
    const code = `(exports, module, require) => {${await readFile(join(dist, name), 'utf8')}\n}`;
    return new Script(code, { filename: name }).runInContext(context);
  };
  const [index, wasm] = await Promise.all(['index.cjs', 'wasm.cjs'].map(require));
  const module = { exports: {} };
  index(module.exports, module, () => {
    const inlined = { exports: {} };
    wasm(inlined.exports, inlined);
    return inlined.exports;
  });
  return module.exports;
}

test('where bytes may not be compiled', async () => {
  const forbidding = { codeGeneration: { wasm: false } };
  const host = { TextDecoder, TextEncoder, atob };
  for (const [navigator, message] of [
    [undefined, /compiles no bytes\. In an edge runtime .* codeGeneration\.wasm/],
    [{ userAgent: 'Cloudflare-Workers' }, /with the condition workerd/],
    [{ userAgent: 'Mozilla/5.0 (X11)' }, /'wasm-unsafe-eval'/],
  ]) {
    const { Wechatpay } = await inContext({ ...host, navigator }, forbidding);
    assert.throws(() => Wechatpay.fromEnv({}), { name: 'ConfigError', message });
  }
});

test('without TextDecoder and TextEncoder, as in jsdom', async () => {
  for (const [host, option] of [
    [{ TextDecoder }, 'TextEncoder'],
    [{ TextEncoder }, 'TextDecoder'],
  ]) {
    const globals = { ...host, atob };
    const { Wechatpay } = await inContext(globals);
    const given = [{ mchid: '1', serial: 'A', privateKey: 'x', certs: { PUB_KEY_ID_01: 'x' } }];
    for (const open of [() => new Wechatpay(...given), () => Wechatpay.fromEnv({ a: 'b' })]) {
      assert.throws(open, { name: 'ConfigError', option, message: /jsdom lacks it/ });
    }
    // What is missing may come later.
    Object.assign(globals, { TextDecoder, TextEncoder });
    assert.throws(() => Wechatpay.fromEnv({ a: 'b' }), { option: 'mchid' });
  }
});

test('a bundler that gives something else for a Wasm file', async () => {
  const entry = join(folder, 'asset.mjs');
  const outfile = join(folder, 'asset-bundle.mjs');
  await writeFile(entry, `import { Wechatpay } from 'wechatpay-wasm';${use}`);
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: 'esm',
    conditions: ['workerd'],
    loader: { '.wasm': 'dataurl' },
    nodePaths: [dirname(dirname(dist))],
  });
  assert.match(await run(process.execPath, [outfile]), /did not give a WebAssembly\.Module/);
});
