// The published package: its files and exports, and that import and require load the same instance.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import * as esm from 'wechatpay-wasm';
import * as sandbox from 'wechatpay-wasm/sandbox';

const require = createRequire(import.meta.url);

test('import and require give one instance', () => {
  const cjs = require('wechatpay-wasm');
  assert.deepEqual(Object.keys(cjs).sort(), Object.keys(esm).sort());
  for (const name of Object.keys(esm)) assert.equal(esm[name], cjs[name], name);
  assert.equal(typeof require('wechatpay-wasm/sandbox').createSandbox, 'function');
});

test('it exports what its types declare, and nothing else', () => {
  assert.deepEqual(Object.keys(esm).sort(), [
    'ApiError',
    'ConfigError',
    'InternalError',
    'TransportError',
    'ValidationError',
    'VerificationError',
    'Wechatpay',
    'WechatpayError',
    'notificationResponse',
    'preEntrustSignApp',
  ]);
  assert.deepEqual(Object.keys(sandbox), ['createSandbox']);
});

test('it contains these files, and nothing else', () => {
  const folder = new URL('.', `file://${require.resolve('wechatpay-wasm/package.json')}`);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      relative(fileURLToPath(folder), join(entry.parentPath ?? entry.path, entry.name)),
    );
  assert.deepEqual(files.sort(), [
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'README.zh-CN.md',
    'SECURITY.md',
    'dist/api.d.cts',
    'dist/cli.mjs',
    'dist/edge-light.mjs',
    'dist/endpoints.json',
    'dist/events.json',
    'dist/import.mjs',
    'dist/index.cjs',
    'dist/index.d.cts',
    'dist/index.d.mts',
    'dist/index.mjs',
    'dist/node.cjs',
    'dist/node.mjs',
    'dist/sandbox.cjs',
    'dist/sandbox.d.cts',
    'dist/sandbox.d.mts',
    'dist/sandbox.html',
    'dist/sandbox.mjs',
    'dist/wasm.cjs',
    'dist/wechatpay_bg.wasm',
    'dist/wechatpay_fused.wasm',
    'dist/workerd.mjs',
    'examples/aws-lambda.mjs',
    'examples/bun.mjs',
    'examples/deno.mjs',
    'examples/express.mjs',
    'examples/hono.mjs',
    'examples/opentelemetry.mjs',
    'examples/worker.mjs',
    'package.json',
  ]);
});

test('it has no dependencies', () => {
  const manifest = require('wechatpay-wasm/package.json');
  for (const kind of ['dependencies', 'peerDependencies', 'optionalDependencies', 'scripts']) {
    assert.equal(manifest[kind], undefined, kind);
  }
});

test('the error classes extend each other, and have names', () => {
  const { WechatpayError, ...rest } = esm;
  const classes = Object.entries(rest).filter(([name]) => name.endsWith('Error'));
  assert.equal(classes.length, 6);
  for (const [name, value] of classes) {
    assert.ok(value.prototype instanceof WechatpayError);
    assert.equal(value.prototype.name, name);
  }
  assert.ok(WechatpayError.prototype instanceof Error);
});

test('a class must be called with new', () => {
  const { Wechatpay } = esm;
  assert.throws(() => Wechatpay({}), TypeError);
});
