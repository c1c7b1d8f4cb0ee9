// Streams whose parts are there at once, for ever: promises that are settled already follow each other,
// and let no timer run unless the reader does. Each stream ends by itself after far more parts than a
// reader takes that keeps its time.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { Wechatpay } from 'wechatpay-wasm';
import { createSandbox } from 'wechatpay-wasm/sandbox';

const sandbox = await createSandbox({ merchant: 'migrating' });
after(() => sandbox.close());
const open = (more) => new Wechatpay({ ...sandbox.options, maxRetries: 0, ...more });
const path = '/v3/merchant/media/upload';
const url = `${sandbox.url}/v3/billdownload/file?token=x`;
const hash = { hashType: 'SHA1', hashValue: '0'.repeat(40) };

const MOST = 900_000;
const kinds = {
  'a byte a part': () => new Uint8Array(1),
  'empty parts between': (count) => new Uint8Array(count % 90 === 0 ? 1 : 0),
};

function endless(partOf, most = MOST) {
  let count = 0;
  const next = () => {
    count += 1;
    return Promise.resolve({ value: partOf(count), done: count >= most });
  };
  return {
    ended: () => count >= most,
    reader: { read: next, cancel: async () => {} },
    iterable: { [Symbol.asyncIterator]: () => ({ next }) },
  };
}

/** A signal that a timer aborts. */
const soon = (reason) => {
  const controller = new AbortController();
  setTimeout(() => controller.abort(reason), 10);
  return controller.signal;
};

for (const [kind, partOf] of Object.entries(kinds)) {
  const responding = (stream, status = 200) => {
    const body = { getReader: () => stream.reader };
    return async () => ({ status, headers: new Headers(), body });
  };
  const reason = new Error('soon');

  test(`${kind}: a response ends with its timeout`, async () => {
    for (const status of [200, 404, 503]) {
      const stream = endless(partOf);
      const client = open({ fetch: responding(stream, status), timeout: 20 });
      await assert.rejects(client.echo(), { name: 'TransportError', code: 'ERR_TIMEOUT' });
      assert.equal(stream.ended(), false);
    }
  });

  test(`${kind}: a response ends with its signal`, async () => {
    const stream = endless(partOf);
    const call = open({ fetch: responding(stream) }).v3.x.get({ signal: soon(reason) });
    await assert.rejects(call, (thrown) => thrown === reason);
    assert.equal(stream.ended(), false);
  });

  test(`${kind}: an upload ends with its signal`, async () => {
    for (const form of ['iterable', 'reader']) {
      const stream = endless(partOf);
      const file = form === 'reader' ? { getReader: () => stream.reader } : stream.iterable;
      const upload = open().upload(path, { file, filename: 'a.png' }, { signal: soon(reason) });
      await assert.rejects(upload, (thrown) => thrown === reason);
      assert.equal(stream.ended(), false);
    }
  });

  test(`${kind}: a download ends with its signal`, async () => {
    const stream = endless(partOf);
    const client = open({ fetch: responding(stream) });
    const file = await client.download(url, hash, { signal: soon(reason) });
    await assert.rejects(
      async () => {
        for await (const _ of file);
      },
      (thrown) => thrown === reason,
    );
    assert.equal(stream.ended(), false);
    const bytes = endless(partOf);
    const whole = open({ fetch: responding(bytes) });
    const reading = whole.downloadBytes(url, hash, { signal: soon(reason) });
    await assert.rejects(reading, (thrown) => thrown === reason);
    assert.equal(bytes.ended(), false);
  });

  test(`${kind}: timers run while a notification is read`, async () => {
    const { headers } = sandbox.notification({ eventType: 'A', resource: {} });
    for (const form of ['iterable', 'reader']) {
      // Nothing ends it before: no reader has a timeout.
      const stream = endless(partOf, 50_000);
      const body = form === 'reader' ? { getReader: () => stream.reader } : stream.iterable;
      let turns = 0;
      const interval = setInterval(() => {
        turns += 1;
      }, 1);
      await assert.rejects(open().notification({ headers, body }));
      clearInterval(interval);
      assert.ok(turns > 0, 'no timer ran');
    }
  });
}

test('large parts, each of which is hashed', async () => {
  const part = new Uint8Array(8 << 20);
  const reason = new Error('soon');
  let count = 0;
  const read = () => {
    count += 1;
    return Promise.resolve({ value: part, done: count > 100 });
  };
  const body = { getReader: () => ({ read, cancel() {} }) };
  const fetch = async () => ({ status: 200, headers: new Headers(), body });
  const options = { signal: soon(reason) };
  const reading = open({ fetch }).downloadBytes(url, { ...hash, maxBytes: 2 ** 30 }, options);
  await assert.rejects(reading, (thrown) => thrown === reason);
  assert.ok(count < 100, `${count} parts`);
});
