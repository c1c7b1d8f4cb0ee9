// Headers and bodies of notifications, as servers have them.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Arrival } from '../../pkg-template/client/arrivals.mjs';
import { bodyOf } from '../../pkg-template/client/notification-body.mjs';
import { readHeaders } from '../../pkg-template/client/notification-headers.mjs';

const names = ['Wechatpay-Nonce', 'Request-ID'];
const read = (headers) => readHeaders({ headers }, names);

test('headers of every shape', () => {
  for (const headers of [
    { 'wechatpay-nonce': 'n' },
    { 'WECHATPAY-NONCE': ['n'], 'request-id': null },
    ['Wechatpay-Nonce', 'n', 'odd'],
    [
      [7, 'x'],
      ['wechatpay-nonce', 'n'],
    ],
    new Headers({ 'Wechatpay-Nonce': 'n' }),
    new Map([['wechatpay-NONCE', 'n']]),
    { get: (name) => (name === 'Wechatpay-Nonce' ? 'n' : null) },
  ]) {
    assert.deepEqual(read(headers), ['n', null]);
  }
  assert.deepEqual(read({ 'Request-ID': ['a', 'b'], 'request-id': 'c' }), [null, 'a, b, c']);
  assert.deepEqual(read({ 'Request-ID': '' }), [null, '']);
});

test('headers that are of no use', () => {
  for (const [request, field, message] of [
    [undefined, 'request', /must be a fetch Request or/],
    [{}, 'headers', /is missing; give the fetch Request/],
    [{ multiValueHeaders: {} }, 'headers', /multiValueHeaders is there/],
    [{ headers: 'x' }, 'headers', /must be a Headers, an object/],
    [{ headers: { 'request-id': 7 } }, 'headers', /^headers: Request-ID must be a string/],
    [{ headers: [7] }, 'headers', /cannot be read: it throws/],
  ]) {
    assert.throws(() => readHeaders(request, names), { name: 'ValidationError', field, message });
  }
});

const MOST = 9;

test('bodies of every shape', async () => {
  const stream = () => new Blob(['支付']).stream();
  async function* parts() {
    yield Buffer.from('支');
    yield Buffer.from('付');
  }
  for (const request of [
    { body: '支付' },
    { body: '5pSv5LuY', isBase64Encoded: true },
    { body: Buffer.from('支付') },
    { body: Uint8Array.from(Buffer.from('支付')).buffer },
    { body: new Blob(['支付']) },
    { body: stream() },
    { body: parts() },
    parts(),
    new Response('支付'),
    { arrayBuffer: () => new Blob(['支付']).arrayBuffer() },
  ]) {
    const bytes = await bodyOf(request, MOST).read(new Arrival(() => {}));
    assert.equal(new TextDecoder().decode(bytes), '支付');
  }
  assert.equal(
    (await bodyOf(new Request('https://x.example'), MOST).read(new Arrival(() => {}))).length,
    0,
  );
});

test('a body is copied when it is found', async () => {
  const bytes = Uint8Array.of(1);
  const body = bodyOf({ body: bytes }, MOST);
  bytes[0] = 2;
  assert.deepEqual(await body.read(new Arrival(() => {})), Uint8Array.of(1));
});

test('bodies that are of no use', async () => {
  const response = new Response('x');
  response.body.getReader();
  async function* breaks() {
    yield* [];
    throw new Error('hang up');
  }
  const large = new Uint8Array(MOST + 1);
  for (const [request, message, cause] of [
    [{}, /is missing; give it as a string/],
    [{ body: 7 }, /cannot be read/],
    [{ body: {} }, /is an object: it was parsed already/],
    [{ body: 'a b=', isBase64Encoded: true }, /is not base64/],
    [{ body: 'YQ', isBase64Encoded: true }, /is not base64/],
    [{ body: 'YR==', isBase64Encoded: true }, /is not base64/],
    [{ body: 'x', isBase64Encoded: 1 }, /isBase64Encoded must be true or false, not a number/],
    [{ body: '\ud800' }, /surrogate/],
    [{ bodyUsed: true }, /was read already/],
    [{ readableDidRead: true }, /was read already/],
    [response, /was read already/, /locked/],
    [{ body: large }, /larger than 1 MiB/],
    [{ body: new Blob([large]) }, /larger than 1 MiB/],
    [{ body: new Response(large).body }, /larger than 1 MiB/],
    [{ body: { arrayBuffer: () => large } }, /larger than 1 MiB/],
    [{ body: { arrayBuffer: () => 7 } }, /arrayBuffer\(\) returns no ArrayBuffer/],
    [{ body: { arrayBuffer: () => Promise.reject(new Error('no')) } }, /did not arrive/, /no/],
    [{ body: breaks() }, /did not arrive completely/, /hang up/],
    [{ body: { getReader: () => 7 } }, /it throws/],
    [{ body: { [Symbol.asyncIterator]: () => 7 } }, /it throws/],
  ]) {
    const error = await Promise.resolve()
      .then(() => bodyOf(request, MOST).read(new Arrival(() => {})))
      .catch((reason) => reason);
    assert.equal(error.field, 'body', String(error));
    assert.match(error.message, message);
    if (cause) assert.match(String(error.cause), cause);
  }
});
