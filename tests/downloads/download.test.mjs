// Downloads, through the packed tarball: a bill from the sandbox, with and without gzip, and
// tampering by a host in between. A file with the wrong hash is never accepted.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';

import { Wechatpay } from 'wechatpay-wasm';
import { createSandbox } from 'wechatpay-wasm/sandbox';
import { withServer } from '../faults/responding-server.mjs';
import { send } from '../sandbox/signed-request.mjs';

const sandbox = await createSandbox();
const wxpay = new Wechatpay(sandbox.options);

async function bill(query = '') {
  const path = `/v3/bill/tradebill?bill_date=2026-11-22${query}`;
  const { json } = await send(sandbox, { method: 'GET', path });
  const { download_url: url, hash_type: hashType, hash_value: hashValue } = json;
  return { url, params: { hashType, hashValue } };
}

const hash = (algorithm, bytes) => createHash(algorithm).update(bytes).digest('hex');
const sha1 = (bytes) => ({ hashType: 'SHA1', hashValue: hash('sha1', bytes) });
const sha256 = (bytes) => ({ hashType: 'SHA256', hashValue: hash('sha256', bytes) });

async function read(stream) {
  const parts = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
}

test('a bill, as a stream and as bytes', async () => {
  const { url, params } = await bill();
  const stream = await wxpay.download(url, params);
  assert.ok(stream instanceof ReadableStream);
  const bytes = await read(stream);
  assert.match(bytes.toString(), /^交易时间,微信订单号/);
  assert.equal(hash('sha1', bytes), params.hashValue);
  const whole = await wxpay.downloadBytes(url, params);
  assert.ok(whole instanceof Uint8Array);
  assert.deepEqual(Buffer.from(whole), bytes);

  const { method, url: path, headers, result } = sandbox.requests.at(-1);
  assert.equal(method, 'GET');
  assert.equal(`${sandbox.url}${path}`, url);
  assert.equal(headers.accept, '*/*');
  assert.equal(headers.authorization, '[redacted]');
  assert.ok(result.ok, result.reason);
});

test('a bill in gzip is decompressed, and its hash is that of the decompressed bytes', async () => {
  const [plain, packed] = [await bill(), await bill('&tar_type=GZIP')];
  assert.match(packed.url, /&tartype=gzip$/);
  const whole = await wxpay.downloadBytes(packed.url, { ...packed.params, gzip: true });
  assert.deepEqual(whole, await wxpay.downloadBytes(plain.url, plain.params));
  await assert.rejects(wxpay.downloadBytes(packed.url, packed.params), {
    code: 'ERR_HASH_MISMATCH',
    message: /look like gzip.*give gzip: true/,
  });
  await assert.rejects(wxpay.downloadBytes(plain.url, { ...plain.params, gzip: true }), {
    code: 'ERR_RESPONSE_INVALID',
    message: /not complete gzip/,
  });
});

test('a hash in capitals, and SHA-256', () =>
  withServer(
    (_, response) => response.writeHead(200).end('file'),
    async ({ options }) => {
      const client = new Wechatpay(options);
      const url = `${options.baseUrl}/v3/billdownload/file?token=x`;
      const { hashType, hashValue } = sha1('file');
      const capitals = { hashType, hashValue: hashValue.toUpperCase() };
      for (const params of [capitals, sha256('file')]) {
        assert.equal(Buffer.from(await client.downloadBytes(url, params)).toString(), 'file');
      }
    },
  ));

test('one changed bit: the stream fails at its end, and downloadBytes rejects', async () => {
  for (const query of ['', '&tar_type=GZIP']) {
    const { url, params } = await bill(query);
    const given = { ...params, gzip: query !== '' };
    sandbox.faults = { tamper: true };
    const stream = await wxpay.download(url, given);
    const code = /^ERR_(?:HASH_MISMATCH|RESPONSE_INVALID)$/;
    await assert.rejects(read(stream), ({ code: actual }) => code.test(actual));
    await assert.rejects(wxpay.downloadBytes(url, given), ({ code: actual }) => code.test(actual));
    sandbox.faults = undefined;
  }
});

test('the stack of an error of the stream begins where the download was called', async () => {
  const { url } = await bill();
  async function caller() {
    return await wxpay.download(url, sha1('other'));
  }
  const stream = await caller();
  const error = await read(stream).catch((reason) => reason);
  assert.equal(error.code, 'ERR_HASH_MISMATCH');
  const [head, first] = error.stack.split('\n');
  assert.equal(head, `VerificationError: ${error.message}`);
  assert.match(first, /at caller .*download\.test\.mjs/);
});

