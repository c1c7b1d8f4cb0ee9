// In Node the Wasm is read from its file. If that fails, the inlined text is used, without an
// error.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { promisify } from 'node:util';

const dist = dirname(createRequire(import.meta.url).resolve('wechatpay-wasm'));
const folder = await mkdtemp(join(tmpdir(), 'wechatpay-wasm-'));
after(() => rm(folder, { recursive: true }));

const program = `
  const fs = require('node:fs');
  const read = fs.readFileSync;
  const files = [];
  fs.readFileSync = (path, ...rest) => {
    const bytes = read(path, ...rest);
    if (/\\.wasm$/.test(path)) files.push(path.split(/[/\\\\]/).pop());
    return bytes;
  };
  const { Wechatpay } = require('./node.cjs');
  if (files.length > 0) throw new Error('read before it is used');
  try { Wechatpay.fromEnv({}); } catch {}
  const inlined = Object.keys(require.cache).some((path) => path.endsWith('wasm.cjs'));
  console.log(typeof Wechatpay, inlined, ...files);
`;

async function outcome(name, change) {
  const copy = join(folder, name);
  await cp(dist, copy, { recursive: true });
  await writeFile(join(copy, 'program.cjs'), program);
  await change(copy);
  return (await promisify(execFile)(process.execPath, [join(copy, 'program.cjs')])).stdout.trim();
}

test('no Wasm file names a source file of the machine that built it', async () => {
  for (const name of ['wechatpay_bg.wasm', 'wechatpay_fused.wasm']) {
    const text = await readFile(join(dist, name), 'latin1');
    assert.deepEqual(text.match(/[\w./-]+\.rs\b/g), null, name);
  }
});

test('the Wasm is read from its file, and the module with the text is not loaded', async () => {
  assert.equal(await outcome('whole', () => {}), 'function false wechatpay_bg.wasm');
});

test('without the file, the Wasm is read from that module', async () => {
  const without = (copy) => rm(join(copy, 'wechatpay_bg.wasm'));
  assert.equal(await outcome('without', without), 'function true');
});

test('with another file in its place, the Wasm is read from that module', async () => {
  const other = (copy) => writeFile(join(copy, 'wechatpay_bg.wasm'), 'something else');
  assert.equal(await outcome('other', other), 'function true wechatpay_bg.wasm');
});
