// The file of a download: as a stream and whole, out of its gzip, hashed by the core.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';

import { BodyStream } from '../../pkg-template/client/body-stream.mjs';
import { FileParts } from '../../pkg-template/client/file-parts.mjs';
import { streamOf, wholeOf } from '../../pkg-template/client/file-stream.mjs';
import { Gunzip } from '../../pkg-template/client/gunzip.mjs';
import { textIn } from '../../pkg-template/client/message.mjs';
import { countedSignal } from '../faults/counted-signal.mjs';

const file = createHash('shake256', { outputLength: 300_000 }).update('noise').digest();
const packed = gzipSync(file);

/** A hasher that is in place of the core's. */
function hasherOf(expected = file) {
  const hash = createHash('sha1');
  const hasher = {
    ended: [],
    update: (part) => hash.update(part),
    finish() {
      hasher.ended.push('finish');
      const isRight = hash.digest('hex') === createHash('sha1').update(expected).digest('hex');
      return isRight ? undefined : new Error('another hash');
    },
    failure: ({ event, problem, cause }) =>
      new Error(problem ? textIn(problem, 'en') : event, { cause }),
    free: () => hasher.ended.push('free'),
  };
  return hasher;
}

/** A body of these bytes that ends, stalls or breaks. */
function bodyOf(bytes, ending = 'close') {
  const cancelled = [];
  let at = 0;
  const stream = new ReadableStream(
    {
      pull(controller) {
        if (at < bytes.length) {
          controller.enqueue(Uint8Array.from(bytes.subarray(at, at + 10_000)));
          at += 10_000;
        } else if (ending === 'close') {
          controller.close();
        } else if (ending === 'break') {
          controller.error(new TypeError('terminated'));
        } else {
          return new Promise(() => {});
        }
      },
      cancel: () => {
        cancelled.push(true);
      },
    },
    { highWaterMark: 0 },
  );
  return { body: new BodyStream(stream.getReader(), 'read', Number.POSITIVE_INFINITY), cancelled };
}

function open(body, more) {
  const hasher = hasherOf();
  return { hasher, parts: new FileParts(body, { hasher, timeout: 10_000, ...more }) };
}

async function read(stream) {
  const parts = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
}

for (const [kind, bytes, gunzip] of [
  ['plain', file, () => undefined],
  ['in gzip', packed, () => new Gunzip()],
]) {
  test(`a file, ${kind}, as a stream and whole`, async () => {
    for (const readAll of [(parts) => read(streamOf(parts)), wholeOf]) {
      const { parts, hasher } = open(bodyOf(bytes).body, { gunzip: gunzip() });
      assert.deepEqual(Buffer.from(await readAll(parts)), file);
      assert.equal(await parts.next(), undefined);
      parts.cancel();
      assert.deepEqual(hasher.ended, ['finish']);
    }
  });

  test(`a file, ${kind}, with another hash`, async () => {
    const { parts, hasher } = open(bodyOf(bytes).body, {
      gunzip: gunzip(),
      hasher: hasherOf(Buffer.from('other')),
    });
    await assert.rejects(read(streamOf(parts)), /another hash/);
    assert.deepEqual(hasher.ended, []);
  });

  test(`a file, ${kind}, that stalls or breaks`, async () => {
    for (const [ending, message] of [
      ['stall', 'timeout'],
      ['break', 'network'],
    ]) {
      const { body, cancelled } = bodyOf(bytes.subarray(0, 200_000), ending);
      const { parts, hasher } = open(body, { gunzip: gunzip(), timeout: 50 });
      await assert.rejects(wholeOf(parts), { message });
      assert.deepEqual(hasher.ended, ['free']);
      assert.equal(cancelled.length, ending === 'stall' ? 1 : 0);
      assert.equal(await parts.next(), undefined);
    }
  });

  test(`a file, ${kind}, that is larger than it may be`, async () => {
    const { body, cancelled } = bodyOf(bytes);
    const { parts, hasher } = open(body, { gunzip: gunzip(), most: 100_000 });
    await assert.rejects(wholeOf(parts), { message: 'tooLarge' });
    assert.deepEqual(hasher.ended, ['free']);
    await new Promise((resolve) => setTimeout(resolve, 10));
    assert.equal(cancelled.length, 1);
    const exact = open(bodyOf(bytes).body, { gunzip: gunzip(), most: file.length });
    assert.equal((await wholeOf(exact.parts)).length, file.length);
  });

  test(`a file, ${kind}, that is cancelled or aborted while it stalls`, async () => {
    const reason = { mine: true };
    for (const end of ['cancel', 'abort']) {
      const { body, cancelled } = bodyOf(bytes.subarray(0, 50_000), 'stall');
      const controller = new AbortController();
      const { signal } = controller;
      const { parts, hasher } = open(body, { gunzip: gunzip(), signal });
      const reader = streamOf(parts, signal).getReader();
      const stalled = new Promise((resolve) => setTimeout(resolve, 100, 'stalls'));
      let reading;
      do reading = reader.read();
      while ((await Promise.race([reading, stalled])) !== 'stalls');
      if (end === 'cancel') {
        await reader.cancel();
        assert.equal((await reading).done, true);
      } else {
        controller.abort(reason);
        await assert.rejects(reading, (thrown) => thrown === reason);
      }
      assert.equal(cancelled.length, 1);
      assert.deepEqual(hasher.ended, ['free']);
    }
  });

  test(`a file, ${kind}, whose stream is aborted while nobody reads`, async () => {
    const { body, cancelled } = bodyOf(bytes);
    const controller = new AbortController();
    const { parts } = open(body, { gunzip: gunzip(), signal: controller.signal });
    const reader = streamOf(parts, controller.signal).getReader();
    await reader.read();
    controller.abort();
    assert.equal(cancelled.length, 1);
    await assert.rejects(reader.read(), { name: 'AbortError' });
  });
}

