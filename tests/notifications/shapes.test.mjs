// Whatever form of request a server passes, the client decrypts the same notification.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';

import { Wechatpay } from 'wechatpay-wasm';

import { environmentOf } from '../environment-of.mjs';
import { onLoopback } from '../loopback.mjs';
import { key, merchant } from '../merchant.mjs';
import { apiv3Key, client, notification, opened } from './encrypted-notification.mjs';

const wxpay = client();
const read = (path) => readFileSync(new URL(path, import.meta.url), 'utf8');
const url = 'https://example.com/notify';

/**
 * The body in parts: one part ends in the middle of a character, and empty parts are in between.
 */
function parts(body) {
  const bytes = Buffer.from(body);
  const at = bytes.indexOf('支') + 1;
  return [bytes.subarray(0, at), new Uint8Array(), bytes.subarray(at)];
}

const lowerCased = (headers) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
const upperCased = (headers) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value]));
const inAnotherRealm = (value) => runInNewContext(`(${JSON.stringify(value)})`);

const headerShapes = {
  'as WeChat Pay writes them': (headers) => headers,
  'in lower case': lowerCased,
  'in upper case': upperCased,
  'without a prototype': (headers) => Object.assign(Object.create(null), headers),
  "as node's headersDistinct": (headers) =>
    Object.fromEntries(Object.entries(lowerCased(headers)).map(([name, one]) => [name, [one]])),
  "as node's rawHeaders": (headers) => Object.entries(headers).flat(),
  'as pairs': (headers) => Object.entries(headers),
  'as pairs of lists': (headers) => Object.entries(headers).map(([name, one]) => [name, [one]]),
  'as a Headers': (headers) => new Headers(headers),
  'as a Map': (headers) => new Map(Object.entries(upperCased(headers))),
  'as an iterator': (headers) => Object.entries(headers).values(),
  'as an object with only get()': (headers) => {
    const all = new Headers(headers);
    return { get: (name) => all.get(name) };
  },
  'as an object of another realm': inAnotherRealm,
  'as pairs of another realm': (headers) => inAnotherRealm(Object.entries(headers)),
  'among many': (headers) => ({
    ...Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`x-${index}`, 'y'])),
    ...headers,
    host: undefined,
    'x-number': 7,
  }),
};

for (const [name, shape] of Object.entries(headerShapes)) {
  test(`headers ${name}`, async () => {
    const { headers, body } = notification();
    assert.deepEqual(await wxpay.notification({ headers: shape(headers), body }), opened);
  });
}

const bodyShapes = {
  'a string': (body) => body,
  'a Buffer': (body) => Buffer.from(body),
  'a part of a larger Uint8Array': (body) => {
    const bytes = Buffer.from(` ${body} `);
    return new Uint8Array(bytes.buffer, bytes.byteOffset + 1, bytes.length - 2);
  },
  'a DataView': (body) => new DataView(Uint8Array.from(Buffer.from(body)).buffer),
  'an ArrayBuffer': (body) => Uint8Array.from(Buffer.from(body)).buffer,
  'a Uint8Array of another realm': (body) =>
    runInNewContext('Uint8Array.from(bytes)', { bytes: [...Buffer.from(body)] }),
  'an ArrayBuffer of another realm': (body) =>
    runInNewContext('Uint8Array.from(bytes).buffer', { bytes: [...Buffer.from(body)] }),
  'a Blob': (body) => new Blob(parts(body)),
  'a ReadableStream': (body) => Readable.toWeb(Readable.from(parts(body), { objectMode: false })),
  'a stream of node': (body) => Readable.from(parts(body)),
  'an asynchronous generator': async function* (body) {
    yield* parts(body);
  },
  'a generator of mostly empty parts': async function* (body) {
    for (const byte of Buffer.from(body)) yield* [new Uint8Array(), Buffer.of(byte)];
  },
};

for (const [name, shape] of Object.entries(bodyShapes)) {
  test(`a body that is ${name}`, async () => {
    const { headers, body } = notification();
    assert.deepEqual(await wxpay.notification({ headers, body: shape(body) }), opened);
  });
}

