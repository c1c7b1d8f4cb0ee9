import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { ServerResponse } from 'node:http';
import net from 'node:net';
import { networkInterfaces } from 'node:os';
import { after, before, describe, test } from 'node:test';
import { inspect } from 'node:util';
import { createSandbox } from 'wechatpay-wasm/sandbox';
import { assertSigned, CONTRACT, send } from './signed-request.mjs';

describe('the lifetime of a sandbox', () => {
  // One sandbox for every test that does not need its own: generating keys takes time.
  let sandbox;
  before(async () => {
    sandbox = await createSandbox({ port: undefined, clock: undefined });
  });
  after(() => sandbox.close());

  const connect = (host, port) =>
    new Promise((resolve, reject) => {
      const socket = net.connect({ host, port, timeout: 2_000 }, () => {
        socket.setTimeout(0);
        resolve(socket);
      });
      socket.on('timeout', () => socket.destroy(new Error('timeout')));
      socket.on('error', reject);
    });

  test('returns the options of a client, and nothing else', () => {
    const { url, options } = sandbox;
    assert.deepEqual(Object.keys(options).sort(), [
      'apiv3Key',
      'baseUrl',
      'cert',
      'certs',
      'mchid',
      'privateKey',
      'serial',
    ]);
    assert.match(url, /^http:\/\/127\.0\.0\.1:[0-9]+$/);
    assert.equal(options.baseUrl, url);
    assert.match(options.mchid, /^19[0-9]{8}$/);
    assert.match(options.serial, /^[0-9A-F]{40}$/);
    assert.match(options.apiv3Key, /^[0-9A-Za-z]{32}$/);
    assert.match(options.privateKey, /^-----BEGIN PRIVATE KEY-----\n/);
    const certs = Object.entries(options.certs);
    assert.equal(certs.length, 1);
    const [[id, pem]] = certs;
    assert.match(id, /^PUB_KEY_ID_[0-9]{34}$/);
    assert.match(pem, /^-----BEGIN PUBLIC KEY-----\n/);
    for (const key of [createPrivateKey(options.privateKey), createPublicKey(pem)]) {
      assert.equal(key.asymmetricKeyType, 'rsa');
      assert.equal(key.asymmetricKeyDetails.modulusLength, 2048);
    }
  });

  test('two sandboxes at once share nothing', async () => {
    const [one, two] = await Promise.all([createSandbox(), createSandbox()]);
    try {
      for (const name of ['mchid', 'serial', 'privateKey', 'apiv3Key', 'baseUrl']) {
        assert.notEqual(one.options[name], two.options[name], name);
      }
      assert.notDeepEqual(Object.keys(one.options.certs), Object.keys(two.options.certs));
      assert.notDeepEqual(Object.values(one.options.certs), Object.values(two.options.certs));
      const [responseOne, responseTwo] = [await send(one), await send(two)];
      assertSigned(responseOne, one);
      assert.throws(() => assertSigned(responseOne, two));
      assert.notEqual(responseOne.json.pre_entrustweb_id, responseTwo.json.pre_entrustweb_id);
      // Signed with the key of one, for the merchant of the other.
      const { status } = await send(two, { privateKey: one.options.privateKey });
      assert.equal(status, 401);
      assert.equal(one.requests.length, 1);
    } finally {
      await Promise.all([one.close(), two.close()]);
    }
  });

  test('does not record the Authorization header', async () => {
    let header;
    const keep = (value) => {
      header = value;
      return value;
    };
    await send(sandbox, { authorization: keep });
    assert.equal(sandbox.requests.at(-1).headers.authorization, '[redacted]');
    const [, signature] = header.match(/signature="([^"]+)"/);
    const printed = inspect(sandbox.requests, { depth: Infinity, maxStringLength: Infinity });
    assert.ok(printed.includes('[redacted]'));
    assert.ok(!printed.includes(signature));
    // The reason does not contain it either, even if the header itself is wrong.
    await send(sandbox, { authorization: (value) => `${value},secret="hunter2"` });
    await send(sandbox, { authorization: () => 'Bearer hunter2' });
    await send(sandbox, { authorization: () => ['Bearer hunter2', 'Bearer hunter2'] });
    assert.deepEqual(
      sandbox.requests.slice(-4).map(({ result }) => result.status),
      [200, 401, 401, 401],
    );
    assert.ok(!JSON.stringify(sandbox.requests).includes('hunter2'));
  });

  test('records headers by their lower-case names', async () => {
    await send(sandbox, { headers: { 'X-Trace': ['a', 'b'] } });
    assert.deepEqual(sandbox.requests.at(-1).headers, {
      accept: 'application/json',
      authorization: '[redacted]',
      connection: 'close',
      'content-length': String(JSON.stringify(CONTRACT).length),
      'content-type': 'application/json',
      host: new URL(sandbox.url).host,
      'user-agent': 'sandbox-test/1.0',
      'wechatpay-serial': Object.keys(sandbox.options.certs)[0],
      'x-trace': 'a, b',
    });
  });

  // Node.js 20.0 itself cannot list these names in request.headersDistinct, and throws.
  test('accepts headers of any name', async () => {
    const headers = Object.assign(Object.create(null), { constructor: 'a' });
    Object.defineProperty(headers, '__proto__', { value: 'b', enumerable: true });
    const { status } = await send(sandbox, { headers: { ...headers } });
    assert.equal(status, 200);
    const seen = Object.entries(sandbox.requests.at(-1).headers);
    assert.deepEqual(
      seen.filter(([name]) => Object.keys(headers).includes(name)),
      [
        ['constructor', 'a'],
        ['__proto__', 'b'],
      ],
    );
  });

  test('an internal error ends one connection, and nothing else', async (t) => {
    const fail = () => assert.fail('a fault');
    t.mock.method(ServerResponse.prototype, 'writeHead', fail, { times: 1 });
    await assert.rejects(send(sandbox), { code: 'ECONNRESET' });
    assert.equal((await send(sandbox)).status, 200);
  });

  test('records requests in the order of their arrival', async () => {
    for (const code of ['A', 'B', 'C']) {
      await send(sandbox, { json: { ...CONTRACT, out_contract_code: code } });
    }
    const codes = sandbox.requests.slice(-3).map(({ body }) => JSON.parse(body).out_contract_code);
    assert.deepEqual(codes, ['A', 'B', 'C']);
  });

  test('records the last 10,000 requests, always in the same array', async () => {
    const { requests } = sandbox;
    requests.length = 0;
    requests.push('the oldest', ...Array.from({ length: 9_999 }, () => 'older'));
    await send(sandbox);
    assert.equal(sandbox.requests, requests);
    assert.equal(requests.length, 10_000);
    assert.equal(requests[0], 'older');
    assert.equal(requests.at(-1).result.status, 200);
    requests.length = 0;
    await send(sandbox);
    assert.equal(requests.length, 1);
  });

  test('calls onRequest for every request, before the response arrives', async () => {
    const reported = [];
    const telling = await createSandbox({ onRequest: (request) => reported.push(request) });
    try {
      await send(telling);
      assert.deepEqual(reported, telling.requests);
      await send(telling, { json: {} });
      assert.deepEqual(reported, telling.requests);
      assert.equal(reported[1], telling.requests[1]);
    } finally {
      await telling.close();
    }
  });

  test('listens only on loopback', async () => {
    const { url } = sandbox;
    const port = Number(new URL(url).port);
    (await connect('127.0.0.1', port)).destroy();
    const others = Object.values(networkInterfaces())
      .flat()
      .filter(({ internal, family }) => !internal && family === 'IPv4')
      .map(({ address }) => address);
    for (const address of [...others, '127.0.0.2']) {
      await assert.rejects(connect(address, port), address);
    }
  });

  test('close() frees the port, ends every connection, and can be called twice', {
    timeout: 30_000,
  }, async () => {
    const first = await createSandbox();
    const port = Number(new URL(first.url).port);
    const idle = await connect('127.0.0.1', port);
    const half = await connect('127.0.0.1', port);
    half.write('POST / HTTP/1.1\r\nHost: s\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n');
    // 100 Continue: the sandbox is now in the middle of this request.
    await new Promise((resolve) => half.once('data', resolve));
    const ended = [idle, half].map(
      (socket) => new Promise((resolve) => socket.on('close', resolve)),
    );
    for (const socket of [idle, half]) socket.on('error', () => {}).resume();
    await Promise.all([first.close(), first.close()]);
    await Promise.all(ended);
    await first.close();
    await assert.rejects(connect('127.0.0.1', port), { code: 'ECONNREFUSED' });
    const next = await createSandbox({ port });
    try {
      assert.equal(next.url, first.url);
      assert.equal((await send(next)).status, 200);
    } finally {
      await next.close();
    }
  });

  test('Symbol.asyncDispose closes', {
    skip: Symbol.asyncDispose ? false : 'this Node.js has no such symbol',
  }, async () => {
    const disposed = await createSandbox();
    await disposed[Symbol.asyncDispose]();
    const port = Number(new URL(disposed.url).port);
    await assert.rejects(connect('127.0.0.1', port), { code: 'ECONNREFUSED' });
  });

  test('reports a port that is in use', async () => {
    const { url } = sandbox;
    const port = Number(new URL(url).port);
    await assert.rejects(createSandbox({ port }), { code: 'EADDRINUSE' });
  });

  for (const [options, message] of [
    [{ prot: 1 }, /unknown option prot \(it knows port, allowedHosts, merchant, strict, clock, /],
    [{ maxClockSkew: 1, host: '::' }, /unknown option maxClockSkew, host/],
    [null, /options must be an object/],
    ['8080', /options must be an object/],
    [{ port: '8080' }, /port must be/],
    [{ port: -1 }, /port must be/],
    [{ port: 65_536 }, /port must be/],
    [{ port: 1.5 }, /port must be/],
    [{ clock: 0 }, /clock must be/],
    [{ address: '::' }, /address must be one of 127\.0\.0\.1, 0\.0\.0\.0/],
    [{ onRequest: true }, /onRequest must be/],
    [{ onDelivery: true }, /onDelivery must be/],
    [{ state: '' }, /state must be the path of a file/],
  ]) {
    test(`rejects the options ${inspect(options)}`, () =>
      assert.rejects(createSandbox(options), { name: 'TypeError', message }));
  }

  for (const [what, clock] of Object.entries({
    'that throws': () => {
      throw new Error('no battery');
    },
    'that returns NaN': () => new Date('never').getTime(),
  })) {
    test(`reports a clock ${what} as the sandbox's own failure`, async () => {
      const broken = await createSandbox({ clock });
      try {
        const response = await send(broken);
        assert.equal(response.status, 500);
        assert.deepEqual(response.json, { code: 'SYSTEM_ERROR', message: '系统异常，请稍后重试' });
        assertSigned(response, broken);
        const { reason } = broken.requests[0].result;
        assert.match(reason, /^the sandbox failed: (no battery|clock did not)/);
      } finally {
        await broken.close();
      }
    });
  }
});