test('a signal that is aborted already, or accepts no listener', async () => {
  const reason = new Error('before');
  const deaf = {
    addEventListener() {
      throw new Error('deaf');
    },
  };
  for (const [signal, message] of [
    [AbortSignal.abort(reason), /before/],
    [deaf, /options\.signal: accepts no listener/],
  ]) {
    const { body, cancelled } = bodyOf(file);
    const { parts } = open(body, { signal });
    await assert.rejects(read(streamOf(parts, signal)), message);
    assert.equal(cancelled.length, 1);
  }
});

test('a signal that outlives a file keeps no listener', async () => {
  const { signal, listening } = countedSignal();
  for (const end of [read, (stream) => stream.cancel()]) {
    const { parts } = open(bodyOf(file).body, { signal });
    await end(streamOf(parts, signal));
    assert.equal(listening(), 0);
  }
});

test('what is not gzip, or is cut off', async () => {
  for (const bytes of [Buffer.from('no gzip'), packed.subarray(0, -4), packed.subarray(0, 12)]) {
    const { parts } = open(bodyOf(bytes).body, { gunzip: new Gunzip() });
    await assert.rejects(wholeOf(parts), /it is not complete gzip; gzip: true is for/);
  }
});

test('a compressed body of something else', async () => {
  const reader = { read: async () => ({ value: 'text' }), cancel() {} };
  const body = new BodyStream(reader, 'read', Number.POSITIVE_INFINITY);
  const { parts } = open(body, { gunzip: new Gunzip() });
  await assert.rejects(wholeOf(parts), /is not made of bytes/);
});

test('an empty file', async () => {
  const { parts } = open(undefined, { hasher: hasherOf(Buffer.alloc(0)) });
  assert.equal((await wholeOf(parts)).length, 0);
});

test('a core that throws while it hashes: the connection is closed', async () => {
  const { body, cancelled } = bodyOf(file);
  const hasher = hasherOf();
  hasher.update = () => {
    throw new Error('broken');
  };
  const { parts } = open(body, { hasher });
  await assert.rejects(wholeOf(parts), /broken/);
  assert.equal(cancelled.length, 1);
});

test('a producer that changes its buffer after a part was read', async () => {
  const buffer = Uint8Array.from([1]);
  const results = [{ value: buffer }, { value: buffer }, { done: true }];
  const reader = {
    read: async () => {
      buffer[0] += 1;
      return results.shift();
    },
  };
  const { parts } = open(new BodyStream(reader, 'read', 10), {
    hasher: hasherOf(Buffer.from([2, 3])),
  });
  const [first, second] = [await parts.next(), await parts.next()];
  assert.deepEqual([first[0], second[0]], [2, 3]);
  assert.equal(await parts.next(), undefined);
});

test('without DecompressionStream', () => {
  const { DecompressionStream } = globalThis;
  delete globalThis.DecompressionStream;
  try {
    assert.throws(() => new Gunzip(), {
      option: 'gzip',
      message: /needs DecompressionStream, .* without tar_type$/,
    });
  } finally {
    globalThis.DecompressionStream = DecompressionStream;
  }
});
