// Connections that fail, responses that never arrive, and calls that are aborted.
import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';

import { Wechatpay } from 'wechatpay-wasm';

import { onLoopback } from '../loopback.mjs';
import { countedSignal } from './counted-signal.mjs';
import { result, signedHeaders, withServer } from './responding-server.mjs';

const params = { appid: 'wxd678efh567h23787', outContractCode: 'APPLYMENT_00000000001' };

test('a refused connection', () =>
  withServer(
    () => {},
    async (server) => {
      const { options } = server;
      await server.close();
      server.close = async () => {};
      const call = new Wechatpay(options).preEntrustSignApp(params);
      await assert.rejects(call, (error) => {
        assert.equal(error.name, 'TransportError');
        assert.equal(error.code, 'ERR_NETWORK');
        assert.equal(error.attempts, 1);
        assert.match(JSON.stringify(error), /ERR_NETWORK/);
        assert.equal(error.cause.cause.code, 'ECONNREFUSED');
        return true;
      });
    },
  ));

test('a connection that is reset', async () => {
  const server = createServer((socket) => socket.once('data', () => socket.resetAndDestroy()));
  const { url: baseUrl, close } = await onLoopback(server);
  try {
    await withServer(
      () => {},
      async ({ options }) => {
        const call = new Wechatpay({ ...options, baseUrl }).preEntrustSignApp(params);
        await assert.rejects(call, { name: 'TransportError', code: 'ERR_NETWORK' });
      },
    );
  } finally {
    await close();
  }
});

test('no response within the timeout of the client, and of the call', () =>
  withServer(
    () => {},
    async ({ options }) => {
      const slow = new Wechatpay({ ...options, timeout: 50 });
      const error = await slow.preEntrustSignApp(params).catch((reason) => reason);
      assert.equal(error.code, 'ERR_TIMEOUT');
      assert.match(error.message, /within 50 ms/);
      const call = new Wechatpay(options).preEntrustSignApp(params, { timeout: 60 });
      await assert.rejects(call, { name: 'TransportError', code: 'ERR_TIMEOUT' });
    },
  ));

test('a body that stalls runs into the timeout', () =>
  withServer(
    (_, response) => {
      response.writeHead(200, signedHeaders(result));
      response.write(result.slice(0, 10));
    },
    async ({ options }) => {
      const call = new Wechatpay({ ...options, timeout: 100 }).preEntrustSignApp(params);
      await assert.rejects(call, { name: 'TransportError', code: 'ERR_TIMEOUT' });
    },
  ));

test('a body that trickles runs into the timeout, which limits the complete response', () =>
  withServer(
    (_, response) => {
      response.writeHead(200, signedHeaders(result));
      const timer = setInterval(() => response.write(' '), 10);
      response.on('close', () => clearInterval(timer));
    },
    async ({ options }) => {
      const call = new Wechatpay({ ...options, timeout: 200 }).preEntrustSignApp(params);
      await assert.rejects(call, { name: 'TransportError', code: 'ERR_TIMEOUT' });
    },
  ));

test('a timeout closes the connection', async () => {
  let closed;
  const closing = new Promise((resolve) => {
    closed = resolve;
  });
  await withServer(
    (_, response) => response.on('close', closed),
    async ({ options }) => {
      const call = new Wechatpay({ ...options, timeout: 50 }).preEntrustSignApp(params);
      await assert.rejects(call, { code: 'ERR_TIMEOUT' });
      await closing;
    },
  );
});

test('a fetch that ignores its signal is abandoned at the timeout', () =>
  withServer(
    () => {},
    async ({ options }) => {
      const deaf = new Wechatpay({ ...options, timeout: 50, fetch: () => new Promise(() => {}) });
      await assert.rejects(deaf.preEntrustSignApp(params), { code: 'ERR_TIMEOUT' });
    },
  ));

test('an aborted signal rejects with its own reason, before and after the request is sent', () =>
  withServer(
    () => {},
    async (server) => {
      const wxpay = new Wechatpay(server.options);
      const reason = { mine: true };
      await assert.rejects(
        wxpay.preEntrustSignApp(params, { signal: AbortSignal.abort(reason) }),
        (error) => error === reason,
      );
      assert.equal(server.requests.length, 0, 'nothing was sent');

      const controller = new AbortController();
      const call = wxpay.preEntrustSignApp(params, { signal: controller.signal });
      setTimeout(() => controller.abort(reason), 50);
      await assert.rejects(call, (error) => error === reason);

      const timeout = wxpay.preEntrustSignApp(params, { signal: AbortSignal.timeout(50) });
      await assert.rejects(timeout, { name: 'TimeoutError' });
    },
  ));

