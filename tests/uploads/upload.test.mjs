// Uploads, through the packed tarball: a file in every form that a runtime has. The sandbox parses
// each form with its own code, and the tests with the parser of the runtime's Response.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';

import { Wechatpay } from 'wechatpay-wasm';
import { createSandbox } from 'wechatpay-wasm/sandbox';

import { signedHeaders, withServer } from '../faults/responding-server.mjs';

const sandbox = await createSandbox();
const wxpay = new Wechatpay(sandbox.options);
const path = '/v3/merchant/media/upload';
const filename = 'shop.png';

// Every byte value, CR, LF and dashes included.
const file = Uint8Array.from({ length: 70_000 }, (_, index) => (index * 7 + (index >> 8)) % 256);
const sha256 = createHash('sha256').update(file).digest('hex');

async function* inParts(bytes, size = 1_000) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

test('a picture: its meta is signed, its bytes are unchanged, and its id is returned', async () => {
  const uploaded = await wxpay.upload(path, { file, filename });
  assert.deepEqual(Object.keys(uploaded), ['media_id']);
  assert.match(uploaded.media_id, /^[\w-]{43}$/);

  const { result, message, method, url, headers, body } = sandbox.requests.at(-1);
  assert.equal(result.ok, true, result.reason);
  assert.equal(`${method} ${url}`, `POST ${path}`);
  const meta = `{"filename":"shop.png","sha256":"${sha256}"}`;
  assert.ok(message.endsWith(`\n${meta}\n`), message);
  assert.match(
    headers['content-type'],
    /^multipart\/form-data; boundary=wechatpay-wasm-[0-9a-f]{32}$/,
  );

  const form = await new Response(body, { headers }).formData();
  assert.deepEqual([...form.keys()], ['meta', 'file']);
  assert.equal(form.get('meta'), meta);
  assert.equal(form.get('file').name, filename);
  assert.equal(form.get('file').type, 'image/png');
  assert.deepEqual(new Uint8Array(await form.get('file').arrayBuffer()), file);
});

test('the exact bytes that are sent', () =>
  withServer(
    (_, response) => {
      const body = '{"media_id":"6uqyGjGrCf2"}';
      response.writeHead(200, signedHeaders(body)).end(body);
    },
    async (server) => {
      const client = new Wechatpay(server.options);
      const given = { file: Buffer.from('\xff\xd8', 'latin1'), filename: '门店.JPG' };
      assert.deepEqual(await client.upload(path, given), { media_id: '6uqyGjGrCf2' });
      const [{ headers, body }] = server.requests;
      const boundary = headers['content-type'].split('boundary=')[1];
      const digest = createHash('sha256').update(given.file).digest('hex');
      const expected = [
        `--${boundary}\r\nContent-Disposition: form-data; name="meta"\r\n`,
        'Content-Type: application/json\r\n\r\n',
        `{"filename":"门店.JPG","sha256":"${digest}"}`,
        `\r\n--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="门店.JPG"\r\n`,
        'Content-Type: image/jpeg\r\n\r\n',
        given.file,
        `\r\n--${boundary}--\r\n`,
      ].map((part) => Buffer.from(part));
      assert.deepEqual(body, Buffer.concat(expected));
      assert.equal(headers['content-length'], String(body.length));
    },
  ));

test('every form in which a runtime has a file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'upload-'));
  await writeFile(join(folder, filename), file);
  const { buffer } = file.slice();
  const padded = new Uint8Array(file.length + 20);
  padded.set(file, 10);
  const forms = {
    Uint8Array: file,
    Buffer: Buffer.from(file),
    ArrayBuffer: buffer,
    DataView: new DataView(padded.buffer, 10, file.length),
    'a view into a larger buffer': padded.subarray(10, 10 + file.length),
    'an array of another realm': runInNewContext('Uint8Array.from(bytes)', { bytes: [...file] }),
    Blob: new Blob([file]),
    ReadableStream: new Response(file).body,
    'fs.createReadStream': createReadStream(join(folder, filename)),
    'async generator': inParts(file),
  };
  const ids = new Set();
  for (const [name, form] of Object.entries(forms)) {
    const { media_id: id } = await wxpay.upload(path, { file: form, filename });
    assert.ok(sandbox.requests.at(-1).message.includes(sha256), name);
    ids.add(id);
  }
  assert.equal(ids.size, 1, 'all uploads have the same bytes');
});

