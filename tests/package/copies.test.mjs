// Several copies of the package in one process: each knows the others' errors. A bundle has one copy,
// whether its modules import the package or require it.
import assert from 'node:assert/strict';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

import * as here from 'wechatpay-wasm';

import { merchant } from '../merchant.mjs';

const require = createRequire(import.meta.url);
const dist = dirname(require.resolve('wechatpay-wasm'));

async function inFolder(body) {
  const folder = await mkdtemp(join(tmpdir(), 'copies-'));
  try {
    return await body(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Errors of each class, as a copy of the package makes them. */
async function errorsOf({ Wechatpay }) {
  const caught = (promise) => promise.then(assert.fail, (error) => error);
  const opened = (more) => new Wechatpay({ ...merchant, maxRetries: 0, ...more });
  const failing = opened({ fetch: () => Promise.reject(new Error('no')) });
  const refused = opened({ fetch: async () => new Response('{}', { status: 403 }) });
  const unsigned = opened({ fetch: async () => new Response('{}') });
  const params = { appid: 'wx1', outContractCode: 'A' };
  return {
    ConfigError: await caught(Promise.resolve().then(() => new Wechatpay({}))),
    ValidationError: await caught(failing.decrypt(7)),
    TransportError: await caught(failing.preEntrustSignApp(params)),
    ApiError: await caught(refused.preEntrustSignApp(params)),
    VerificationError: await caught(unsigned.preEntrustSignApp(params)),
  };
}

test('the errors of each copy are known by every other one', () =>
  inFolder(async (folder) => {
    await cp(dist, folder, { recursive: true });
    await writeFile(join(folder, 'package.json'), '{"type":"module"}');
    const path = require.resolve('wechatpay-wasm');
    const loaded = require(path);
    delete require.cache[path];
    const copies = [
      here,
      // As jest.resetModules() makes them.
      require(path),
      await import(pathToFileURL(join(dist, 'index.mjs'))),
      await import(pathToFileURL(join(folder, 'node.mjs'))),
    ];
    assert.notEqual(copies[1].ApiError, loaded.ApiError);
    for (const made of copies) {
      const errors = await errorsOf(made);
      for (const asked of copies) {
        for (const [name, error] of Object.entries(errors)) {
          assert.ok(error instanceof asked.WechatpayError, name);
          for (const other of Object.keys(errors)) {
            assert.equal(error instanceof asked[other], name === other, `${name}, ${other}`);
          }
        }
        const { status } = asked.notificationResponse(errors.ValidationError);
        assert.equal(status, 500);
      }
      const wxpay = new made.Wechatpay({ ...merchant, apiv3Key: 'x'.repeat(32) });
      const forged = await wxpay.notification({ headers: {}, body: '{}' }).catch((error) => error);
      const wrong = await wxpay.notification({ headers: {}, body: 7 }).catch((error) => error);
      for (const asked of copies) {
        assert.equal(asked.notificationResponse(forged).status, 401);
        assert.equal(asked.notificationResponse(wrong).status, 401);
      }
    }
  }));

test('classes that a caller derives, and what is no error of ours', () => {
  const { WechatpayError, ApiError, ConfigError } = here;
  class Own extends ApiError {}
  const own = Object.create(Own.prototype);
  assert.ok(own instanceof Own && own instanceof ApiError && own instanceof WechatpayError);
  assert.ok(!(Object.create(ApiError.prototype) instanceof Own));
  assert.ok(!(own instanceof ConfigError));
  const { proxy: revoked, revoke } = Proxy.revocable({}, {});
  revoke();
  const throwing = new Proxy(
    {},
    {
      get() {
        throw new Error('no');
      },
      getPrototypeOf() {
        throw new Error('no');
      },
    },
  );
  const others = [undefined, null, 7, 'x', {}, Object.create(null), () => {}, new Error('x')];
  for (const value of [...others, revoked, throwing, { name: 'ApiError', code: 'X' }]) {
    assert.equal(value instanceof ApiError, false);
    assert.equal(value instanceof WechatpayError, false);
  }
});

const conditions = { workerd: ['workerd', 'worker'], 'edge-light': ['edge-light'] };

for (const platform of ['browser', 'neutral', 'node', 'workerd', 'edge-light']) {
  test(`a bundle for ${platform} has one copy for import and require`, () =>
    inFolder(async (folder) => {
      const entry =
        "import * as one from 'wechatpay-wasm'; import two from './two.cjs'; use(one, two);";
      await writeFile(join(folder, 'entry.mjs'), entry);
      await writeFile(join(folder, 'two.cjs'), "module.exports = require('wechatpay-wasm');");
      const { outputFiles, metafile } = await build({
        entryPoints: [join(folder, 'entry.mjs')],
        bundle: true,
        write: false,
        metafile: true,
        format: 'esm',
        platform: platform in conditions ? 'browser' : platform,
        conditions: conditions[platform],
        external: ['node:*', '*.wasm', '*.wasm?module'],
        nodePaths: [dirname(dirname(dist))],
        logLevel: 'silent',
      });
      const copies = Object.keys(metafile.inputs).filter(
        (path) => /dist\/[\w-]+\.[cm]js$/.test(path) && metafile.inputs[path].bytes > 50_000,
      );
      assert.equal(copies.filter((path) => !path.endsWith('wasm.cjs')).length, 1, copies.join());
      if (platform in conditions) return;
      const away = join(folder, 'away.mjs');
      await writeFile(
        away,
        `export let seen; const use = (...all) => { seen = all; };\n${outputFiles[0].text}`,
      );
      const [one, two] = (await import(pathToFileURL(away))).seen;
      assert.equal(one.Wechatpay, two.Wechatpay);
      assert.equal(one.ApiError, two.ApiError);
    }));
}