test('an abort while the body is read', () =>
  withServer(
    (_, response) => {
      response.writeHead(200, signedHeaders(result));
      response.write(result.slice(0, 10));
    },
    async ({ options }) => {
      const controller = new AbortController();
      setTimeout(() => controller.abort(), 100);
      const call = new Wechatpay(options).preEntrustSignApp(params, { signal: controller.signal });
      await assert.rejects(call, { name: 'AbortError' });
    },
  ));

test('a signal that outlives a call keeps no listener of it', () =>
  withServer(
    (_, response) => response.writeHead(200, signedHeaders(result)).end(result),
    async ({ options }) => {
      const { signal, listening } = countedSignal();
      const call = new Wechatpay(options).preEntrustSignApp(params, { signal });
      await call;
      assert.equal(listening(), 0);
    },
  ));

test('a fetch that throws, or resolves to something other than a Response', () =>
  withServer(
    () => {},
    async ({ options }) => {
      const call = (fetch) => new Wechatpay({ ...options, fetch }).preEntrustSignApp(params);
      const thrown = () => {
        throw new TypeError('no');
      };
      await assert.rejects(call(thrown), { code: 'ERR_NETWORK' });
      await assert.rejects(
        call(async () => Promise.reject()),
        { code: 'ERR_NETWORK' },
      );
      for (const value of [undefined, null, 7, {}, 'x', { status: 200 }]) {
        await assert.rejects(
          call(async () => value),
          { code: 'ERR_RESPONSE_INVALID' },
        );
      }
      const headers = new Headers();
      const odd = { status: 200, headers, redirected: false, body: 'text' };
      await assert.rejects(
        call(async () => odd),
        { code: 'ERR_RESPONSE_INVALID' },
      );
      const followed = { status: 200, headers, redirected: true, body: null };
      await assert.rejects(
        call(async () => followed),
        { code: 'ERR_REDIRECT' },
      );
      const opaque = { status: 0, headers, redirected: false, body: null, type: 'opaqueredirect' };
      await assert.rejects(
        call(async () => opaque),
        { code: 'ERR_REDIRECT' },
      );
    },
  ));

test('a promise that throws when it is awaited', { timeout: 20_000 }, () =>
  withServer(
    () => {},
    async ({ options }) => {
      const odd = () =>
        Object.defineProperty(Promise.resolve({ done: false }), 'constructor', {
          get() {
            throw new Error('touched constructor');
          },
        });
      const body = { getReader: () => ({ read: odd, cancel: odd }) };
      const response = { status: 200, headers: new Headers(), body };
      for (const fetch of [odd, async () => response]) {
        const call = new Wechatpay({ ...options, fetch }).preEntrustSignApp(params);
        await assert.rejects(call, { name: 'TransportError', code: 'ERR_NETWORK' });
      }
    },
  ),
);

test('a Response that throws wherever it is read does not disturb other calls', () =>
  withServer(
    (_, response) => response.writeHead(200, signedHeaders(result)).end(result),
    async ({ options }) => {
      const headers = new Headers();
      const throwing = (name, rest) =>
        Object.defineProperty({ status: 200, headers, body: null, ...rest }, name, {
          get() {
            throw new Error(`touched ${name}`);
          },
        });
      const stream = (pull) => new ReadableStream({ pull });
      const responses = [
        // The most common case: a wrapper read the body without a clone.
        async (url, init) => {
          const response = await fetch(url, init);
          await response.text();
          return response;
        },
        async () => throwing('status'),
        async () => throwing('headers'),
        async () => throwing('body'),
        async () => throwing('redirected'),
        async () => ({ status: 200n, headers, body: null }),
        async () => ({ status: 200, headers: {}, body: null }),
        async () => ({ status: 200, headers, body: { getReader: () => undefined } }),
        async () => ({ status: 200, headers, body: { getReader: () => ({}) } }),
        async () => ({ status: 200, headers, body: { getReader: () => ({ read: () => 7 }) } }),
        async () => ({ status: 200, headers, body: stream((to) => to.enqueue('text')) }),
        async () => ({ status: 200, headers, body: stream((to) => to.enqueue(new Uint8Array())) }),
      ];
      const sound = new Wechatpay(options);
      for (const given of responses) {
        const spoilt = new Wechatpay({ ...options, fetch: given });
        const beside = Promise.all([1, 2, 3].map(() => sound.preEntrustSignApp(params)));
        await assert.rejects(spoilt.preEntrustSignApp(params), (error) => {
          assert.equal(error.name, 'TransportError', String(given));
          assert.equal(error.code, 'ERR_RESPONSE_INVALID', String(given));
          return true;
        });
        await beside;
        spoilt.free();
      }
    },
  ));

