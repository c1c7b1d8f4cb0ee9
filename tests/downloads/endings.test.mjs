// Downloads that do not complete: stalled, broken, aborted, cancelled, or not possible on this
// host.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';

import { Wechatpay } from 'wechatpay-wasm';

import { withServer } from '../faults/responding-server.mjs';

const file = Buffer.alloc(1_000_000, 'bill');
const params = {
  hashType: 'SHA1',
  hashValue: createHash('sha1').update(file).digest('hex'),
};

/** A server that sends the first half of a file, and then calls `then`. */
function beginning(body, then) {
  return (_, response) => {
    response.writeHead(200, { 'Content-Length': body.length });
    response.write(body.subarray(0, body.length / 2));
    then(response);
  };
}

const plain = { body: file, gzip: false };
const noise = createHash('shake256', { outputLength: 1_000_000 }).update('noise').digest();
const packed = { body: gzipSync(noise), gzip: true };

async function rest(stream) {
  for await (const part of stream) assert.ok(part.length > 0);
}

for (const { body, gzip } of [plain, packed]) {
  const kind = gzip ? 'in gzip' : 'without gzip';

  test(`a file, ${kind}, that stalls: the timeout applies to each part`, () =>
    withServer(
      beginning(body, () => {}),
      async ({ options }) => {
        const client = new Wechatpay({ ...options, timeout: 150 });
        const stream = await client.download(`${options.baseUrl}/v3/x`, { ...params, gzip });
        await assert.rejects(rest(stream), { code: 'ERR_TIMEOUT', message: /150 ms/ });
      },
    ));

  test(`a file, ${kind}, whose connection breaks`, () =>
    withServer(
      beginning(body, (response) => setTimeout(() => response.destroy(), 20)),
      async ({ options }) => {
        const client = new Wechatpay(options);
        const stream = await client.download(`${options.baseUrl}/v3/x`, { ...params, gzip });
        await assert.rejects(rest(stream), { name: 'TransportError', code: 'ERR_NETWORK' });
      },
    ));

  test(`a file, ${kind}, that the signal aborts: the reason is the signal's`, () =>
    withServer(
      beginning(body, () => {}),
      async ({ options }) => {
        const controller = new AbortController();
        const reason = new Error('gave up');
        const url = `${options.baseUrl}/v3/x`;
        const { signal } = controller;
        const stream = await new Wechatpay(options).download(url, { ...params, gzip }, { signal });
        setTimeout(() => controller.abort(reason), 20);
        await assert.rejects(rest(stream), reason);
      },
    ));

  test(`a file, ${kind}, that is cancelled: the connection closes`, () => {
    let closed;
    return withServer(
      beginning(body, (response) => {
        closed = once(response, 'close');
      }),
      async ({ options }) => {
        const client = new Wechatpay(options);
        const stream = await client.download(`${options.baseUrl}/v3/x`, { ...params, gzip });
        const reader = stream.getReader();
        assert.equal((await reader.read()).done, false);
        await reader.cancel();
        await closed;
      },
    );
  });

  test(`a file, ${kind}, that is aborted while nobody reads: the connection closes`, () => {
    let closed;
    const controller = new AbortController();
    return withServer(
      beginning(body, (response) => {
        closed = once(response, 'close');
      }),
      async ({ options }) => {
        const url = `${options.baseUrl}/v3/x`;
        const { signal } = controller;
        const stream = await new Wechatpay(options).download(url, { ...params, gzip }, { signal });
        const reader = stream.getReader();
        assert.equal((await reader.read()).done, false);
        const reason = new Error('gave up');
        controller.abort(reason);
        await closed;
        await assert.rejects(reader.read(), reason);
      },
    );
  });

  test(`a file, ${kind}, that is cancelled while it stalls: the connection closes at once`, () => {
    let closed;
    return withServer(
      beginning(body, (response) => {
        closed = once(response, 'close').then(() => 'closed');
      }),
      async ({ options }) => {
        const client = new Wechatpay({ ...options, timeout: 60_000 });
        const stream = await client.download(`${options.baseUrl}/v3/x`, { ...params, gzip });
        const reader = stream.getReader();
        const stalled = new Promise((resolve) => setTimeout(resolve, 300, 'stalls'));
        let part;
        do {
          part = await Promise.race([reader.read(), stalled]);
        } while (part !== 'stalls');
        await reader.cancel();
        const late = new Promise((resolve) => setTimeout(resolve, 10_000, 'late').unref());
        assert.equal(await Promise.race([closed, late]), 'closed');
      },
    );
  });
}

test('a slow reader does not run into the timeout', () =>
  withServer(
    (_, response) => response.writeHead(200).end(file),
    async ({ options }) => {
      const client = new Wechatpay({ ...options, timeout: 300 });
      const stream = await client.download(`${options.baseUrl}/v3/x`, params);
      const reader = stream.getReader();
      await reader.read();
      await new Promise((resolve) => setTimeout(resolve, 600));
      for (let part = await reader.read(); !part.done; part = await reader.read());
    },
  ));

test('a response whose headers never arrive', () =>
  withServer(
    () => {},
    async ({ options }) => {
      const url = `${options.baseUrl}/v3/x`;
      const call = new Wechatpay(options).download(url, params, { timeout: 50 });
      await assert.rejects(call, { code: 'ERR_TIMEOUT' });
      const signal = AbortSignal.abort(new Error('before'));
      await assert.rejects(new Wechatpay(options).download(url, params, { signal }), /before/);
    },
  ));

test('a redirect is not followed', () =>
  withServer(
    (_, response) => response.writeHead(302, { Location: 'http://127.0.0.1:1/' }).end(),
    async (server) => {
      const url = `${server.options.baseUrl}/v3/x`;
      await assert.rejects(new Wechatpay(server.options).download(url, params), {
        code: 'ERR_REDIRECT',
      });
      assert.equal(server.requests.length, 1);
    },
  ));

test('without DecompressionStream: a ConfigError, and nothing is sent', () =>
  withServer(
    (_, response) => response.end(),
    async (server) => {
      const { DecompressionStream } = globalThis;
      delete globalThis.DecompressionStream;
      try {
        const url = `${server.options.baseUrl}/v3/x`;
        await assert.rejects(
          new Wechatpay(server.options).download(url, { ...params, gzip: true }),
          {
            name: 'ConfigError',
            option: 'gzip',
            message: /DecompressionStream.*without tar_type/,
          },
        );
      } finally {
        globalThis.DecompressionStream = DecompressionStream;
      }
      assert.equal(server.requests.length, 0);
    },
  ));

test('a client that is freed during a download completes it', () =>
  withServer(
    (_, response) => response.writeHead(200).end(file),
    async ({ options }) => {
      const client = new Wechatpay(options);
      const stream = await client.download(`${options.baseUrl}/v3/x`, params);
      client.free();
      await rest(stream);
      await assert.rejects(client.download(`${options.baseUrl}/v3/x`, params), {
        option: 'client',
      });
    },
  ));