test('a fetch Request, and one whose body is a stream', async () => {
  const { headers, body } = notification();
  const request = new Request(url, { method: 'POST', headers, body });
  assert.deepEqual(await wxpay.notification(request), opened);
  assert.equal(request.bodyUsed, true);

  const streamed = Readable.toWeb(Readable.from(parts(body)));
  const init = { method: 'POST', headers, body: streamed, duplex: 'half' };
  assert.deepEqual(await wxpay.notification(new Request(url, init)), opened);
});

test('a Request without a stream, as in some runtimes', async () => {
  const { headers, body } = notification();
  const request = {
    headers: new Headers(headers),
    bodyUsed: false,
    arrayBuffer: async () => Uint8Array.from(Buffer.from(body)).buffer,
  };
  assert.deepEqual(await wxpay.notification(request), opened);
});

test('a request of node:http, before and after a parser of raw bodies', async () => {
  const outcomes = [];
  const server = createServer(async (request, response) => {
    if (request.url === '/raw') {
      const chunks = [];
      for await (const chunk of request) chunks.push(chunk);
      // As express.raw() does.
      request.body = Buffer.concat(chunks);
    }
    outcomes.push(await wxpay.notification(request).catch((error) => error));
    outcomes.push(
      await wxpay
        .notification({ headers: request.headers, body: request.body })
        .catch((error) => error),
    );
    response.end();
  });
  const { url, close } = await onLoopback(server);
  try {
    for (const path of ['/raw', '/']) {
      const { headers, body } = notification();
      await fetch(`${url}${path}`, { method: 'POST', headers, body });
    }
  } finally {
    await close();
  }
  assert.deepEqual(outcomes.slice(0, 3), [opened, opened, opened]);
  assert.equal(outcomes[3].field, 'body');
});

test('an event of an API gateway, as text and as base64', async () => {
  const { headers, body } = notification();
  const event = { version: '2.0', headers: lowerCased(headers), isBase64Encoded: false, body };
  assert.deepEqual(await wxpay.notification(event), opened);
  assert.deepEqual(await wxpay.notification({ ...event, isBase64Encoded: undefined }), opened);
  const encoded = { ...event, isBase64Encoded: true, body: Buffer.from(body).toString('base64') };
  assert.deepEqual(await wxpay.notification(encoded), opened);
  await assert.rejects(wxpay.notification({ ...event, isBase64Encoded: true }), {
    name: 'ValidationError',
    field: 'body',
  });
});

test('an event of a load balancer, whose headers have several values', async () => {
  const { headers, body } = notification();
  const multiValueHeaders = Object.fromEntries(
    Object.entries(lowerCased(headers)).map(([name, value]) => [name, [value]]),
  );
  const event = { multiValueHeaders, isBase64Encoded: false, body };
  await assert.rejects(wxpay.notification(event), {
    field: 'headers',
    message: /multiValueHeaders/,
  });
  const mended = { ...event, headers: event.multiValueHeaders };
  assert.deepEqual(await wxpay.notification(mended), opened);
});

test('the resource is what JSON.parse makes of it', async () => {
  for (const text of [
    '{"big":9007199254740993,"small":0.1,"minus":-0,"e":1e400}',
    '{"__proto__":{"polluted":true},"constructor":1}',
    '[1,[2,{"a":null}]]',
    '"\\ud83d\\ude00\\u0000"',
    ' null ',
  ]) {
    const { resource } = await wxpay.notification(notification({ text }));
    assert.deepEqual(resource, JSON.parse(text), text);
  }
  assert.equal({}.polluted, undefined);
});

test('unknown members are ignored, and optional ones may be missing', async () => {
  const { headers, body } = notification({ envelope: { more: { id: [] } } });
  assert.deepEqual(await wxpay.notification({ headers, body, more: 1 }), opened);
});

