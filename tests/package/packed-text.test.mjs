// The text that inlines a Wasm file in JavaScript, and the function that unpacks it.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { packText } from '../../scripts/pack-text.mjs';

const dist = dirname(createRequire(import.meta.url).resolve('wechatpay-wasm'));

// The package's own unpack function, with its decoder and without its callers.
async function unpackOf(file) {
  const code = await readFile(join(dist, file), 'utf8');
  const part = (begin, end) => {
    const from = code.indexOf(begin);
    const to = code.indexOf(end, from);
    assert.ok(from >= 0 && to >= 0, `${file} has no part from ${begin} to ${end}`);
    return code.slice(from, to + end.length);
  };
  const parts = [
    part('function bytesOf', '\n}\n'),
    part('var unpack_default = ', ';\n'),
    part('var TEXT = ', ';\n'),
    part('function unpack(', '\n}\n'),
  ];
  return new Function(`${parts.join('')}return unpack;`)();
}

const unpack = await unpackOf('wasm.cjs');
const same = (bytes) => {
  const [unpacked] = unpack([packText(bytes)]);
  assert.ok(Buffer.from(unpacked).equals(bytes), bytes.subarray(0, 80).toString('hex'));
};

test('every byte is restored, next to every other byte', () => {
  const pairs = Buffer.alloc(2 * 256 * 256);
  for (let i = 0; i < 256 * 256; i += 1) pairs.writeUInt16LE(i, 2 * i);
  same(pairs);
  same(pairs.subarray(1));
});

test('every length is restored, wherever the last pair of characters is', () => {
  const [single, pair] = [Buffer.from([0x20]), Buffer.from([0xc0])];
  assert.deepEqual([packText(single).length, packText(pair).length], [1, 2]);
  for (let length = 0; length < 70; length += 1) {
    for (let place = 0; place < length; place += 1) {
      const bytes = Buffer.alloc(length, single);
      pair.copy(bytes, place);
      same(bytes);
    }
    for (const bytes of [single, pair]) same(Buffer.alloc(length, bytes));
  }
});

test('a text after a longer one does not contain remains of it', () => {
  const texts = [Buffer.alloc(4000, 0xc0), randomBytes(37), randomBytes(100_000), Buffer.alloc(3)];
  const unpacked = unpack(texts.map(packText));
  assert.deepEqual(
    unpacked.map((bytes) => Buffer.from(bytes)),
    texts,
  );
});

test('the text is printable ASCII that needs no escape in a JavaScript string', () => {
  assert.match(packText(Uint8Array.from({ length: 256 }, (_, byte) => byte)), /^[ !#-[\]-~]+$/);
});

test('every entry that inlines the Wasm contains both files', async () => {
  for (const entry of ['wasm.cjs', 'index.mjs']) {
    const code = await readFile(join(dist, entry), 'utf8');
    for (const file of ['wechatpay_bg.wasm', 'wechatpay_fused.wasm']) {
      assert.ok(code.includes(`"${packText(await readFile(join(dist, file)))}"`), entry + file);
    }
  }
});
