// Configuration from the environment: of this process, of a Worker, and from files.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { Wechatpay } from 'wechatpay-wasm';
import { createSandbox } from 'wechatpay-wasm/sandbox';

const sandbox = await createSandbox({ merchant: 'migrating' });
const folder = mkdtempSync(join(tmpdir(), 'wechatpay-'));
const params = { appid: 'wxd678efh567h23787', outContractCode: 'APPLYMENT_00000000001' };
const { mchid, serial, privateKey, certs, apiv3Key, baseUrl } = sandbox.options;
const [[publicKeyId, publicKey]] = Object.entries(certs);

const env = {
  WECHATPAY_MCHID: mchid,
  WECHATPAY_SERIAL: serial,
  WECHATPAY_PRIVATE_KEY: privateKey.replaceAll('\n', '\\n'),
  WECHATPAY_PUBLIC_KEY_ID: publicKeyId,
  WECHATPAY_PUBLIC_KEY: publicKey,
  WECHATPAY_APIV3_KEY: apiv3Key,
  WECHATPAY_BASE_URL: baseUrl,
};

const expected = await new Wechatpay(sandbox.options).preEntrustSignApp(params);

function file(name, content) {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** Calls the package's own function twice in a new process, with only this environment. */
async function inProcess(environment) {
  const script = `
    import { preEntrustSignApp } from 'wechatpay-wasm';
    const call = () => preEntrustSignApp(${JSON.stringify(params)});
    const responses = [];
    for (let turn = 0; turn < 2; turn += 1) {
      responses.push(await call().catch(({ code, option }) => ({ code, option })));
    }
    console.log(JSON.stringify(responses));`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', script],
    { env: environment, cwd: fileURLToPath(new URL('.', import.meta.url)) },
  );
  return JSON.parse(stdout);
}

test('fromEnv takes any object, keys with \\n written out', async () => {
  const wxpay = Wechatpay.fromEnv({ ...env, OTHER: { binding: true } });
  assert.ok(wxpay instanceof Wechatpay);
  assert.deepEqual(await wxpay.preEntrustSignApp(params), expected);
});

const skip = !process.getBuiltinModule && 'no files before Node 20.16';

test('keys can be read from files', { skip }, async () => {
  const { WECHATPAY_PRIVATE_KEY, WECHATPAY_PUBLIC_KEY, ...rest } = env;
  assert.ok(WECHATPAY_PRIVATE_KEY && WECHATPAY_PUBLIC_KEY);
  const wxpay = Wechatpay.fromEnv({
    ...rest,
    WECHATPAY_PRIVATE_KEY_FILE: file('key.pem', privateKey),
    WECHATPAY_PUBLIC_KEY_FILE: file('pub.pem', publicKey),
  });
  assert.deepEqual(await wxpay.preEntrustSignApp(params), expected);
});

test('keys and certificates in DER can be read from files', { skip }, async () => {
  const der = createPrivateKey(privateKey).export({ format: 'der', type: 'pkcs8' });
  const { WECHATPAY_SERIAL, WECHATPAY_PRIVATE_KEY, WECHATPAY_PUBLIC_KEY, ...rest } = env;
  assert.ok(WECHATPAY_SERIAL && WECHATPAY_PRIVATE_KEY && WECHATPAY_PUBLIC_KEY);
  const wxpay = Wechatpay.fromEnv({
    ...rest,
    WECHATPAY_PRIVATE_KEY_FILE: file('key.der', der),
    WECHATPAY_CERT_FILE: file('cert.der', new X509Certificate(sandbox.options.cert).raw),
    WECHATPAY_PUBLIC_KEY_FILE: file(
      'pub.der',
      createPublicKey(publicKey).export({ format: 'der', type: 'spki' }),
    ),
  });
  assert.deepEqual(await wxpay.preEntrustSignApp(params), expected);
});

test("the package's own function uses process.env, and opens its client once", async () => {
  assert.deepEqual(await inProcess(env), [expected, expected]);
});

test('without the environment every call says what is missing', async () => {
  const missing = { code: 'ERR_CONFIG', option: 'mchid' };
  assert.deepEqual(await inProcess({}), [missing, missing]);
});

for (const name of Object.keys(env).slice(0, 5)) {
  test(`${name} is named when it is missing`, () => {
    const { [name]: _, ...rest } = env;
    assert.throws(
      () => Wechatpay.fromEnv(rest),
      (error) => {
        assert.equal(error.name, 'ConfigError');
        assert.match(error.message, new RegExp(`${name} is not set`));
        return true;
      },
    );
  });
}

