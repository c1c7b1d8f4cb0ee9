// What every example must do, on every host.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';

import { createSandbox } from 'wechatpay-wasm/sandbox';
import { examples, onSandbox, optionsOf } from '../../scripts/examples.mjs';
import { environmentOf } from '../environment-of.mjs';
import { post, takesNotifications } from './requests.mjs';
import { whileServing } from './started.mjs';
import { openTamperingProxy } from './tampering-proxy.mjs';

export function suiteOf(name) {
  const example = examples.find((each) => each.name === name);

  describe(name, { timeout: 120_000 }, () => {
    test('starts with the command `wechatpay-wasm sandbox`, and makes a contract', async () => {
      await example.prepare?.();
      await whileServing(onSandbox(example), async (url, { until }) => {
        const { status, json } = await ask(url, 'APPLYMENT_1');
        assert.deepEqual([status, Object.keys(json)], [200, ['preEntrustwebId']]);
        assert.match(json.preEntrustwebId, /^1121_[0-9a-f]{64}_[0-9a-f]{32}$/);
        await until(/^POST \/v3\/ecommerce\/\S+\/pre-entrust-sign\/app → 200 accepted: signature/m);
      });
    });

    test('responds to every error, accepts notifications, and logs no secret', async () => {
      await example.prepare?.();
      await onOpenSandbox(example, async (url, { sandbox, tamperingProxy, said, until }) => {
        await refuses(url, sandbox);
        await passesFaultsOn(url, sandbox);
        await until(/ALERT: not signed by WeChat Pay/);
        await takesNotifications(url, sandbox);
        // Some frameworks begin a line with the time and more.
        await until(/\bnotification \S+: TRANSACTION\.SUCCESS$/m);
        await until(/\bnotification not accepted\b[\s\S]*?\bERR_SIGNATURE_INVALID\b/);
        if (example.aborts !== false) await endsCalls(url, tamperingProxy);
        // The server still responds: the calls that were ended left nothing behind.
        assert.equal((await ask(url, 'LAST')).status, 200);
        logsNoSecret(`${said.stdout}${said.stderr}`, sandbox);
      });
    });
  });
}

async function onOpenSandbox(example, body) {
  const sandbox = await createSandbox();
  const tamperingProxy = await openTamperingProxy(sandbox.url);
  try {
    const { cwd, env } = optionsOf(example);
    const others = Object.entries(env).filter(([variable]) => !variable.startsWith('WECHATPAY_'));
    const variables = environmentOf({ ...sandbox.options, baseUrl: tamperingProxy.url });
    const options = { cwd, env: { ...Object.fromEntries(others), ...variables } };
    const [program, ...args] = example.command;
    await whileServing([program, args, options], (url, served) =>
      body(url, { sandbox, tamperingProxy, ...served }),
    );
  } finally {
    await tamperingProxy.close();
    await sandbox.close();
  }
}

// The example rejects these requests and sends nothing.
async function refuses(url, sandbox) {
  const before = sandbox.requests.length;
  const wrong = { code: 'ERR_PARAM', field: 'outContractCode' };
  for (const code of ['not a code', '', undefined]) {
    const { status, json } = await ask(url, code);
    assert.deepEqual([status, json], [400, wrong]);
  }
  const notJson = await post(`${url}/contracts`, 'not JSON');
  assert.equal(notJson.status, 400);
  // The response is JSON, not an HTML page with a stack.
  assert.match(notJson.headers.get('Content-Type'), /^application\/json/);
  // Some servers close the connection while the body is still being sent. Their 413 is lost.
  const large = post(`${url}/contracts`, JSON.stringify({ large: 'x'.repeat(7 << 20) }));
  const refused = await large.catch(({ cause }) => ({ status: cause?.code }));
  assert.match(`${refused.status}`, /^(413|EPIPE|ECONNRESET)$/);
  assert.equal(sandbox.requests.length, before);
}

async function passesFaultsOn(url, sandbox) {
  for (const [faults, status, code, retryAfter = null] of [
    [{ status: 403 }, 502, 'NO_AUTH'],
    [{ status: 429 }, 503, 'RATELIMIT_EXCEEDED', '5'],
    [{ tamper: true }, 502, 'ERR_SIGNATURE_INVALID'],
    [{ drop: true }, 504, 'ERR_NETWORK'],
  ]) {
    sandbox.faults = faults;
    const response = await ask(url, 'FAULTY');
    assert.deepEqual([response.status, response.json], [status, { code }]);
    assert.equal(response.headers.get('Retry-After'), retryAfter);
  }
  sandbox.faults = undefined;
}

async function endsCalls(url, tamperingProxy) {
  const arrived = tamperingProxy.hold();
  const controller = new AbortController();
  const call = ask(url, 'GONE', controller.signal);
  const { end } = await Promise.race([arrived, call]);
  controller.abort();
  await assert.rejects(call, { name: 'AbortError' });
  const late = setTimeout(5_000, 'it continued', { ref: false });
  assert.notEqual(await Promise.race([end, late]), 'it continued');
}

function logsNoSecret(log, { options }) {
  const key = options.privateKey.split('\n');
  for (const secret of [...key.slice(0, 3), options.apiv3Key, 'WECHATPAY2', 'hunter2']) {
    assert.ok(!log.includes(secret));
  }
}

async function ask(url, outContractCode, signal) {
  const body = JSON.stringify({ outContractCode });
  const response = await post(`${url}/contracts`, body, {}, signal);
  const { status, headers } = response;
  return { status, headers, json: await response.json() };
}
