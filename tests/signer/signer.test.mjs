// A signer in place of a private key: what it is called with, what it may return, and what happens
// when it fails, hangs or signs wrongly.
import assert from 'node:assert/strict';
import { createPrivateKey, createSign, sign, webcrypto } from 'node:crypto';
import { test } from 'node:test';
import { inspect } from 'node:util';

import { ConfigError, Wechatpay } from 'wechatpay-wasm';
import { createSandbox } from 'wechatpay-wasm/sandbox';

const sandbox = await createSandbox();
const { privateKey, cert: _, ...options } = sandbox.options;
const params = { appid: 'wxd678efh567h23787', outContractCode: 'APPLYMENT_00000000001' };

const call = (signer, more, callOptions) =>
  new Wechatpay({ ...options, ...more, signer }).preEntrustSignApp(params, callOptions);
const signature = (message) => sign('sha256', message, privateKey);

test('a signature in every form that a signer may return', async () => {
  const { buffer } = Uint8Array.from(signature(Buffer.from('any')));
  assert.ok(buffer instanceof ArrayBuffer);
  for (const signer of [
    signature,
    async (message) => signature(message),
    (message) => Uint8Array.from(signature(message)),
    (message) => Uint8Array.from(signature(message)).buffer,
    (message) => new DataView(Uint8Array.from(signature(message)).buffer),
    (message) => signature(message).toString('base64'),
    async (message) => `${signature(message).toString('base64')}\n`,
    (message) => createSign('sha256').update(message).sign(privateKey),
  ]) {
    const { preEntrustwebId } = await call(signer);
    assert.equal(typeof preEntrustwebId, 'string', String(signer));
  }
});

test('a WebCrypto key that cannot be exported', async () => {
  const key = await webcrypto.subtle.importKey(
    'pkcs8',
    createPrivateKey(privateKey).export({ format: 'der', type: 'pkcs8' }),
    { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
    false,
    ['sign'],
  );
  await call((message) => webcrypto.subtle.sign('RSASSA-PKCS1-v1_5', key, message));
});

test('the signer gets the message to sign, anew for each attempt', async () => {
  const messages = [];
  sandbox.requests.length = 0;
  sandbox.faults = { drop: true, times: 1 };
  await call((message) => {
    assert.ok(message instanceof Uint8Array);
    messages.push(Buffer.from(message).toString());
    const made = signature(message);
    message.fill(0);
    return made;
  });
  assert.deepEqual(
    messages,
    sandbox.requests.map(({ message }) => message),
  );
  assert.equal(new Set(messages).size, 2);
});

test('a signer that throws or rejects: its error is the cause, and nothing is sent', async () => {
  sandbox.requests.length = 0;
  const denied = () =>
    Object.assign(new Error('AccessDenied'), { code: 'EACCES', secret: privateKey });
  for (const signer of [
    () => {
      throw denied();
    },
    async () => {
      throw denied();
    },
  ]) {
    await assert.rejects(call(signer), (error) => {
      assert.ok(error instanceof ConfigError);
      assert.equal(error.option, 'signer');
      assert.equal(error.cause.message, 'AccessDenied');
      assert.equal(error.cause.code, 'EACCES');
      assert.ok(!inspect(error, { showHidden: true }).includes('PRIVATE'));
      return true;
    });
  }
  assert.equal(sandbox.requests.length, 0);
});

test('a value that cannot be a signature is rejected, and nothing is sent', async () => {
  sandbox.requests.length = 0;
  for (const [given, message] of [
    [undefined, /must return a Uint8Array, an ArrayBuffer or base64, not undefined/],
    [null, /not null/],
    [{}, /not an object/],
    [7, /not a number/],
    ['', /returned 0 bytes/],
    ['not base64!', /is not base64/],
    [new Uint8Array(32), /returned 32 bytes; an RSA signature/],
    [new Uint8Array(255), /returned 255 bytes/],
    [new Uint8Array(513), /returned 513 bytes/],
  ]) {
    await assert.rejects(
      call(() => given),
      { name: 'ConfigError', code: 'ERR_CONFIG', option: 'signer', message },
    );
  }
  assert.equal(sandbox.requests.length, 0);
});

test('WeChat Pay refuses a signature by another key, or of another message', async () => {
  await assert.rejects(
    call(() => new Uint8Array(256)),
    { name: 'ApiError', code: 'SIGN_ERROR' },
  );
  await assert.rejects(
    call((message) => signature(Buffer.from(message).subarray(1))),
    { name: 'ApiError', code: 'SIGN_ERROR' },
  );
});

test('a signer that hangs runs into the timeout', async () => {
  const call_ = call(() => new Promise(() => {}), { timeout: 50 });
  await assert.rejects(call_, {
    name: 'ConfigError',
    option: 'signer',
    message: /no signature within 50 ms/,
  });
});

test('an abort while the signer runs', async () => {
  const controller = new AbortController();
  const reason = new Error('the user went away');
  setTimeout(() => controller.abort(reason), 30);
  const aborted = call(() => new Promise(() => {}), {}, { signal: controller.signal });
  await assert.rejects(aborted, (error) => error === reason);
});

test('exactly one of privateKey and signer', () => {
  assert.throws(() => new Wechatpay(options), {
    option: 'privateKey',
    message: /is missing: give the content of apiclient_key\.pem$/,
  });
  assert.throws(() => new Wechatpay({ ...options, privateKey, signer: signature }), {
    option: 'signer',
    message: /one of the two/,
  });
  assert.throws(() => new Wechatpay({ ...options, signer: {} }), { option: 'signer' });
});

// Not in a hook: Node 20.0 runs no hook outside a suite.
test('the sandbox closes', () => sandbox.close());

test('a signature that is far too long is the fault of the signer', async () => {
  for (const long of ['x'.repeat(17 << 20), new Uint8Array(17 << 20), 'x'.repeat(8_193)]) {
    const error = await call(() => long).then(assert.fail, (reason) => reason);
    assert.ok(error instanceof ConfigError, String(error));
    assert.equal(error.option, 'signer');
    assert.match(error.message, /^signer: must return the signature alone, and no more than 8192 /);
  }
});
