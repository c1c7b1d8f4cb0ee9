// node-fetch in place of the host's fetch: the usual way to an agent or to a client certificate. The body of
// its Response is a stream of node.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { test } from 'node:test';

import nodeFetch from 'node-fetch';
import { Wechatpay } from 'wechatpay-wasm';
import { createSandbox } from 'wechatpay-wasm/sandbox';

import { signedHeaders, withServer } from '../faults/responding-server.mjs';
import { merchant } from '../merchant.mjs';

const bodies = [];
const fetch = async (url, init) => {
  const response = await nodeFetch(url, init);
  bodies.push(response.body);
  return response;
};
const sandbox = await createSandbox();
const wxpay = new Wechatpay({ ...sandbox.options, fetch });
const params = { appid: 'wxd678efh567h23787', outContractCode: 'APPLYMENT_1' };

test.after(() => sandbox.close());

test('a typed call, the chain, an upload, and what is not found', async () => {
  const { preEntrustwebId } = await wxpay.preEntrustSignApp(params);
  assert.equal(typeof preEntrustwebId, 'string');
  const path = 'v3/bill/tradebill';
  const { status, data } = await wxpay.chain(path).get({ query: { bill_date: '2026-11-22' } });
  assert.equal(status, 200);
  const file = Buffer.from('a picture');
  const { media_id: id } = await wxpay.upload('/v3/merchant/media/upload', {
    file,
    filename: 'a.png',
  });
  assert.equal(typeof id, 'string');
  const { download_url: url, hash_type: hashType, hash_value: hashValue } = data;
  const bytes = await wxpay.downloadBytes(url, { hashType, hashValue });
  assert.match(Buffer.from(bytes).toString(), /^交易时间/);
  await assert.rejects(
    wxpay.queryContractByOutContractCode({ ...params, outContractCode: 'NONE' }),
    { name: 'ApiError', verified: true },
  );
});

test('a download that its reader leaves closes the stream', async () => {
  const large = Buffer.alloc(2 ** 22, 'x');
  await withServer(
    (_, response) => response.end(large),
    async ({ options }) => {
      const client = new Wechatpay({ ...options, fetch });
      const url = `${options.baseUrl}/v3/billdownload/file?token=x`;
      const hash = { hashType: 'SHA1', hashValue: '0'.repeat(40) };
      for await (const part of await client.download(url, hash)) {
        assert.ok(part.length > 0);
        break;
      }
      const body = bodies.at(-1);
      if (!body.closed) await once(body, 'close');
      assert.ok(body.destroyed);
    },
  );
});

test('what is too large, forged or broken is refused, and its stream is closed', async () => {
  for (const [respond, code] of [
    [(_, response) => response.end(Buffer.alloc(2 ** 21)), 'ERR_RESPONSE_TOO_LARGE'],
    [(_, response) => response.end('{}'), 'ERR_SIGNATURE_MISSING'],
    [
      (_, response) => {
        response.writeHead(200, { ...signedHeaders('{}'), 'Content-Length': 100 });
        response.write('{}');
        setTimeout(() => response.destroy(), 20);
      },
      'ERR_NETWORK',
    ],
  ]) {
    await withServer(respond, async ({ options }) => {
      const client = new Wechatpay({ ...options, fetch });
      await assert.rejects(client.preEntrustSignApp(params), { code });
      assert.ok(bodies.at(-1).destroyed, code);
    });
  }
});

test('a signal ends it', async () => {
  await withServer(
    (_, response) => {
      response.writeHead(200);
      response.write('{');
    },
    async ({ options }) => {
      const client = new Wechatpay({ ...options, fetch });
      const signal = AbortSignal.timeout(100);
      await assert.rejects(client.preEntrustSignApp(params, { signal }), { name: 'TimeoutError' });
      assert.ok(bodies.at(-1).destroyed);
    },
  );
});

test('any async iterable of bytes', async () => {
  const body = '{"pre_entrustweb_id":"1121_0"}';
  const bytes = Buffer.from(body);
  async function* parts() {
    yield bytes.subarray(0, 5);
    yield bytes.subarray(5);
  }
  for (const make of [parts, () => Readable.from([bytes]), () => ReadableStream.from(parts())]) {
    const given = async () => ({
      status: 200,
      headers: new Headers(signedHeaders(body)),
      body: make(),
    });
    const client = new Wechatpay({ ...merchant, fetch: given });
    assert.deepEqual(await client.preEntrustSignApp(params), { preEntrustwebId: '1121_0' });
  }
});

test('a body that was read already, or is none, says what to give', async () => {
  const read = Readable.from([Buffer.from('{}')]);
  for await (const _ of read);
  for (const body of [read, 7, {}, 'text', undefined]) {
    const given = async () => ({ status: 200, headers: new Headers(), body });
    const client = new Wechatpay({ ...merchant, fetch: given });
    await assert.rejects(client.preEntrustSignApp(params), {
      code: 'ERR_RESPONSE_INVALID',
      message: /for await\), that nobody has read/,
    });
  }
});