test('WECHATPAY_CERTS=auto downloads certificates, without a public key and beside one', async () => {
  const { WECHATPAY_PUBLIC_KEY_ID, WECHATPAY_PUBLIC_KEY, ...rest } = env;
  assert.ok(WECHATPAY_PUBLIC_KEY_ID && WECHATPAY_PUBLIC_KEY);
  const downloads = () => sandbox.requests.filter(({ url }) => url === '/v3/certificates').length;
  const event = { eventType: 'TRANSACTION.SUCCESS', resource: { id: 1 }, signedBy: 'certificate' };

  const auto = { ...rest, WECHATPAY_CERTS: 'auto' };
  const wxpay = Wechatpay.fromEnv(auto);
  assert.deepEqual(await wxpay.preEntrustSignApp(params), expected);
  assert.equal(downloads(), 1);
  assert.deepEqual(await inProcess(auto), [expected, expected]);
  assert.equal(downloads(), 2);

  const beside = Wechatpay.fromEnv({ ...env, WECHATPAY_CERTS: ' auto\n' });
  await beside.preEntrustSignApp(params);
  assert.equal(downloads(), 2);
  await beside.notification(sandbox.notification(event));
  assert.equal(downloads(), 3);

  const { WECHATPAY_APIV3_KEY, ...without } = auto;
  assert.ok(WECHATPAY_APIV3_KEY);
  assert.throws(() => Wechatpay.fromEnv(without), { option: 'apiv3Key', message: /'auto'/ });
  // A forgotten public key does not change what is trusted: only WECHATPAY_CERTS turns on
  // downloads.
  assert.throws(() => Wechatpay.fromEnv(rest), { message: /WECHATPAY_PUBLIC_KEY_ID is not set/ });
  assert.throws(() => Wechatpay.fromEnv({ ...auto, WECHATPAY_PUBLIC_KEY }), {
    message: /WECHATPAY_PUBLIC_KEY_ID is not set/,
  });
  assert.throws(
    () => Wechatpay.fromEnv({ ...env, WECHATPAY_CERTS: publicKey }),
    (error) => {
      assert.equal(error.option, 'certs');
      assert.match(error.message, /WECHATPAY_CERTS in the environment must be auto or unset/);
      assert.ok(!error.message.includes('BEGIN'));
      return true;
    },
  );
});

test('values that are not text are rejected, not ignored', () => {
  const cases = [
    ['WECHATPAY_MCHID', 1900007291, 'mchid', /not a number/],
    ['WECHATPAY_APIV3_KEY', 7, 'apiv3Key', /not a number/],
    ['WECHATPAY_BASE_URL', new URL(baseUrl), 'baseUrl', /not an object/],
    ['WECHATPAY_PUBLIC_KEY_FILE', null, 'certs', /not null/],
    ['WECHATPAY_SERIAL', '\ud800', 'serial', /surrogate/],
  ];
  for (const [name, value, option, message] of cases) {
    assert.throws(
      () => Wechatpay.fromEnv({ ...env, [name]: value }),
      (error) => {
        assert.equal(error.name, 'ConfigError');
        assert.equal(error.option, option);
        assert.match(error.message, message);
        assert.ok(error.message.includes(name), error.message);
        return true;
      },
    );
  }
});

test('unusable environments', () => {
  const open = (changed) => () => Wechatpay.fromEnv({ ...env, ...changed });
  assert.throws(open({ WECHATPAY_MCHID_FILE: 'x' }), { option: 'mchid', message: /both set/ });
  assert.throws(open({ WECHATPAY_APIV3_KEY: 'short' }), {
    option: 'apiv3Key',
    message: /32 bytes/,
  });
  assert.throws(open({ WECHATPAY_BASE_URL: 'http://x.example' }), { option: 'baseUrl' });
  assert.throws(open({ WECHATPAY_PRIVATE_KEY: 'x' }), { option: 'privateKey' });
  const absent = { WECHATPAY_PRIVATE_KEY: '', WECHATPAY_PRIVATE_KEY_FILE: join(folder, 'absent') };
  assert.throws(open(absent), (error) => {
    assert.equal(error.option, 'privateKey');
    assert.match(error.message, /WECHATPAY_PRIVATE_KEY_FILE names cannot be read/);
    if (!skip) assert.equal(error.cause.code, 'ENOENT');
    return true;
  });
  for (const value of [null, 7, 'env']) {
    assert.throws(() => Wechatpay.fromEnv(value), { name: 'ConfigError', option: 'env' });
  }
});

// Not in a hook: Node 20.0 runs no hook outside a suite.
test('the sandbox and the files are removed', async () => {
  rmSync(folder, { recursive: true });
  await sandbox.close();
});
