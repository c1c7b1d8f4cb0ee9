// Bodies that arrive in parts.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';

import { BodyFault, BodyStream } from '../../pkg-template/client/body-stream.mjs';
import { CollectedBytes } from '../../pkg-template/client/collected-bytes.mjs';

const readerOf = (...parts) => {
  const reader = {
    cancelled: 0,
    read: async () => (parts.length === 0 ? { done: true } : { value: parts.shift(), done: false }),
    cancel: () => {
      reader.cancelled += 1;
      return Promise.reject(new Error('nobody listens'));
    },
  };
  return reader;
};
const bytes = (...values) => Uint8Array.from(values);

async function fault(reader, kind, most = 10) {
  const stream = new BodyStream(reader, 'read', most);
  await assert.rejects(stream.whole(), (thrown) => {
    assert.ok(thrown instanceof BodyFault, String(thrown));
    assert.equal(thrown.kind, kind);
    return true;
  });
}

test('parts of every kind become one array', async () => {
  const other = runInNewContext('Uint8Array.from([3, 4])');
  const reader = readerOf(bytes(1, 2), other, bytes(), new DataView(bytes(0, 5, 0).buffer, 1, 1));
  const stream = new BodyStream(reader, 'read', 5);
  assert.deepEqual(await stream.whole(), bytes(1, 2, 3, 4, 5));
  stream.abandon();
  assert.equal(reader.cancelled, 0);
  assert.deepEqual(await new BodyStream(readerOf(), 'read', 0).whole(), bytes());
});

test('a producer that uses its buffer again', async () => {
  const buffer = bytes(0);
  let left = 3;
  const reader = {
    read: async () => {
      buffer[0] = left;
      left -= 1;
      return { value: buffer, done: left < 0 };
    },
  };
  assert.deepEqual(await new BodyStream(reader, 'read', 10).whole(), bytes(3, 2, 1));
});

test('faults, each of which cancels the reader', async () => {
  const tooLarge = readerOf(bytes(1, 2), bytes(3, 4));
  await fault(tooLarge, 'tooLarge', 3);
  assert.equal(tooLarge.cancelled, 1);
  const detached = bytes(1);
  structuredClone(detached.buffer, { transfer: [detached.buffer] });
  for (const [value, kind] of [
    ['text', 'noBytes'],
    [undefined, 'noBytes'],
    [new ArrayBuffer(1), 'noBytes'],
    [[1], 'noBytes'],
    [detached, 'unreadable'],
  ]) {
    await fault(readerOf(value), kind);
  }
  await fault(readerOf(...Array.from({ length: 101 }, () => bytes())), 'endless');
  await fault({}, 'unreadable');
  await fault({ read: () => 7 }, 'unreadable');
  for (const name of ['done', 'value']) {
    const get = () => assert.fail('touched');
    await fault({ read: () => Object.defineProperty({}, name, { get }) }, 'unreadable');
  }
});

test('100 empty parts in a row are read', async () => {
  const empty = Array.from({ length: 100 }, () => bytes());
  const reader = readerOf(...empty, bytes(1), ...empty);
  assert.deepEqual(await new BodyStream(reader, 'read', 1).whole(), bytes(1));
});

test('an iterator is left where it is, and a request of node flows on', () => {
  const called = [];
  const request = {
    rawHeaders: [],
    removeAllListeners: (name) => called.push(name),
    resume: () => called.push('resume'),
  };
  const stream = new BodyStream({}, 'next', 1, request);
  stream.abandon();
  stream.abandon();
  assert.deepEqual(called, ['readable', 'resume']);
  new BodyStream({}, 'next', 1, { ...request, rawHeaders: undefined }).abandon();
  new BodyStream({}, 'next', 1, { rawHeaders: [] }).abandon();
  assert.equal(called.length, 2);
});

test('collected bytes equal the parts, however they are cut', () => {
  const whole = Uint8Array.from({ length: 300_000 }, (_, index) => index * 7 + (index >> 8));
  for (const sizes of [[1], [300_000], [1, 65_536, 3], [100_000, 1], [0, 999]]) {
    const collected = new CollectedBytes();
    for (let at = 0, turn = 0; at < whole.length; turn += 1) {
      const part = whole.subarray(at, at + sizes[turn % sizes.length]);
      collected.add(part);
      at += part.length;
    }
    assert.deepEqual(collected.joined(), whole, String(sizes));
  }
  assert.equal(new CollectedBytes().joined().length, 0);
});
