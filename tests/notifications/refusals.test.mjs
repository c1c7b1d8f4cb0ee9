// Anything that is not from WeChat Pay, or is not a notification, is rejected with an error that
// says why.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { inspect } from 'node:util';

import { VerificationError } from 'wechatpay-wasm';

import { signedHeaders } from '../faults/responding-server.mjs';
import { onLoopback } from '../loopback.mjs';
import { apiv3Key, client, encrypted, notification } from './encrypted-notification.mjs';

const wxpay = client();
const url = 'https://example.com/notify';
const refusal = (request, from = wxpay) =>
  from.notification(request).then(
    () => assert.fail('was opened'),
    (error) => error,
  );

test('without an apiv3Key, the error names the option, whatever the request is', async () => {
  const keyless = client({ apiv3Key: undefined });
  for (const request of [notification(), { headers: {}, body: '' }, undefined, 7]) {
    const error = await refusal(request, keyless);
    assert.equal(error.name, 'ConfigError');
    assert.equal(error.option, 'apiv3Key');
    assert.match(error.message, /^apiv3Key: is missing/);
  }
});

test('another apiv3Key: the error names the option', async () => {
  const error = await refusal(notification({ encrypt: { encryptionKey: 'x'.repeat(32) } }));
  assert.equal(error.name, 'ConfigError');
  assert.equal(error.option, 'apiv3Key');
  assert.match(error.message, /not the APIv3 key that this merchant has now/);
});

test('a body parsed and serialized again: the message names the most common cause', async () => {
  const { headers, body } = notification();
  const error = await refusal({ headers, body: JSON.stringify(JSON.parse(body)) });
  assert.ok(error instanceof VerificationError);
  assert.equal(error.code, 'ERR_SIGNATURE_INVALID');
  assert.equal(error.status, undefined);
  assert.equal(error.requestId, '08F78BB5AF0610D302');
  assert.match(error.message, /express\.json\(\), then JSON\.stringify/);
  assert.match(error.message, /must not be acted on/);
  assert.doesNotMatch(error.message, /carried out/);
});

test('a parsed body: the message says how to pass the raw one', async () => {
  const { headers, body } = notification();
  for (const parsed of [JSON.parse(body), [], {}, new Map(), new Date()]) {
    const error = await refusal({ headers, body: parsed });
    assert.equal(error.name, 'ValidationError');
    assert.equal(error.field, 'body');
    assert.match(error.message, /parsed already|stream of something else/);
    assert.match(error.message, /express\.raw|stream of something else/);
  }
});

test('an empty body, and a body that is a promise', async () => {
  const { headers } = notification();
  for (const body of ['', new Uint8Array(), Readable.from([])]) {
    const error = await refusal({ headers, body });
    assert.ok(error instanceof VerificationError);
    assert.equal(error.code, 'ERR_SIGNATURE_INVALID');
    assert.match(error.message, /must not be acted on: its body is empty/);
    assert.doesNotMatch(error.message, /serialized again/);
  }
  const error = await refusal({ headers, body: Promise.resolve('{}') });
  assert.equal(error.field, 'body');
  assert.match(error.message, /^body: is a promise; await it/);
  assert.doesNotMatch(error.message, /parsed already/);
  const beside = await refusal({ headers, body: {}, rawBody: Promise.resolve('{}') });
  assert.match(beside.message, /^body: is a promise; await it/);
  const event = { headers, node: { req: { headers, readableDidRead: true } } };
  assert.match((await refusal(event)).message, /^body: was read already/);
  const read = { headers, readableDidRead: true, async *[Symbol.asyncIterator]() {} };
  for (const context of [{ raw: read }, { req: read, request: { headers }, headers }]) {
    assert.match((await refusal(context)).message, /^body: was read already/);
  }
});

