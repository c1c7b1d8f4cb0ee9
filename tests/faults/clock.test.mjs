// A wrong clock: the error says by how many seconds.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Wechatpay } from 'wechatpay-wasm';
import { createSandbox } from 'wechatpay-wasm/sandbox';

const sandbox = await createSandbox();
const params = { appid: 'wxd678efh567h23787', outContractCode: 'APPLYMENT_00000000001' };
const call = (options) =>
  new Wechatpay({ ...sandbox.options, ...options }).preEntrustSignApp(params);

test('WeChat Pay’s refusal is signed, and too old or too new for our clock', async () => {
  for (const [skew, direction] of [
    [-612_000, 'behind'],
    [612_000, 'ahead'],
  ]) {
    const clock = () => Date.now() + skew;
    await assert.rejects(call({ clock }), (error) => {
      assert.equal(error.code, 'ERR_TIMESTAMP_SKEW');
      assert.match(error.message, new RegExp(`the clock is 61[123] s ${direction}`));
      return true;
    });
  }
});

test("an unsigned SIGN_ERROR names the clock's error, too", async () => {
  sandbox.faults = { unsigned: true };
  const clock = () => Date.now() - 612_000;
  await assert.rejects(call({ clock }), (error) => {
    assert.equal(error.code, 'SIGN_ERROR');
    assert.equal(error.verified, false);
    assert.match(error.message, /the clock is 61[123] s behind: set this machine's clock/);
    return true;
  });
  sandbox.faults = undefined;
});

test('a SIGN_ERROR with a right clock does not mention the clock', async () => {
  sandbox.faults = { status: 401 };
  await assert.rejects(call(), (error) => {
    assert.equal(error.code, 'SIGN_ERROR');
    assert.doesNotMatch(error.message, /clock/);
    return true;
  });
  sandbox.faults = undefined;
});

test('an old response at the right time is a replay, not an error of the clock', async () => {
  const stale = async (url, init) => {
    const response = await fetch(url, init);
    const headers = new Headers(response.headers);
    headers.set('Date', new Date().toUTCString());
    return new Response(await response.text(), { status: response.status, headers });
  };
  sandbox.faults = { stale: true };
  await assert.rejects(call({ fetch: stale }), (error) => {
    assert.equal(error.code, 'ERR_TIMESTAMP_SKEW');
    assert.doesNotMatch(error.message, /according to the response's Date/);
    return true;
  });
  sandbox.faults = undefined;
});

// Not in a hook: Node 20.0 runs no hook outside a suite.
test('the sandbox closes', () => sandbox.close());
