// Uploads, written by hand: which forms the sandbox refuses, and that it checks the signature of
// the meta part before anything else in it.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';

import { createSandbox } from 'wechatpay-wasm/sandbox';

import { assertRefused, assertSigned, send } from './signed-request.mjs';

const sandbox = await createSandbox();
const file = Buffer.from('\x89PNG\r\n\r\n--c', 'latin1');
const sha256 = createHash('sha256').update(file).digest('hex');

function part(disposition, content) {
  return [`\r\n--b\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n`, content];
}

/** The form as in WeChat Pay's documents, with a semicolon that is not needed. */
function form(meta, content = file, more = []) {
  return Buffer.concat(
    [
      ...part('name="meta";', meta),
      ...part('name="file"; filename="a.png";', content),
      ...more,
      '\r\n--b--\r\n',
    ]
      .map((bytes) => Buffer.from(bytes))
      .map((bytes, index) => (index === 0 ? bytes.subarray(2) : bytes)),
  );
}

function upload(meta, sentBody, request = {}) {
  return send(sandbox, {
    path: '/v3/merchant/media/upload',
    body: meta,
    sentBody,
    ...request,
    headers: {
      'Content-Type': 'multipart/form-data; boundary=b',
      'Content-Length': sentBody.length,
      ...request.headers,
    },
  });
}

const good = JSON.stringify({ filename: 'a.png', sha256 });

test('a form as in the documents', async () => {
  const response = await upload(good, form(good));
  assert.equal(response.status, 200, sandbox.requests.at(-1).result.reason);
  assertSigned(response, sandbox);
  assert.deepEqual(Object.keys(response.json), ['media_id']);
  const other = await upload(good, form(good));
  assert.deepEqual(other.json, response.json, 'the same file, the same id');
});

test('the signature is over the meta part', async () => {
  const other = good.replace('a.png', 'b.png');
  for (const [signed, sent] of [
    [other, form(good)],
    [form(good), form(good)],
  ]) {
    const response = await upload(signed, sent);
    assert.equal(response.status, 401);
    assert.equal(response.json.code, 'SIGN_ERROR');
  }
});

test('a Content-Type that names no boundary', async () => {
  const headers = { 'Content-Type': 'multipart/form-data' };
  const response = await upload(good, form(good), { headers });
  assert.equal(response.status, 200, sandbox.requests.at(-1).result.reason);
});

test('a meta beside a filename is SIGN_ERROR, whatever was signed', async () => {
  const sent = Buffer.from(
    form(good).toString('latin1').replace('name="meta"', 'name="meta"; filename="m.json"'),
    'latin1',
  );
  for (const signed of [good, '', sent]) {
    const response = await upload(signed, sent);
    assert.equal(response.status, 401);
    assert.equal(response.json.code, 'SIGN_ERROR');
    assert.equal(response.json.detail.field, 'signature');
  }
});

test('wrong parts', async () => {
  const refused = async (meta, field, issue, sent = form(meta), value = undefined) => {
    assertRefused(await upload(meta, sent), sandbox, {
      status: 400,
      code: 'PARAM_ERROR',
      message: '参数错误',
      detail: { field, ...(value === undefined ? {} : { value }), issue, location: 'body' },
    });
  };
  const wrongHash = JSON.stringify({ filename: 'a.png', sha256: '0'.repeat(64) });
  await refused(wrongHash, '/sha256', 'is not that of the file (文件sha256值计算有误)');
  const wrongName = JSON.stringify({ filename: 'a.gif', sha256 });
  await refused(wrongName, '/filename', 'has an extension that is not one of jpg, jpeg, bmp, png');
  const noHash = JSON.stringify({ filename: 'a.png' });
  await refused(noHash, '/sha256', 'is required', form(noHash), '');
  const large = Buffer.alloc((2 << 20) + 1);
  await refused(good, '/file', 'is larger than 2097152 bytes', form(good, large));
  const alone = Buffer.from(
    `--b\r\nContent-Disposition: form-data; name="meta"\r\n\r\n${good}\r\n--b--`,
  );
  await refused(good, '/file', 'is missing, or has no filename', alone);
});

test('bodies that are not a form', async () => {
  for (const [sent, headers] of [
    [Buffer.from(good), {}],
    [form(good).subarray(0, -8), {}],
    [Buffer.from('--b--\r\n'), {}],
    [form(good), { 'Content-Type': 'application/json' }],
  ]) {
    const response = await upload(good, sent, { headers });
    assert.equal(response.status, 400);
    assert.equal(response.json.code, 'INVALID_REQUEST');
  }
});

test('a form larger than any file is refused, and read to its end', async () => {
  const response = await upload(good, form(good, Buffer.alloc(9 << 20)));
  assert.equal(response.status, 413);
  assert.equal(sandbox.requests.at(-1).body.length, 8 << 20);
});

// Not in a hook: Node 20.0 runs no hook outside a suite.
test('the sandbox closes', () => sandbox.close());