test('forged, stale, unsigned, a probe, or signed by an unknown key', async () => {
  const now = Math.floor(Date.now() / 1000);
  const changed = (name, change) => {
    const { headers, body } = notification();
    return { headers: { ...headers, [name]: change(headers[name]) }, body };
  };
  for (const [code, request] of [
    ['ERR_SIGNATURE_INVALID', { ...notification(), body: notification().body }],
    ['ERR_SIGNATURE_INVALID', changed('Wechatpay-Nonce', (nonce) => `${nonce}0`)],
    ['ERR_SIGNATURE_INVALID', changed('Wechatpay-Timestamp', (time) => String(time - 1))],
    ['ERR_SIGNATURE_INVALID', changed('Wechatpay-Signature', (one) => [one, one])],
    ['ERR_SIGNATURE_PROBE', changed('Wechatpay-Signature', (one) => `WECHATPAY/SIGNTEST/${one}`)],
    ['ERR_TIMESTAMP_SKEW', notification({ at: now - 310 })],
    ['ERR_TIMESTAMP_SKEW', notification({ at: now + 310 })],
    ['ERR_SERIAL_UNKNOWN', changed('Wechatpay-Serial', () => 'PUB_KEY_ID_02')],
    ['ERR_SIGNATURE_MISSING', changed('Wechatpay-Serial', () => undefined)],
    ['ERR_SIGNATURE_MISSING', changed('Wechatpay-Timestamp', () => null)],
    ['ERR_SIGNATURE_MISSING', changed('Wechatpay-Nonce', () => [])],
    ['ERR_SIGNATURE_MISSING', changed('Wechatpay-Signature', () => '')],
    ['ERR_SIGNATURE_MISSING', { headers: {}, body: '' }],
    ['ERR_SIGNATURE_MISSING', { headers: [], body: '{}' }],
    ['ERR_SIGNATURE_MISSING', new Request(url)],
    ['ERR_SIGNATURE_MISSING', new Request(url, { method: 'POST', body: '{}' })],
  ]) {
    const error = await refusal(request);
    assert.equal(error.name, 'VerificationError', String(error));
    assert.equal(error.code, code);
    assert.equal(error.status, undefined);
  }
});

test('the client’s clock is read before the body arrives, and after it', async () => {
  const at = 1554208460;
  const then = client({ clock: () => at * 1000 });
  await then.notification(notification({ at }));
  const { headers, body } = notification({ at });
  // The clock advances while the body arrives.
  const received = async (before, after) => {
    let now = (at + before) * 1000;
    let asked = false;
    async function* slowly() {
      asked = true;
      yield Buffer.from(body);
      now = (at + after) * 1000;
    }
    const moving = client({ clock: () => now });
    const outcome = await moving.notification({ headers, body: slowly() }).then(
      ({ id }) => id,
      ({ code }) => code,
    );
    return [outcome, asked];
  };
  const { id } = JSON.parse(body);
  assert.deepEqual(await received(-300, 300), [id, true]);
  assert.deepEqual(await received(300, 301), ['ERR_TIMESTAMP_SKEW', true]);
  // What the headers alone show costs no body.
  assert.deepEqual(await received(-600, 0), ['ERR_TIMESTAMP_SKEW', false]);
  const broken = client({ clock: () => NaN });
  assert.equal((await refusal(notification(), broken)).option, 'clock');
});

test('signed, but not as documented', async () => {
  const body = '{"id":"SECRET"}';
  for (const request of [
    { headers: signedHeaders(body), body },
    { headers: signedHeaders(''), body: '' },
    { headers: signedHeaders('SECRET'), body: 'SECRET' },
    notification({ envelope: { summary: 7 } }),
    notification({ envelope: { resource: { ciphertext: 'SECRET' } } }),
    notification({ envelope: { resource: encrypted('{}', { algorithm: 'AEAD_SM4_GCM' }) } }),
    notification({ text: '{"SECRET":' }),
    notification({ text: Buffer.from([0x22, 0xff, 0x22]) }),
    notification({ text: '' }),
  ]) {
    const error = await refusal(request);
    assert.equal(error.name, 'ValidationError');
    assert.equal(error.field, 'body');
    assert.match(error.message, /^body: is signed by WeChat Pay, but/);
    assert.doesNotMatch(error.message, /SECRET/);
  }
});

