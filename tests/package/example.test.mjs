// The example of `npm run demo`, run as its readers run it.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { createSandbox } from 'wechatpay-wasm/sandbox';

const example = fileURLToPath(
  new URL('../../examples-node/pre-entrust-sign-app.mjs', import.meta.url),
);
const run = (env) => promisify(execFile)(process.execPath, [example], { env });

const sandbox = await createSandbox();

test('without an environment it shows every step on a sandbox of its own', async () => {
  const { stdout, stderr } = await run({});
  assert.equal(stderr, '');
  for (const shown of [
    /^the request line\n {2}POST \/v3\/ecommerce\/individual-contracts\/pre-entrust-sign\/app to /m,
    /^the string that was signed\n {2}POST\n {2}\/v3\/ecommerce\/.*\n {2}\d{10}\n {2}[0-9A-F]{32}\n/m,
    /^the sandbox's result\n {2}accepted: /m,
    /^the verified response\n {2}preEntrustwebId 1121_[0-9a-f]{64}_[0-9a-f]{32}$/m,
  ]) {
    assert.match(stdout, shown);
  }
  assert.doesNotMatch(stdout, /WECHATPAY2/);
});

test('with WECHATPAY_* in the environment it calls the host that these name', async () => {
  const { mchid, serial, privateKey, certs, baseUrl } = sandbox.options;
  const [[publicKeyId, publicKey]] = Object.entries(certs);
  const env = {
    WECHATPAY_MCHID: mchid,
    WECHATPAY_SERIAL: serial,
    WECHATPAY_PRIVATE_KEY: privateKey,
    WECHATPAY_PUBLIC_KEY_ID: publicKeyId,
    WECHATPAY_PUBLIC_KEY: publicKey,
    WECHATPAY_BASE_URL: baseUrl,
  };
  const { stdout } = await run(env);
  assert.match(stdout, /^calling the host configured in WECHATPAY_\*\n\nthe request line\n/);
  assert.match(
    stdout,
    /^the verified response\n {2}preEntrustwebId 1121_[0-9a-f]{64}_[0-9a-f]{32}$/m,
  );
  assert.equal(sandbox.requests.length, 1);
  assert.equal(sandbox.requests[0].result.ok, true);

  const refused = await run({ ...env, WECHATPAY_MCHID: '1' }).catch((error) => error);
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /^ApiError SIGN_ERROR\n/m);
});

// Not in a hook: Node 20.0 runs no hook outside a suite.
test('the sandbox closes', () => sandbox.close());
