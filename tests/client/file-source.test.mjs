// The file of an upload, in each form that a runtime has.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';

import { fileSource } from '../../pkg-template/client/file-source.mjs';
import { countedSignal } from '../faults/counted-signal.mjs';

const file = Uint8Array.from({ length: 5_000 }, (_, index) => index);

async function* inParts() {
  for (let at = 0; at < file.length; at += 999) yield file.subarray(at, at + 999);
}

test('every form becomes the same bytes, and a signal keeps no listener', async () => {
  const padded = new Uint8Array(file.length + 20);
  padded.set(file, 10);
  const { signal, listening } = countedSignal();
  for (const form of [
    file,
    Buffer.from(file),
    file.slice().buffer,
    new DataView(padded.buffer, 10, file.length),
    runInNewContext('Uint8Array.from(bytes)', { bytes: [...file] }),
    new Blob([file]),
    new Response(file).body,
    inParts(),
  ]) {
    assert.deepEqual(await fileSource(form, file.length).read(signal), file);
    assert.equal(listening(), 0);
  }
});

test('bytes are copied at once', async () => {
  const changing = file.slice();
  const source = fileSource(changing, file.length);
  changing.fill(0);
  assert.deepEqual(await source.read(), file);
});

test('the limit', async () => {
  const message =
    'file: is larger than 10 bytes; where WeChat Pay takes more on this path, give maxBytes';
  for (const form of [file, file.buffer, new Blob([file])]) {
    assert.throws(() => fileSource(form, 10), { name: 'ValidationError', field: 'file', message });
  }
  const lying = { size: 1, arrayBuffer: async () => file.buffer };
  for (const form of [lying, new Response(file).body, inParts()]) {
    await assert.rejects(fileSource(form, 10).read(), { field: 'file', message });
  }
});

test('what is no file', async () => {
  const locked = new Response('x');
  locked.body.getReader();
  const touched = () => {
    throw new Error('touched');
  };
  for (const [form, message] of [
    [undefined, /must be a Blob, .* not undefined$/],
    [[1], /not an array$/],
    ['a.jpg', /is a string; give the file's bytes/],
    [locked.body, /is a stream that somebody reads already$/],
    [new Proxy({}, { get: touched }), /cannot be read: it throws$/],
    [{ [Symbol.asyncIterator]: touched }, /cannot be read: it throws$/],
  ]) {
    assert.throws(() => fileSource(form, 10), { field: 'file', message });
  }
  const read = async (form, message) =>
    assert.rejects(fileSource(form, 10).read(), { field: 'file', message });
  await read({ size: 1, arrayBuffer: touched }, /cannot be read: it throws$/);
  await read({ size: 1, arrayBuffer: async () => 7 }, /arrayBuffer\(\) returns no ArrayBuffer$/);
  await read({ size: 1, arrayBuffer: () => Promise.reject() }, /did not arrive completely/);
  await read({ getReader: () => ({ read: touched }) }, /cannot be read: it throws$/);
  await read({ getReader: () => ({ read: async () => touched() }) }, /nothing was sent$/);
  await read({ getReader: () => ({ read: () => ({ value: 'x' }) }) }, /something else than bytes$/);
  const value = new Uint8Array();
  await read(
    { getReader: () => ({ read: () => ({ value }) }) },
    /consists of empty parts without end$/,
  );
});

test('a stream that is aborted, or not read at all, is cancelled', async () => {
  let cancelled = 0;
  const stalled = () =>
    new ReadableStream({
      cancel: () => {
        cancelled += 1;
      },
    });
  const controller = new AbortController();
  const reason = { mine: true };
  const reading = fileSource(stalled(), 10).read(controller.signal);
  controller.abort(reason);
  await assert.rejects(reading, (thrown) => thrown === reason);
  assert.equal(cancelled, 1);
  const late = fileSource(stalled(), 10).read(controller.signal);
  await assert.rejects(late, (thrown) => thrown === reason);
  assert.equal(cancelled, 2);
  fileSource(stalled(), 10).abandon();
  assert.equal(cancelled, 3);
});

test('a Blob is asked for its bytes by who waits for them, and not before', async () => {
  let asked = 0;
  const blob = {
    size: 1,
    arrayBuffer: () => {
      asked += 1;
      return Promise.reject(new Error('gone'));
    },
  };
  fileSource(blob, 10).abandon();
  await assert.rejects(fileSource(blob, 10).read(AbortSignal.abort()), { name: 'AbortError' });
  assert.equal(asked, 0);
  await assert.rejects(fileSource(blob, 10).read(), { field: 'file' });
  assert.equal(asked, 1);
});