test('not a request', async () => {
  const { headers, body } = notification();
  for (const [field, request] of [
    ['request', undefined],
    ['request', null],
    ['request', 'x'],
    ['request', body],
    ['headers', {}],
    ['headers', { body }],
    ['request', () => {}],
    ['headers', { headers: null, body }],
    ['headers', { headers: 'x', body }],
    ['headers', { headers: { ...headers, 'Wechatpay-Timestamp': 1554208460 }, body }],
    ['headers', { headers: { ...headers, 'Wechatpay-Nonce': '\ud800' }, body }],
    ['headers', { headers: { ...headers, 'Wechatpay-Nonce': [{}] }, body }],
    ['headers', { headers: [7], body }],
    ['body', { headers }],
    ['body', { headers, body: null }],
    ['body', { headers, body: 7 }],
    ['body', { headers, body: true }],
    ['body', { headers, body: '\ud800' }],
    ['body', { headers, body: Symbol('x') }],
  ]) {
    const error = await refusal(request);
    assert.equal(error.name, 'ValidationError', String(error));
    assert.equal(error.field, field, String(error));
  }
});

test('isBase64Encoded that is not a boolean', async () => {
  for (const flag of ['false', 'true', 0, 1, {}]) {
    const error = await refusal({ ...notification(), isBase64Encoded: flag });
    assert.equal(error.field, 'body');
    assert.match(error.message, /isBase64Encoded must be true or false, not/);
  }
});

test('a body that was read already', async () => {
  const { headers, body } = notification();
  const request = () => new Request(url, { method: 'POST', headers, body });
  const read = request();
  await read.text();
  const locked = request();
  locked.body.getReader();
  const twice = request();
  await wxpay.notification(twice);
  const stream = Object.assign(Readable.from([Buffer.from(body)]), { headers });
  await wxpay.notification(stream);
  for (const one of [read, locked, twice, stream]) {
    const error = await refusal(one);
    assert.equal(error.field, 'body');
    assert.match(error.message, /was read already/);
  }
  const original = request();
  await wxpay.notification(original.clone());
  await wxpay.notification(original);
});

test('more than 1 MiB, in every form; a stream is read no further', async () => {
  const { headers } = notification();
  const large = 'x'.repeat(2 ** 20 + 1);
  let pulled = 0;
  let cancelled = false;
  const endless = new ReadableStream({
    pull(controller) {
      pulled += 1;
      controller.enqueue(new Uint8Array(2 ** 16));
    },
    cancel() {
      cancelled = true;
    },
  });
  async function* generated() {
    for (;;) yield new Uint8Array(2 ** 16);
  }
  for (const body of [
    large,
    '支'.repeat(2 ** 19),
    Buffer.from(large),
    new ArrayBuffer(2 ** 20 + 1),
    new Blob([large]),
    { size: 2 ** 20 + 1, arrayBuffer: () => assert.fail('was read') },
    { arrayBuffer: async () => new ArrayBuffer(2 ** 20 + 1) },
    endless,
    generated(),
  ]) {
    const error = await refusal({ headers, body });
    assert.equal(error.name, 'ValidationError');
    assert.match(error.message, /^body: is larger than 1 MiB/);
  }
  assert.ok(pulled < 20, `${pulled} parts`);
  assert.ok(cancelled);
  const request = new Request(url, { method: 'POST', headers, body: large });
  assert.match((await refusal(request)).message, /larger than 1 MiB/);
  const encoded = Buffer.from(large).toString('base64');
  const event = { headers, body: encoded, isBase64Encoded: true };
  assert.match((await refusal(event)).message, /larger than 1 MiB/);
});