test('keys are chosen by the serial number, for public keys and certificates', async () => {
  const known = JSON.parse(read('../vectors/known-answers.json'));
  for (const vector of known.notifications) {
    const pem = key(vector.publicKey);
    const call = client({
      certs: { [vector.serial]: pem },
      apiv3Key: Buffer.from(known.apiv3Key),
      clock: () => vector.timestamp * 1000,
    }).notification({
      headers: {
        'wechatpay-timestamp': String(vector.timestamp),
        'wechatpay-nonce': vector.nonce,
        'wechatpay-serial': vector.serial,
        'wechatpay-signature': vector.signature,
      },
      body: vector.body,
    });
    if (vector.resource.endsWith(':')) {
      await assert.rejects(call, { name: 'ValidationError', field: 'body' });
    } else {
      assert.deepEqual((await call).resource, JSON.parse(vector.resource));
    }
  }
});

test('a client from the environment', async () => {
  const wechatpay = Wechatpay.fromEnv(environmentOf({ ...merchant, apiv3Key }));
  assert.deepEqual(await wechatpay.notification(notification()), opened);
});

test('200 at once', async () => {
  const all = Array.from({ length: 200 }, () => wxpay.notification(notification()));
  for (const one of await Promise.all(all)) assert.deepEqual(one, opened);
});

const asFetch = ({ headers, body }) => new Request(url, { method: 'POST', headers, body });
const besides = {
  'a parsed body with its rawBody, as Cloud Functions and NestJS have it': ({ headers, body }) => ({
    headers,
    body: JSON.parse(body),
    rawBody: Buffer.from(body),
  }),
  'a rawBody that is text, as Azure and Koa have it': ({ headers, body }) => ({
    headers,
    rawBody: body,
  }),
  "Hono's c": (given) => ({ req: { raw: asFetch(given), header() {} }, header() {}, body() {} }),
  "Hono's c.req": (given) => ({ raw: asFetch(given), header() {}, json() {} }),
  "Koa's ctx": ({ headers, body }) => {
    const req = Object.assign(Readable.from([Buffer.from(body)]), { headers });
    const request = { headers, req };
    return { headers, req, res: {}, request, response: {}, body: undefined };
  },
  "Koa's ctx whose response has a body": ({ headers, body }) => {
    const req = Object.assign(Readable.from([Buffer.from(body)]), { headers });
    return { headers, req, res: {}, request: { headers, req }, response: {}, body: 'OK' };
  },
  "Koa's ctx behind a parser": ({ headers, body }) => {
    const req = { headers, readableDidRead: true, async *[Symbol.asyncIterator]() {} };
    const request = { headers, req, body: JSON.parse(body), rawBody: body };
    return { headers, req, res: {}, request, response: {}, body: undefined };
  },
  "h3's event, of node": ({ headers, body }) => ({
    node: { req: Object.assign(Readable.from([Buffer.from(body)]), { headers }), res: {} },
    headers: new Headers(headers),
  }),
  "h3's event, of fetch": (given) => ({ web: { request: asFetch(given) }, node: undefined }),
  "h3's newer event": (given) => ({ req: asFetch(given) }),
  'a context of SvelteKit, Remix or Pages': (given) => ({ request: asFetch(given), params: {} }),
  "Fastify's request whose body was not read": ({ headers, body }) => ({
    headers,
    body: undefined,
    raw: Object.assign(Readable.from([Buffer.from(body)]), { headers }),
  }),
  'the {} of a parser that did not read': ({ headers, body }) =>
    Object.assign(Readable.from([Buffer.from(body)]), { headers, body: {} }),
};

for (const [name, shape] of Object.entries(besides)) {
  test(`what stands beside it: ${name}`, async () => {
    assert.deepEqual(await wxpay.notification(shape(notification())), opened);
    const { headers, body } = notification();
    const changed = shape({ headers, body: body.replace('SUCCESS', 'CLOSED') });
    await assert.rejects(wxpay.notification(changed), { code: 'ERR_SIGNATURE_INVALID' });
  });
}

test('a raw body is taken before a text or bytes beside it', async () => {
  const { headers, body } = notification();
  for (const rawBody of [body, Buffer.from(body)]) {
    for (const beside of ['', '[object Object]', new Uint8Array(), {}]) {
      assert.deepEqual(await wxpay.notification({ headers, body: beside, rawBody }), opened);
    }
  }
  assert.deepEqual(await wxpay.notification({ headers, body, rawBody: '' }), opened);
});
