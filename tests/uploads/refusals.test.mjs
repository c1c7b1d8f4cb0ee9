// Wrong uploads: each is rejected with a typed error that names what is wrong, and nothing is sent.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';

import { Wechatpay } from 'wechatpay-wasm';

import { merchant } from '../merchant.mjs';
import { refusingFetch } from '../refusing-fetch.mjs';

const { fetch, sent } = refusingFetch();
const wxpay = new Wechatpay({ ...merchant, fetch });
const path = '/v3/merchant/media/upload';
const filename = 'a.jpg';
const file = new Uint8Array([1]);

async function refused(call, field, message) {
  const error = await call.then(
    () => assert.fail(`${field} was accepted`),
    (reason) => reason,
  );
  assert.equal(error.name, 'ValidationError', inspect(error));
  assert.equal(error.field, field, error.message);
  assert.match(error.message, message);
  assert.equal(error.code, 'ERR_PARAM');
  return error;
}

test('paths', async () => {
  for (const [wrong, message] of [
    [undefined, /must be a string, not undefined/],
    [new URL('https://x/v3'), /not an object/],
    ['', /must begin with one slash/],
    ['v3/merchant/media/upload', /must begin with one slash/],
    ['//evil.example/v3', /must begin with one slash/],
    ['https://api.mch.weixin.qq.com/v3/merchant/media/upload', /not a URL/],
    [`${path}?`, /question mark/],
    ['/v3/../upload', /segment \. or \.\./],
    ['/v3/%2e%2E/upload', /segment \. or \.\./],
    ['/v3/a b', /percent-encode/],
    ['/v3/图片', /percent-encode/],
    ['/v3/a%2', /at position 6 .*a % alone/],
  ]) {
    await refused(wxpay.upload(wrong, { file, filename }), 'path', message);
  }
});

test('file names', async () => {
  for (const [wrong, message] of [
    [undefined, /is missing; a File alone has a name/],
    [7, /must be a string/],
    ['', /is empty/],
    ['a"b.jpg', /a quote, a slash/],
    ['a\r\nb.jpg', /control character/],
    ['/etc/a.jpg', /no path/],
    ['C:\\fakepath\\a.jpg', /no path/],
    ['\ud800.jpg', /surrogate/],
    [`${'长'.repeat(125)}.jpg`, /more than 128/],
  ]) {
    await refused(wxpay.upload(path, { file, filename: wrong }), 'filename', message);
  }
});

test('values that are not files', async () => {
  const used = new Response('x');
  used.body.getReader();
  const detached = new Uint8Array(8);
  structuredClone(detached.buffer, { transfer: [detached.buffer] });
  for (const [wrong, message] of [
    [undefined, /is missing/],
    [null, /not null/],
    ['a.jpg', /is a string; give the file's bytes/],
    [7, /not a number/],
    [{}, /not an object/],
    [[1, 2], /not an array/],
    [new Uint8Array(), /is empty/],
    [new Blob([]), /is empty/],
    [used.body, /somebody reads already/],
    [detached, /is empty|detached/],
    [
      new Proxy(
        {},
        {
          get() {
            throw new Error('no');
          },
        },
      ),
      /cannot be read: it throws/,
    ],
  ]) {
    await refused(wxpay.upload(path, { file: wrong, filename }), 'file', message);
  }
});

test('files that are too large, before they are read', async () => {
  const limit = 2 << 20;
  await refused(
    wxpay.upload(path, { file: new Uint8Array(limit + 1), filename }),
    'file',
    /2097152/,
  );
  await refused(
    wxpay.upload(path, { file: new Blob([new Uint8Array(limit + 1)]), filename }),
    'file',
    /give maxBytes/,
  );
  const small = { file: new Uint8Array(11), filename, maxBytes: 10 };
  await refused(wxpay.upload(path, small), 'file', /larger than 10 bytes/);
  for (const maxBytes of [0, -1, 1.5, '10', Infinity, 104857601]) {
    await refused(wxpay.upload(path, { file, filename, maxBytes }), 'maxBytes', /whole number/);
  }
});

test('an endless stream is read up to the limit, and then cancelled', async () => {
  let cancelled = false;
  const endless = new ReadableStream({
    pull: (controller) => controller.enqueue(new Uint8Array(100_000)),
    cancel: () => {
      cancelled = true;
    },
  });
  await refused(wxpay.upload(path, { file: endless, filename }), 'file', /larger than 2097152/);
  await new Promise((resolve) => setTimeout(resolve, 10));
  assert.ok(cancelled);
});

test('streams that break, and streams of other values', async () => {
  const cause = new Error('the disk is gone');
  async function* breaking() {
    yield new Uint8Array(3);
    throw cause;
  }
  const error = await refused(
    wxpay.upload(path, { file: breaking(), filename }),
    'file',
    /did not arrive completely.*nothing was sent/,
  );
  assert.equal(error.cause.message, 'the disk is gone');
  async function* words() {
    yield 'text';
  }
  await refused(
    wxpay.upload(path, { file: words(), filename }),
    'file',
    /something else than bytes/,
  );
});

test('content types, unknown members, options', async () => {
  for (const contentType of [
    '',
    'image',
    'image/',
    'image/jpeg; q=1',
    'image/jpeg\r\nX: y',
    'a/b/c',
  ]) {
    await refused(
      wxpay.upload(path, { file, filename, contentType }),
      'contentType',
      /must be a media type/,
    );
  }
  await refused(wxpay.upload(path, { file, filename, name: 'x' }), 'name', /known are file/);
  await refused(wxpay.upload(path, { file, filename }, { retries: 1 }), 'options.retries', /known/);
  await refused(wxpay.upload(path), 'params', /must be an object/);
});

test('the signal ends a stream that yields nothing, with its own reason', async () => {
  const reason = new Error('gave up');
  const controller = new AbortController();
  const call = wxpay.upload(
    path,
    { file: new ReadableStream(), filename },
    { signal: controller.signal },
  );
  setTimeout(() => controller.abort(reason), 20);
  await assert.rejects(call, reason);
});

test('nothing was sent', () => assert.deepEqual(sent, []));
