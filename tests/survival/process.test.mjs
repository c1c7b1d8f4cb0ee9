// What a host or a caller gives may fail where nobody waits for it. That would end the process: node:test
// fails the test in which a rejection is unhandled, or an error uncaught.
import assert from 'node:assert/strict';
import { createReadStream, openAsBlob } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { after, test } from 'node:test';
import { setTimeout as passed } from 'node:timers/promises';

import { Wechatpay } from 'wechatpay-wasm';
import { createSandbox } from 'wechatpay-wasm/sandbox';

const sandbox = await createSandbox({ merchant: 'migrating' });
after(() => sandbox.close());
const open = (more) => new Wechatpay({ ...sandbox.options, maxRetries: 0, ...more });
const wxpay = open();
const path = '/v3/merchant/media/upload';
const filename = 'a.png';
const gone = AbortSignal.abort(new Error('gone'));
const url = `${sandbox.url}/v3/billdownload/file?token=x`;
const hash = { hashType: 'SHA1', hashValue: '0'.repeat(40) };

/** Node tells of what nobody handled once its microtasks are done, a stream of its error a tick later. */
const nobodyFailed = () => passed(20);

async function removed() {
  const folder = await mkdtemp(join(tmpdir(), 'removed-'));
  const file = join(folder, filename);
  await writeFile(file, 'some bytes');
  const blob = await openAsBlob(file);
  await rm(folder, { recursive: true });
  return { blob, file };
}

for (const [form, of] of [
  ['Blob', ({ blob }) => blob],
  ['fs.createReadStream', ({ file }) => createReadStream(file)],
  ['Blob of another make', () => ({ size: 1, arrayBuffer: async () => assert.fail('gone') })],
]) {
  test(`a file that was removed, as ${form}, which the call never gets to`, async () => {
    const file = async () => of(await removed());
    for (const [params, options, expected] of [
      [{ filename }, { signal: gone }, { message: 'gone' }],
      [{ filename }, { signale: gone }, { field: 'options.signale' }],
      [{ filename }, { timeout: -1 }, { field: 'options.timeout' }],
      [{ filname: filename }, {}, { field: 'filname' }],
      [{ filename, maxBytes: 0 }, {}, { field: 'maxBytes' }],
      [{ filename: 'a.exe' }, {}, { name: 'ValidationError' }],
    ]) {
      await assert.rejects(
        wxpay.upload(path, { file: await file(), ...params }, options),
        expected,
      );
      await nobodyFailed();
    }
    await assert.rejects(wxpay.upload('', { file: await file(), filename }), { field: 'path' });
    await assert.rejects(wxpay.upload(path, { file: await file(), filename }), { field: 'file' });
    await nobodyFailed();
  });
}

test('a notification whose stream breaks while keys are downloaded', async () => {
  const { headers } = sandbox.notification({
    eventType: 'A',
    resource: {},
    signedBy: 'certificate',
  });
  const body = new Readable({ read() {} });
  const fetch = async () => {
    body.destroy(new Error('the connection is lost'));
    await nobodyFailed();
    throw new Error('no keys');
  };
  const auto = open({ certs: 'auto', fetch });
  await assert.rejects(auto.notification({ headers, body }));
  await nobodyFailed();
});

/** A fetch as node-fetch is: its body is a stream of node, which fails when the request is aborted. */
function nodeFetch({ status = 200, head, late = 0 } = {}) {
  const bodies = [];
  const fetch = async (_, { signal }) => {
    const body = new Readable({ read() {} });
    bodies.push(body);
    if (late > 0) await passed(late);
    signal.addEventListener('abort', () => body.emit('error', new Error('aborted')));
    if (late > 0) setTimeout(() => body.emit('error', new Error('reset')), 5);
    return { status, headers: new Headers(head), body };
  };
  return { fetch, bodies };
}

for (const [what, given] of [
  ['a response', {}],
  ['a redirect', { status: 302 }],
  ['no status', { status: 'none' }],
  ['a response that is too large', { head: { 'Content-Length': '99999999' } }],
  ['a response that comes too late', { late: 30 }],
]) {
  test(`the body is a stream of node: ${what}`, async () => {
    const { fetch, bodies } = nodeFetch(given);
    const client = open({ fetch, timeout: 10 });
    for (const call of [
      () => client.echo(),
      () => client.v3.x.get(),
      () => client.downloadBytes(url, hash),
      () => client.upload(path, { file: Buffer.from('x'), filename }),
    ]) {
      await assert.rejects(call(), { name: 'TransportError' });
      await passed(50);
      // Nobody reads it: its connection is closed.
      assert.equal(bodies.at(-1).destroyed, true);
    }
  });
}

test('a response that comes too late is cancelled', async () => {
  let cancelled = 0;
  const cancel = () => {
    cancelled += 1;
  };
  const fetch = async () => {
    await passed(30);
    return new Response(new ReadableStream({ cancel }));
  };
  await assert.rejects(open({ fetch, timeout: 10 }).echo(), { name: 'TransportError' });
  await passed(50);
  assert.equal(cancelled, 1);
});

const failing = async () => {
  throw new Error('nobody waits for this');
};

test('a promise where none belongs', async () => {
  await assert.rejects(open({ clock: failing }).echo(), { option: 'clock' });
  const responses = [
    { status: 200, headers: { get: failing }, body: null },
    { status: 200, headers: new Headers(), body: { getReader: failing } },
    { status: 200, headers: new Headers(), body: { getReader: () => ({ read: failing }) } },
    { status: 200, headers: new Headers(), body: { on: failing, destroy: failing } },
  ];
  for (const response of responses) {
    await assert.rejects(open({ fetch: async () => response }).echo());
    await nobodyFailed();
  }
  for (const file of [
    { getReader: failing },
    { [Symbol.asyncIterator]: failing },
    { size: 1, arrayBuffer: failing },
    { on: failing, [Symbol.asyncIterator]: () => ({ next: failing, return: failing }) },
  ]) {
    await assert.rejects(wxpay.upload(path, { file, filename }), { field: 'file' });
    await nobodyFailed();
  }
  const { headers } = sandbox.notification({ eventType: 'A', resource: {} });
  for (const body of [
    { getReader: failing },
    { [Symbol.asyncIterator]: failing },
    { arrayBuffer: failing },
  ]) {
    await assert.rejects(wxpay.notification({ headers, body }), { field: 'body' });
    await nobodyFailed();
  }
});
