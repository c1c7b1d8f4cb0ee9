// A name and the number of an identity document are in no message, property, stack, inspect output
// or JSON, whatever goes wrong, and do not stay in memory.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { result, signedHeaders, withServer } from '../faults/responding-server.mjs';
import { keyBytes } from '../merchant.mjs';
import { memoryNow, Wechatpay } from './opened-package.mjs';
import { shown } from './shown.mjs';

const realName = '欧阳锋钢铁侠';
const credId = '110105194912310029';
const params = {
  appid: 'wxd678efh567h23787',
  outContractCode: 'APPLYMENT_00000000001',
  realName,
  credType: 'ID_CARD',
  credId,
};

const responses = [
  (response) => response.writeHead(200, signedHeaders(result)).end(result),
  (response) => response.writeHead(200).end(result),
  (response) => response.writeHead(200, signedHeaders(result)).end(`${result} `),
  (response) => response.writeHead(400).end('{"code":"PARAM_ERROR","message":"x"}'),
  (response) => response.writeHead(302, { Location: '/' }).end(),
  (response) => response.writeHead(200, signedHeaders('{}')).end('{}'),
];

test('no part of an identity is shown, or left in memory', () => {
  const queue = [...responses];
  return withServer(
    (_, response) => queue.shift()?.(response),
    async ({ options }) => {
      const caught = [];
      const catching = async (call) => caught.push(await call.catch((error) => error));
      const wxpay = new Wechatpay({ ...options, maxRetries: 0 });
      for (const _ of responses) await catching(wxpay.preEntrustSignAppWithRealName(params));

      const talkative = async (_, init) => {
        throw Object.assign(new Error(`failed: ${new TextDecoder().decode(init.body)}`), { init });
      };
      const failing = new Wechatpay({ ...options, maxRetries: 0, fetch: talkative });
      await catching(failing.preEntrustSignAppWithRealName(params));

      const certs = { PUB_KEY_ID_01: keyBytes('wechatpay.spki.pem') };
      const lost = new Wechatpay({ ...options, maxRetries: 0, certs });
      queue.push(responses[0]);
      await catching(lost.preEntrustSignAppWithRealName(params));

      for (const wrong of [
        { realName: realName.repeat(11) },
        { realName: `${realName}\n` },
        { credId: credId.repeat(4) },
        { credId: `${credId}\u0000` },
        { credType: credId },
        { credType: realName },
        { appid: realName },
        { outContractCode: realName },
        { openid: credId },
        { [credId]: 1 },
        { [realName]: 1 },
        { realName: [realName] },
        { realName: { name: realName } },
      ]) {
        const call = wxpay.preEntrustSignAppWithRealName({ ...params, ...wrong });
        const error = await call.catch((reason) => reason);
        // An error shows the name of an unknown field if it looks like a name: it comes from the
        // program's text.
        if (!(credId in wrong)) caught.push(error);
        assert.equal(error.code, 'ERR_PARAM');
      }

      assert.equal(caught.filter((value) => value instanceof Error).length, 19);
      const all = caught.map(shown).join('\n');
      for (const secret of [realName, realName.slice(0, 3), credId, credId.slice(4, 14)]) {
        assert.ok(!all.includes(secret), `shown: ${secret[0]}…`);
      }
      const haystack = memoryNow();
      for (const secret of [realName, credId]) {
        assert.ok(!haystack.includes(Buffer.from(secret)), `left behind: ${secret[0]}…`);
      }
    },
  );
});