test('a host without streams is told so before anything is sent', async (t) => {
  const { ReadableStream } = globalThis;
  t.after(() => Object.assign(globalThis, { ReadableStream }));
  const { url } = await bill();
  const sent = sandbox.requests.length;
  globalThis.ReadableStream = undefined;
  const error = await wxpay.download(url, sha1('other')).catch((reason) => reason);
  assert.equal(error.option, 'ReadableStream');
  assert.equal(sandbox.requests.length, sent);
});

test('the error message of a wrong hash', async () => {
  const { url } = await bill();
  const error = await wxpay.downloadBytes(url, sha1('other')).catch((reason) => reason);
  assert.equal(error.name, 'VerificationError');
  assert.equal(error.code, 'ERR_HASH_MISMATCH');
  assert.equal(error.status, 200);
  assert.equal(error.requestId, undefined);
  assert.match(error.message, /must not be used: the SHA1 of its \d+ bytes does not match/);
  assert.doesNotMatch(error.message, /token/);
});

test('a refused download is an ApiError, and its signature is verified', async () => {
  const { url, params } = await bill();
  const expired = url.replace(/token=../, 'token=xx');
  await assert.rejects(wxpay.download(expired, params), {
    name: 'ApiError',
    code: 'INVALID_REQUEST',
    status: 400,
    verified: true,
  });
  sandbox.faults = { status: 503, tamper: true, times: 1 };
  await assert.rejects(wxpay.download(url, params), { code: 'ERR_SIGNATURE_INVALID' });
});

test('a file on disk is either complete, or the write fails', async () => {
  const { url, params } = await bill('&bill_type=REFUND');
  const path = join(await mkdtemp(join(tmpdir(), 'download-')), 'bill.csv');
  await writeFile(path, await wxpay.download(url, params));
  assert.equal(hash('sha1', await readFile(path)), params.hashValue);
  await assert.rejects(writeFile(path, await wxpay.download(url, sha1('other'))), {
    code: 'ERR_HASH_MISMATCH',
  });
});

test('an empty file is valid', () =>
  withServer(
    (_, response) => response.writeHead(200).end(),
    async ({ options }) => {
      const url = `${options.baseUrl}/v3/x`;
      const client = new Wechatpay(options);
      assert.equal((await client.downloadBytes(url, sha1(''))).length, 0);
      await assert.rejects(client.downloadBytes(url, sha1('x')), { code: 'ERR_HASH_MISMATCH' });
    },
  ));

test('a file of many parts is read on demand', () =>
  withServer(
    async (_, response) => {
      response.writeHead(200);
      for (let part = 0; part < 64; part += 1) {
        response.write(Buffer.alloc(65_536, part));
        await new Promise(setImmediate);
      }
      response.end();
    },
    async ({ options }) => {
      const file = Buffer.concat(
        Array.from({ length: 64 }, (_, part) => Buffer.alloc(65_536, part)),
      );
      const client = new Wechatpay(options);
      const url = `${options.baseUrl}/v3/x`;
      assert.deepEqual(await read(await client.download(url, sha256(file))), file);
    },
  ));

test('maxBytes limits the decompressed size', () =>
  withServer(
    (_, response) => response.writeHead(200).end(gzipSync(Buffer.alloc(8 << 20))),
    async ({ options }) => {
      const client = new Wechatpay(options);
      const params = { ...sha1(Buffer.alloc(8 << 20)), gzip: true };
      const url = `${options.baseUrl}/v3/x`;
      assert.equal((await client.downloadBytes(url, params)).length, 8 << 20);
      const exactly = { ...params, maxBytes: 8 << 20 };
      assert.equal((await client.downloadBytes(url, exactly)).length, 8 << 20);
      for (const call of [
        client.downloadBytes(url, { ...params, maxBytes: 1 << 20 }),
        client.download(url, { ...params, maxBytes: 1 << 20 }).then(read),
      ]) {
        await assert.rejects(call, { code: 'ERR_RESPONSE_TOO_LARGE', message: /1048576 bytes/ });
      }
    },
  ));

test('gzip that is truncated or damaged', async () => {
  const file = Buffer.from('x'.repeat(100_000));
  const packed = gzipSync(file);
  const damaged = Buffer.from(packed);
  damaged[20] ^= 0xff;
  for (const body of [packed.subarray(0, -4), packed.subarray(0, 12), damaged, Buffer.from('no')]) {
    await withServer(
      (_, response) => response.writeHead(200).end(body),
      async ({ options }) => {
        const call = new Wechatpay(options).downloadBytes(`${options.baseUrl}/v3/x`, {
          ...sha1(file),
          gzip: true,
        });
        await assert.rejects(call, ({ code }) =>
          ['ERR_RESPONSE_INVALID', 'ERR_HASH_MISMATCH'].includes(code),
        );
      },
    );
  }
});

// Not in a hook: Node 20.0 runs no hook outside a suite.
test('the sandbox closes', () => sandbox.close());
