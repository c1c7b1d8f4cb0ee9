// The core knows clients, calls and hashes by numbers, which it uses again. Nobody gets another one's.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { Wechatpay } from 'wechatpay-wasm';
import { createSandbox } from 'wechatpay-wasm/sandbox';

const sandbox = await createSandbox({ merchant: 'migrating' });
after(() => sandbox.close());
const open = (more) => new Wechatpay({ ...sandbox.options, maxRetries: 0, ...more });
const params = { appid: 'wxd678efh567h23787', outContractCode: 'APPLYMENT_00000000001' };

/** A stream of the bytes, which ends when `end()` is called. */
function pending(bytes) {
  let end;
  const ended = new Promise((resolve) => {
    end = resolve;
  });
  async function* parts() {
    yield bytes;
    await ended;
  }
  return { parts: parts(), end };
}

test('an upload and a notification end as they would when the client was freed meanwhile', async () => {
  const client = open();
  const file = pending(new Uint8Array(1_000));
  const upload = client.upload('/v3/merchant/media/upload', {
    file: file.parts,
    filename: 'a.png',
  });
  const { headers, body } = sandbox.notification({ eventType: 'A', resource: { a: 1 } });
  const received = pending(Buffer.from(body));
  const notification = client.notification({ headers, body: received.parts });
  client.free();
  // Another merchant's, which may get the number.
  const other = open({ mchid: '1900000001', apiv3Key: 'x'.repeat(32) });
  file.end();
  received.end();
  assert.equal(typeof (await upload).media_id, 'string');
  assert.deepEqual((await notification).resource, { a: 1 });
  await assert.rejects(client.echo(), { option: 'client' });
  other.free();
});

test('a call that a hook starts while another one fails', async () => {
  let started;
  const failing = async () => new Response('{}', { status: 503 });
  const other = open();
  const onResponse = () => {
    started ??= other.preEntrustSignApp(params);
  };
  const client = open({ fetch: failing, onResponse });
  await assert.rejects(client.preEntrustSignApp(params), { name: 'ApiError' });
  assert.equal(typeof (await started).preEntrustwebId, 'string');
});
