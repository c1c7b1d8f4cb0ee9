// A host that has only what the package needs: no process, no Buffer, no files, and a `require` as
// a bundler has it. Access to anything else throws there.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { createContext, Script } from 'node:vm';
import { createSandbox } from 'wechatpay-wasm/sandbox';
import { environmentOf } from '../environment-of.mjs';

const dist = dirname(createRequire(import.meta.url).resolve('wechatpay-wasm'));
const sandbox = await createSandbox();

// What every runtime of the matrix has. The context itself provides the language and WebAssembly.
const { AbortController, TextDecoder, TextEncoder, URL, atob, clearTimeout, crypto, setTimeout } =
  globalThis;
const host = {
  AbortController,
  TextDecoder,
  TextEncoder,
  URL,
  atob,
  clearTimeout,
  crypto,
  setTimeout,
};

const beside = new Map();
for (const name of ['./index.cjs', './wasm.cjs']) {
  const path = join(dist, name);
  const code = `(exports, module, require) => {${await readFile(path, 'utf8')}\n}`;
  beside.set(name, new Script(code, { filename: path }));
}

async function load(globals) {
  const context = createContext({ ...globals });
  const require = (name) => {
    const module = { exports: {} };
    beside.get(name).runInContext(context)(module.exports, module, require);
    return module.exports;
  };
  return require('./index.cjs');
}

test('it sends calls, and takes an environment, without process and Buffer', async () => {
  const { Wechatpay } = await load({ ...host, fetch });
  const wxpay = new Wechatpay(sandbox.options);
  const params = { appid: 'wxd678efh567h23787', outContractCode: 'BARE_1' };
  const { preEntrustwebId } = await wxpay.preEntrustSignApp(params);
  assert.match(preEntrustwebId, /\w/);

  const again = Wechatpay.fromEnv(environmentOf(sandbox.options));
  assert.deepEqual({ ...(await again.preEntrustSignApp(params)) }, { preEntrustwebId });
});

test('it takes a notification without them, in every form of a body', async () => {
  const { Wechatpay, VerificationError, notificationResponse } = await load(host);
  const wxpay = new Wechatpay(sandbox.options);
  const { headers, body } = sandbox.notification({ eventType: 'A.B', resource: { id: '1' } });
  const bytes = new TextEncoder().encode(body);
  async function* parts() {
    yield bytes.subarray(0, 9);
    yield bytes.subarray(9);
  }
  const request = () => new Request('https://shop.example', { method: 'POST', headers, body });
  const readBodies = [body, bytes, bytes.buffer, parts(), request().body];
  for (const given of [request(), ...readBodies.map((each) => ({ headers, body: each }))]) {
    const { eventType, resource } = await wxpay.notification(given);
    assert.deepEqual([eventType, resource.id], ['A.B', '1']);
  }
  const changed = wxpay.notification({ headers, body: body.replace('A.B', 'A.C') });
  const error = await changed.catch((thrown) => thrown);
  assert.ok(error instanceof VerificationError);
  assert.equal(notificationResponse(error).status, 401);
});

test('a client opens without clock, randomness and fetch, but its calls fail', async () => {
  const { TextDecoder, TextEncoder, atob } = host;
  const { Wechatpay, ConfigError } = await load({ TextDecoder, TextEncoder, atob });
  const wxpay = new Wechatpay(sandbox.options);
  const call = wxpay.preEntrustSignApp({ appid: 'wx1', outContractCode: 'BARE_2' });
  await assert.rejects(
    call,
    (error) => error instanceof ConfigError && error.code === 'ERR_CONFIG',
  );
});

test('without an environment the error says how to give one', async () => {
  const { Wechatpay, preEntrustSignApp, ConfigError } = await load(host);
  assert.throws(() => Wechatpay.fromEnv(), { name: 'ConfigError', option: 'env' });
  const call = preEntrustSignApp({ appid: 'wx1', outContractCode: 'BARE_3' });
  await assert.rejects(call, (error) => error instanceof ConfigError && error.option === 'env');
});

test('a file that an environment names is rejected where there are no files', async () => {
  const { Wechatpay } = await load(host);
  const env = { WECHATPAY_MCHID: '1900007291', WECHATPAY_PRIVATE_KEY_FILE: '/nowhere.pem' };
  assert.throws(() => Wechatpay.fromEnv(env), { name: 'ConfigError', code: 'ERR_CONFIG' });
});

test('it warns once in a browser, and nowhere else', async () => {
  const warnings = [];
  const console = { warn: (text) => warnings.push(text) };
  const agents = ['Node.js/24', 'Bun/1.4', 'Deno/2.9', 'Cloudflare-Workers', undefined];
  for (const userAgent of agents) {
    const { Wechatpay } = await load({ ...host, console, navigator: { userAgent } });
    new Wechatpay(sandbox.options);
  }
  // jsdom, in which tests under Node run.
  const node = { versions: { node: '24.0.0' } };
  const inJsdom = await load({
    ...host,
    console,
    process: node,
    navigator: { userAgent: 'Mozilla/5.0 (linux) AppleWebKit/537.36 jsdom/26.0.0' },
  });
  new inJsdom.Wechatpay(sandbox.options);
  assert.deepEqual(warnings, []);

  const navigator = { userAgent: 'Mozilla/5.0 (X11; Linux x86_64)' };
  const { Wechatpay } = await load({ ...host, console, navigator });
  new Wechatpay(sandbox.options);
  new Wechatpay(sandbox.options);
  assert.equal(warnings.length, 1);
  assert.match(warnings[0], /does not belong/);
});

test('the sandbox closes', () => sandbox.close());