test('a request of node:http that is too large gets a response, and is drained', async () => {
  const outcomes = [];
  const server = createServer(async (request, response) => {
    const given = request.url === '/whole' ? request : { headers: request.headers, body: request };
    outcomes.push(await refusal(given));
    response.writeHead(400).end();
  });
  const { close } = await onLoopback(server);
  // Writes the complete request before it reads the response.
  const responded = async (path, headers) => {
    const socket = connect(server.address().port, '127.0.0.1').pause();
    try {
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
      const length = 30 * 2 ** 20;
      const head = `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: ${length}\r\n`;
      socket.write(`${head}${lines.join('')}\r\n`);
      await new Promise((resolve, reject) => {
        socket.once('error', reject).setTimeout(10_000, () => reject(new Error('stuck')));
        socket.write(Buffer.alloc(length, 'x'), resolve);
      });
      const [response] = await once(socket.resume(), 'data');
      return response.toString('latin1').split('\r\n')[0];
    } finally {
      socket.destroy();
    }
  };
  const { headers } = notification();
  try {
    assert.equal(await responded('/whole', headers), 'HTTP/1.1 400 Bad Request');
    assert.equal(await responded('/body', headers), 'HTTP/1.1 400 Bad Request');
    assert.equal(await responded('/whole', {}), 'HTTP/1.1 400 Bad Request');
  } finally {
    await close();
  }
  assert.match(outcomes[0].message, /larger than 1 MiB/);
  assert.match(outcomes[1].message, /larger than 1 MiB/);
  assert.equal(outcomes[2].code, 'ERR_SIGNATURE_MISSING');
});

test('without a signature, the body is not read', async () => {
  const never = new ReadableStream();
  for (const body of [never, { [Symbol.asyncIterator]: () => assert.fail('was read') }]) {
    const error = await refusal({ headers: { 'Wechatpay-Nonce': 'x' }, body });
    assert.equal(error.code, 'ERR_SIGNATURE_MISSING');
  }
  assert.equal(never.locked, false);
});

test('a signature that can be none of the key is refused before the body is read', async () => {
  const { headers } = notification();
  const [name] = Object.keys(headers).filter((each) => /signature$/i.test(each));
  for (const signature of ['x', 'QUJD', `${headers[name]}QUJD`, headers[name].slice(4)]) {
    const body = new ReadableStream();
    const error = await refusal({ headers: { ...headers, [name]: signature }, body });
    assert.equal(error.code, 'ERR_SIGNATURE_INVALID');
    assert.equal(body.locked, false);
  }
});

test('a Content-Length that is no number is refused before the body is read', async () => {
  const { headers, body } = notification();
  for (const length of ['+2000000', '5, 5', '1e9', '-1', '0x10']) {
    const never = new ReadableStream();
    const given = { ...headers, 'Content-Length': length };
    const error = await refusal({ headers: given, body: never });
    assert.equal(error.field, 'body');
    assert.match(error.message, /Content-Length that is no number, or is given twice/);
    assert.equal(never.locked, false);
  }
  for (const length of ['', ' ', `${body.length}`]) {
    await wxpay.notification({ headers: { ...headers, 'Content-Length': length }, body });
  }
});

test('a stream that breaks, yields text, or yields nothing forever', async () => {
  const { headers, body } = notification();
  const broken = new Error('socket hang up');
  async function* breaks() {
    yield Buffer.from(body);
    throw broken;
  }
  async function* nothing() {
    for (;;) yield new Uint8Array();
  }
  for (const [stream, words] of [
    [breaks(), /did not arrive completely/],
    [Readable.from([body]).setEncoding('utf8'), /setEncoding/],
    [nothing(), /empty parts without end/],
  ]) {
    const error = await refusal({ headers, body: stream });
    assert.equal(error.field, 'body');
    assert.match(error.message, words);
  }
  assert.equal((await refusal({ headers, body: breaks() })).cause.message, 'socket hang up');
});