test('a File provides its own name', { skip: !globalThis.File && 'no File here' }, async () => {
  await wxpay.upload(path, { file: new File([file], 'own.bmp', { type: 'image/x-ms-bmp' }) });
  const form = await new Response(sandbox.requests.at(-1).body, {
    headers: sandbox.requests.at(-1).headers,
  }).formData();
  assert.equal(form.get('file').name, 'own.bmp');
  assert.equal(form.get('file').type, 'image/bmp');
});

test('a video may be larger, and a content type may be given', async () => {
  const video = new Uint8Array(5 << 20);
  const given = { file: video, filename: 'shop.mp4', contentType: 'video/x-own' };
  await wxpay.upload('/v3/merchant/media/video_upload', given);
  assert.equal(sandbox.requests.at(-1).result.ok, true);
  assert.ok(Buffer.from(sandbox.requests.at(-1).body).includes('Content-Type: video/x-own\r\n'));
});

test('two uploads have different boundaries', async () => {
  const boundaries = sandbox.requests.map(({ headers }) => headers['content-type']);
  assert.equal(new Set(boundaries).size, boundaries.length);
});

test('bytes are read when the call is made: later changes have no effect', async () => {
  const changing = file.slice();
  const call = wxpay.upload(path, { file: changing, filename });
  changing.fill(0);
  await call;
  assert.ok(sandbox.requests.at(-1).message.includes(sha256));
});

test('what the sandbox refuses', async () => {
  await assert.rejects(wxpay.upload(path, { file, filename: 'shop.exe' }), {
    name: 'ApiError',
    code: 'PARAM_ERROR',
    verified: true,
  });
  // A proxy that changes one byte of the file.
  const tampering = async (url, init) => {
    const body = new Uint8Array(init.body.slice());
    body[1_000] ^= 1;
    return fetch(url, { ...init, body });
  };
  const tampered = new Wechatpay({ ...sandbox.options, fetch: tampering });
  await assert.rejects(tampered.upload(path, { file, filename }), { code: 'PARAM_ERROR' });
  assert.match(sandbox.requests.at(-1).result.reason, /sha256/);
  // A proxy that changes the meta part.
  const forging = async (url, init) => {
    const body = Buffer.from(init.body).toString('latin1').replace('shop.png', 'shoq.png');
    return fetch(url, { ...init, body: Buffer.from(body, 'latin1') });
  };
  const forged = new Wechatpay({ ...sandbox.options, fetch: forging });
  await assert.rejects(forged.upload(path, { file, filename }), { code: 'SIGN_ERROR' });
});

test('a response that was tampered with is rejected', async () => {
  sandbox.faults = { tamper: true, times: 1 };
  await assert.rejects(wxpay.upload(path, { file, filename }), { code: 'ERR_SIGNATURE_INVALID' });
});

test('an upload is never retried', async () => {
  const before = sandbox.requests.length;
  sandbox.faults = { status: 500, times: 1 };
  await assert.rejects(wxpay.upload(path, { file, filename }), { code: 'SYSTEM_ERROR' });
  assert.equal(sandbox.requests.length, before + 1);
  sandbox.faults = undefined;
});

// Not in a hook: Node 20.0 runs no hook outside a suite.
test('the sandbox closes', () => sandbox.close());

test('a file is held once while it is on its way', async (t) => {
  const program = fileURLToPath(new URL('held.mjs', import.meta.url));
  const child = spawn(process.execPath, ['--expose-gc', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const held = JSON.parse(await text(child.stdout));
  t.diagnostic(JSON.stringify(held));
  for (const [kind, times] of Object.entries(held)) assert.ok(times < 1.2, `${kind}: ${times}`);
});
