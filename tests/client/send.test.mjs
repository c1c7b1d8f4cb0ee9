// One request through fetch, and the event that comes of it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { textIn } from '../../pkg-template/client/message.mjs';
import { send } from '../../pkg-template/client/send.mjs';
import { Timeout } from '../../pkg-template/client/timeout.mjs';

const step = {
  url: 'https://pay.example/v3/x',
  method: 'POST',
  headers: [['Accept', 'application/json']],
  body: Uint8Array.from([1, 2, 3]),
  mostBytes: 10,
  headerNames: ['Request-ID', 'Wechatpay-Serial'],
};

async function sent(fetch, more, milliseconds = 1_000) {
  const timeout = new Timeout(milliseconds);
  try {
    return {
      ...(await send({ ...step, ...more, fetch }, timeout)),
      aborted: timeout.signal.aborted,
    };
  } finally {
    timeout.finish();
  }
}

const headers = { 'Request-ID': 'id', X: 'y' };
const stall = () => new ReadableStream();

test('what fetch is called with', async () => {
  let called;
  const backing = Uint8Array.from([0, 1, 2, 3, 0]);
  await sent(
    (...all) => {
      called = all;
      return new Response('x');
    },
    { body: backing.subarray(1, 4) },
  );
  const [url, { signal, body, ...init }] = called;
  assert.equal(url, step.url);
  assert.ok(signal instanceof AbortSignal);
  assert.ok(body instanceof ArrayBuffer);
  assert.deepEqual(new Uint8Array(body), step.body);
  assert.deepEqual(
    { ...init, headers: { ...init.headers } },
    {
      method: 'POST',
      headers: { Accept: 'application/json' },
      redirect: 'manual',
    },
  );
  // Nothing of `Object.prototype` is an option of fetch, or a header.
  for (const object of [called[1], init.headers]) {
    assert.equal(Object.getPrototypeOf(object), null);
  }
  await sent(
    (_, given) => {
      called = given;
    },
    { body: new Uint8Array() },
  );
  assert.ok(!('body' in called));
});

test('a response', async () => {
  const fetch = async () => new Response('hello', { status: 201, headers });
  assert.deepEqual(await sent(fetch), {
    event: 'response',
    status: 201,
    headers: ['id', null],
    body: new TextEncoder().encode('hello'),
    aborted: false,
  });
  const { body } = await sent(() => ({ status: 204, headers: new Headers(), body: null }));
  assert.equal(body.length, 0);
});

test('all headers, listed or asked for', async () => {
  const all = async (given) => {
    const response = { status: 200, headers: given, body: null };
    return (await sent(() => response, { allHeaders: ['x', 'z'] })).all;
  };
  assert.deepEqual(await all(new Headers(headers)), [
    ['request-id', 'id'],
    ['x', 'y'],
  ]);
  const get = (name) => (name === 'x' ? 'y' : null);
  assert.deepEqual(await all({ get }), [['x', 'y']]);
  assert.deepEqual(await all({ get, [Symbol.iterator]: () => [['a', 7]].values() }), [['x', 'y']]);
  assert.deepEqual(await all({ get, [Symbol.iterator]: () => 7 }), [['x', 'y']]);
});

test('a file is not read', async () => {
  const fetch = async () => new Response('much longer than ten bytes');
  const { event, body, aborted } = await sent(fetch, { file: true });
  assert.deepEqual([event, aborted], ['file', false]);
  assert.equal((await body.whole()).length, 26);
  const refused = await sent(async () => new Response('no', { status: 404 }), { file: true });
  assert.deepEqual([refused.event, refused.status], ['response', 404]);
});

test('redirects, and bodies that are too large, are cancelled', async () => {
  const cancelled = [];
  const body = (name) =>
    new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(11)),
      cancel: () => cancelled.push(name),
    });
  for (const [name, response, expected] of [
    ['302', { status: 302 }, { event: 'redirect', status: 302 }],
    ['followed', { redirected: true }, { event: 'redirect', status: 200 }],
    ['opaque', { status: 0, type: 'opaqueredirect' }, { event: 'redirect', status: 0 }],
    ['long', {}, { event: 'tooLarge' }],
    ['said', { headers: new Headers({ 'Content-Length': '11' }) }, { event: 'tooLarge' }],
  ]) {
    const given = { status: 200, headers: new Headers(), body: body(name), ...response };
    assert.deepEqual(await sent(() => given), { ...expected, aborted: true });
    assert.equal(cancelled.at(-1), name);
  }
});

test('a status that is none of HTTP’s stays none', async () => {
  for (const [given, status] of [
    [200.9, 200],
    [-1, 0],
    [65_736, 65_535],
    [Number.NaN, 0],
    [Number.POSITIVE_INFINITY, 65_535],
  ]) {
    const response = { status: given, headers: new Headers(), body: null };
    assert.equal((await sent(() => response)).status, status);
  }
});

test('connections that fail, and responses that are none', async () => {
  const cause = new TypeError('fetch failed');
  const network = { event: 'network', cause, aborted: true };
  assert.deepEqual(await sent(() => Promise.reject(cause)), network);
  assert.deepEqual(
    await sent(() => {
      throw cause;
    }),
    network,
  );
  const broken = new ReadableStream({ pull: (controller) => controller.error(cause) });
  assert.deepEqual(await sent(async () => new Response(broken)), network);
  const head = { status: 200, headers: new Headers() };
  for (const [response, problem] of [
    [undefined, /did not give a Response/],
    [7, /did not give a Response/],
    [{ ...head, status: 200n }, /did not give a Response/],
    [{ ...head, headers: {}, body: null }, /did not give a Response/],
    [{ ...head }, /nobody has read.*response\.clone/],
    [{ ...head, body: { getReader: () => undefined } }, /nobody has read/],
    [{ ...head, body: { getReader: () => ({}) } }, /^the body of .* cannot be read$/],
    [{ ...head, body: new Response('x').body.pipeThrough(new TextDecoderStream()) }, /of bytes/],
  ]) {
    const event = await sent(async () => response);
    assert.equal(event.event, 'unusable');
    assert.match(textIn(event.problem, 'en'), problem);
    assert.equal(event.aborted, true);
  }
});

test('no response, or no whole one, in time', async () => {
  for (const fetch of [() => new Promise(() => {}), async () => new Response(stall())]) {
    assert.deepEqual(await sent(fetch, {}, 20), { event: 'timeout', aborted: true });
  }
});

test('an abort throws the reason and cancels the body', async () => {
  let cancelled = false;
  const body = new ReadableStream({
    cancel: () => {
      cancelled = true;
    },
  });
  const controller = new AbortController();
  const reason = { mine: true };
  const timeout = new Timeout(1_000, controller.signal);
  const sending = send({ ...step, fetch: async () => new Response(body) }, timeout);
  setTimeout(() => controller.abort(reason), 10);
  await assert.rejects(sending, (thrown) => thrown === reason);
  assert.ok(cancelled);
});

test('a runtime without fetch', async () => {
  const { fetch } = globalThis;
  try {
    delete globalThis.fetch;
    assert.deepEqual(await sent(undefined), { event: 'noFetch', aborted: false });
    globalThis.fetch = async () => new Response('own');
    assert.equal((await sent(undefined)).event, 'response');
  } finally {
    globalThis.fetch = fetch;
  }
});
