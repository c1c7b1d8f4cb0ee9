// Started by memory.test.mjs, in a process of its own. Has many files and notifications under way at
// once, and prints how much memory the Wasm took.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { text } from 'node:stream/consumers';

import { signedHeaders } from '../faults/responding-server.mjs';
import { merchant } from '../merchant.mjs';
import { memories, unhandled, Wechatpay } from './inside.mjs';

const { apiv3Key, notification } = await import('../notifications/encrypted-notification.mjs');

const { uploads, notifications, resourceLength, uploadBytes, downloadBytes } = JSON.parse(
  await text(process.stdin),
);

const part = new Uint8Array(1 << 16).map((_, index) => (index * 7) % 256);

/** A stream of `length` bytes, which waits for `whole` before its last part. */
async function* slowly(length, whole) {
  for (let left = length; left > 0; left -= part.length) {
    if (left <= part.length) await whole;
    yield part.subarray(0, Math.min(left, part.length));
  }
}

function sha1Of(length) {
  const hash = createHash('sha1');
  for (let left = length; left > 0; left -= part.length) {
    hash.update(part.subarray(0, Math.min(left, part.length)));
  }
  return hash.digest('hex');
}

const result = JSON.stringify({ media_id: 'M1' });
const sizes = [];
async function fetch(url, { body }) {
  if (url.includes('/download')) {
    return new Response(ReadableStream.from(slowly(downloadBytes)));
  }
  sizes.push(body.byteLength);
  return new Response(result, { headers: signedHeaders(result) });
}

const wxpay = new Wechatpay({ ...merchant, apiv3Key, fetch });
const upload = (length, whole, more) =>
  wxpay.upload('/v3/x', { file: slowly(length, whole), filename: 'a.png', ...more });

// WeChat Pay's are far smaller.
const resource = { secret: 'x'.repeat(resourceLength) };
const { headers, body } = notification({ resource });
const bytes = Buffer.from(body);
const requestOf = (whole) => ({
  headers,
  body: (async function* inTwoParts() {
    yield bytes.subarray(0, resourceLength);
    await whole;
    yield bytes.subarray(resourceLength);
  })(),
});

let complete;
const whole = new Promise((resolve) => {
  complete = resolve;
});
const underWay = [
  ...Array.from({ length: uploads }, () => upload(1.5 * 2 ** 20, whole)),
  ...Array.from({ length: notifications }, async () => {
    const { resource: received } = await wxpay.notification(requestOf(whole));
    return received.secret.length;
  }),
];
setTimeout(complete, 200);
const results = await Promise.all(underWay);
assert.deepEqual(results.slice(0, uploads), Array(uploads).fill({ media_id: 'M1' }));
assert.deepEqual(results.slice(uploads), Array(notifications).fill(resourceLength));
assert.ok(sizes.every((size) => size > 1.5 * 2 ** 20));

await upload(uploadBytes, undefined, { maxBytes: uploadBytes });
assert.ok(sizes.at(-1) > uploadBytes);
const hash = { hashType: 'SHA1', hashValue: sha1Of(downloadBytes) };
const url = 'https://api.mch.weixin.qq.com/download';
const whole100 = await wxpay.downloadBytes(url, { ...hash, maxBytes: downloadBytes });
assert.equal(whole100.length, downloadBytes);
let streamed = 0;
for await (const some of await wxpay.download(url, hash)) streamed += some.length;
assert.equal(streamed, downloadBytes);

// A memory of the Wasm never shrinks: this is the most that it had.
const sum = memories.reduce((bytes, { buffer }) => bytes + buffer.byteLength, 0);
console.log(JSON.stringify({ wasm: sum, instances: memories.length, faults: unhandled() }));