test('objects that throw wherever they are read do no harm', async () => {
  const { headers, body } = notification();
  const thrower = () => {
    throw new Error('thrown');
  };
  const throwing = (...names) =>
    Object.defineProperties(
      {},
      Object.fromEntries(names.map((name) => [name, { get: thrower, enumerable: true }])),
    );
  const { proxy: revoked, revoke } = Proxy.revocable({}, {});
  revoke();
  const hostile = new Proxy({}, { get: thrower, ownKeys: thrower, has: thrower });
  const badIterator = (step) => ({ [Symbol.iterator]: () => ({ next: step }) });
  for (const request of [
    throwing('headers'),
    Object.assign(throwing('body'), { headers }),
    revoked,
    hostile,
    ...[revoked, hostile, { get: thrower }, throwing('wechatpay-nonce')].map((bad) => ({
      headers: bad,
      body,
    })),
    ...[thrower, () => 7, () => throwing('done'), () => throwing('value'), () => null].map(
      (step) => ({ headers: badIterator(step), body }),
    ),
    { headers: { [Symbol.iterator]: thrower }, body },
    { headers: { get: () => hostile }, body },
    { headers: [hostile], body },
    ...[revoked, hostile, { getReader: thrower }, { getReader: () => 7 }].map((bad) => ({
      headers,
      body: bad,
    })),
    ...[thrower, () => 7, () => throwing('done'), () => ({ value: hostile })].map((read) => ({
      headers,
      body: { getReader: () => ({ read, cancel: thrower }) },
    })),
    { headers, body: { [Symbol.asyncIterator]: thrower } },
    { headers, body: { [Symbol.asyncIterator]: () => 7 } },
    { headers, arrayBuffer: thrower },
    { headers, arrayBuffer: () => 7 },
    { headers, arrayBuffer: () => throwing('then') },
    { headers, body: detached() },
  ]) {
    const error = await refusal(request);
    assert.match(error.name, /^(ValidationError|VerificationError)$/, String(error));
  }
  // The client still works.
  await wxpay.notification(notification());
});

function detached() {
  const bytes = new Uint8Array(8);
  structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
  return bytes;
}

test('reading stops in an endless list of headers', async () => {
  function* endless() {
    for (;;) yield ['x', 'y'];
  }
  const { body } = notification();
  assert.equal((await refusal({ headers: endless(), body })).code, 'ERR_SIGNATURE_MISSING');
});

test('a freed client, and one that is freed during the call', async () => {
  const freed = client();
  freed.free();
  assert.equal((await refusal(notification(), freed)).option, 'client');
  const onTheWay = client();
  const opening = onTheWay.notification(notification());
  onTheWay.free();
  assert.equal((await opening).summary, '支付成功');
});

test('one changed byte of what is signed or encrypted is detected', async () => {
  const { headers, body } = notification();
  const bytes = Buffer.from(body);
  for (let index = 0; index < bytes.length; index += 7) {
    const changed = Buffer.from(bytes);
    changed[index] ^= 1;
    assert.equal((await refusal({ headers, body: changed })).code, 'ERR_SIGNATURE_INVALID');
  }
  const resource = encrypted('{}');
  const ciphertext = Buffer.from(resource.ciphertext, 'base64');
  for (let index = 0; index < ciphertext.length; index += 1) {
    const changed = Buffer.from(ciphertext);
    changed[index] ^= 128;
    const envelope = { resource: { ...resource, ciphertext: changed.toString('base64') } };
    assert.equal((await refusal(notification({ envelope }))).option, 'apiv3Key');
  }
});

test('no key and no decrypted text is shown', async () => {
  const secret = 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o';
  const { headers, body } = notification({ text: `{"openid":"${secret}"` });
  const errors = [
    await refusal({ headers, body }),
    await refusal({ headers, body: ` ${body}` }),
    await refusal({ headers, body: apiv3Key }),
    await refusal({ headers: { ...headers, 'Wechatpay-Serial': apiv3Key.repeat(9) }, body }),
    await refusal(notification({ encrypt: { encryptionKey: 'x'.repeat(32) } })),
    await refusal(apiv3Key),
    await refusal({ headers: apiv3Key, body: { apiv3Key } }),
    await refusal({ headers, body: { apiv3Key } }),
  ];
  for (const error of errors) {
    const shown = `${inspect(error, { depth: 9, showHidden: true })} ${JSON.stringify(error)}`;
    assert.ok(!shown.includes(apiv3Key) && !shown.includes(secret), error.message);
  }
  assert.ok(!inspect(wxpay, { depth: 9, showHidden: true }).includes(apiv3Key));
});
