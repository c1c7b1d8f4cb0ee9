// Behind a proxy: by a given `fetch`, and by Node's own switch.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { createSandbox } from 'wechatpay-wasm/sandbox';
import { root } from '../../scripts/run.mjs';
import { environmentOf } from '../environment-of.mjs';
import { node } from '../runtimes/tools.mjs';
import { openConnectProxy } from './connect-proxy.mjs';
import { event, post, takesNotifications } from './requests.mjs';
import { whileServing } from './started.mjs';

describe('behind a proxy', { timeout: 120_000 }, () => {
  let sandbox;
  let proxy;
  before(async () => {
    sandbox = await createSandbox();
    proxy = await openConnectProxy();
  });
  after(async () => {
    await proxy.close();
    await sandbox.close();
  });

  const serve = ([program, file], variables, body) => {
    proxy.seen.length = 0;
    const { PATH } = process.env;
    const env = { PATH, WECHATPAY_LOCALE: 'en', ...environmentOf(sandbox.options), ...variables };
    return whileServing([program, [file], { cwd: `${root}examples-node/hosts`, env }], body);
  };
  const ask = async (url) => {
    const response = await post(`${url}/contracts`, '{"outContractCode":"PROXY_1"}');
    return [response.status, await response.json()];
  };
  const sandboxHost = () => new URL(sandbox.url).host;

  const ways = [
    ['by a given fetch', [process.execPath, 'proxy.mjs'], {}],
    ["by Node's NODE_USE_ENV_PROXY", [node('24'), '../express.mjs'], { NODE_USE_ENV_PROXY: '1' }],
  ];
  for (const [name, program, variables] of ways) {
    test(`${name}: calls go through it, notifications do not`, async () => {
      await serve(program, { ...variables, HTTP_PROXY: proxy.url }, async (url, { until }) => {
        const [status, { preEntrustwebId }] = await ask(url);
        assert.equal(status, 200);
        assert.match(preEntrustwebId, /^1121_/);
        assert.deepEqual(proxy.seen, [sandboxHost()]);
        await takesNotifications(url, sandbox);
        await until(new RegExp(`notification \\S+: ${event.eventType}`));
        await until(/notification not accepted[\s\S]*?ERR_SIGNATURE_INVALID/);
        assert.deepEqual(proxy.seen, [sandboxHost()]);
      });
    });

    test(`${name}: NO_PROXY names what is called directly`, async () => {
      const env = { ...variables, HTTP_PROXY: proxy.url, NO_PROXY: '127.0.0.1' };
      await serve(program, env, async (url) => {
        assert.equal((await ask(url))[0], 200);
        assert.deepEqual(proxy.seen, []);
      });
    });

    test(`${name}: a proxy that refuses is ERR_NETWORK, and nothing arrives`, async () => {
      proxy.refuses = true;
      const before = sandbox.requests.length;
      await serve(program, { ...variables, HTTP_PROXY: proxy.url }, async (url, { until }) => {
        assert.deepEqual((await ask(url))[1], { code: 'ERR_NETWORK' });
        await until(/reason: 'UND_ERR_ABORTED'/);
      });
      proxy.refuses = false;
      assert.equal(sandbox.requests.length, before);
    });
  }
});