test('a body from another realm is read', () =>
  withServer(
    () => {},
    async ({ options }) => {
      const other = runInNewContext('(bytes) => Uint8Array.from(bytes)');
      const body = new ReadableStream({
        start(to) {
          for (const byte of Buffer.from(result)) to.enqueue(other([byte]));
          to.close();
        },
      });
      const fetch = async () =>
        new Proxy(new Response(null, { headers: signedHeaders(result) }), {
          get: (response, name) => (name === 'body' ? body : Reflect.get(response, name, response)),
        });
      const { preEntrustwebId } = await new Wechatpay({ ...options, fetch }).preEntrustSignApp(
        params,
      );
      assert.equal(preEntrustwebId, '1d4b5b8a9c0e4f6f8a7b6c5d4e3f2a1b');
    },
  ));

test('a body that exceeds the limit is cancelled', () =>
  withServer(
    () => {},
    async ({ options }) => {
      let cancelled;
      const closing = new Promise((resolve) => {
        cancelled = resolve;
      });
      const body = new ReadableStream({
        pull: (to) => to.enqueue(new Uint8Array(2 ** 20 + 1)),
        cancel: cancelled,
      });
      const fetch = async () => new Response(body);
      const call = new Wechatpay({ ...options, fetch }).preEntrustSignApp(params);
      await assert.rejects(call, { code: 'ERR_RESPONSE_TOO_LARGE' });
      await closing;
    },
  ));

test('one signal ends hundreds of calls without a warning', () =>
  withServer(
    () => {},
    async ({ options }) => {
      const warnings = [];
      const warned = (warning) => warnings.push(warning);
      process.on('warning', warned);
      const controller = new AbortController();
      const { signal } = controller;
      const fetch = () => new Promise(() => {});
      const wxpay = new Wechatpay({ ...options, fetch });
      const calls = Array.from({ length: 30 }, () => wxpay.preEntrustSignApp(params, { signal }));
      setTimeout(() => controller.abort('all'), 1);
      const outcomes = await Promise.allSettled(calls);
      assert.ok(outcomes.every(({ reason }) => reason === 'all'));
      process.off('warning', warned);
      assert.deepEqual(process.getBuiltinModule ? warnings : [], []);
    },
  ));

test('a signal without a reason rejects with an AbortError', () =>
  withServer(
    () => {},
    async ({ options }) => {
      const listeners = { addEventListener() {}, removeEventListener() {} };
      const signal = { aborted: true, ...listeners };
      const call = new Wechatpay(options).preEntrustSignApp(params, { signal });
      await assert.rejects(call, { name: 'AbortError' });
    },
  ));

test('a cause that cannot be read does not hide the error', () =>
  withServer(
    () => {},
    async ({ options }) => {
      const causes = [
        Object.defineProperty(new Error('x'), 'message', {
          get() {
            throw new Error('no');
          },
        }),
        { message: Object.create(null) },
        { message: Symbol('s') },
        () => {},
        Symbol('s'),
        7n,
        null,
      ];
      for (const cause of causes) {
        const fetch = () => Promise.reject(cause);
        const call = new Wechatpay({ ...options, fetch }).preEntrustSignApp(params);
        await assert.rejects(call, { name: 'TransportError', code: 'ERR_NETWORK' });
      }
    },
  ));

test('a clock that throws, or does not return a time', () =>
  withServer(
    () => {},
    async (server) => {
      const call = (clock) => new Wechatpay({ ...server.options, clock }).preEntrustSignApp(params);
      const broken = () => {
        throw new Error('stopped');
      };
      await assert.rejects(call(broken), (error) => {
        assert.equal(error.option, 'clock');
        assert.equal(error.cause.message, 'stopped');
        return true;
      });
      for (const value of [undefined, Number.NaN, -1, Infinity, '0', new Date()]) {
        await assert.rejects(
          call(() => value),
          { name: 'ConfigError', option: 'clock' },
        );
      }
      assert.equal(server.requests.length, 0, 'nothing was sent');

      // The clock may also fail between request and response. Then the error cannot say that
      // nothing was sent.
      const times = [Date.now()];
      const fetch = async () => new Response(result, { headers: signedHeaders(result) });
      const stopping = new Wechatpay({ ...server.options, fetch, clock: () => times.pop() });
      await assert.rejects(stopping.preEntrustSignApp(params), {
        name: 'ConfigError',
        option: 'clock',
        message: /may have been carried out/,
      });
    },
  ));
