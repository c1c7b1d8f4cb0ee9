// The calls for individual contracts, through the packed tarball. The sandbox checks each call: it
// decrypts the encrypted fields with its own key, and remembers what was pre-signed.
import assert from 'node:assert/strict';
import { constants, createPrivateKey, privateDecrypt } from 'node:crypto';
import { test } from 'node:test';

import { ApiError, Wechatpay } from 'wechatpay-wasm';
import { createSandbox } from 'wechatpay-wasm/sandbox';

import { signedHeaders, withServer } from '../faults/responding-server.mjs';
import { key, publicKeyId } from '../merchant.mjs';

const sandbox = await createSandbox();
const wxpay = new Wechatpay(sandbox.options);

const appid = 'wxd678efh567h23787';
const openid = 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o';
const identity = { realName: '张三', credType: 'ID_CARD', credId: '11010519491231002X' };
const family = '/v3/ecommerce/individual-contracts';
const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/;

const preSigns = {
  preEntrustSignApp: ['pre-entrust-sign/app', {}],
  preEntrustSignMiniProgram: ['pre-entrust-sign/mini-program', { openid }],
  preEntrustSignAppWithRealName: ['pre-entrust-sign-with-real-name-identity/app', identity],
  preEntrustSignMiniProgramWithRealName: [
    'pre-entrust-sign-with-real-name-identity/mini-program',
    { openid, ...identity },
  ],
};

for (const [name, [path, more]] of Object.entries(preSigns)) {
  test(`${name}, and the queries of what it pre-signed`, async () => {
    const outContractCode = `CODE_${name}`;
    const result = await wxpay[name]({ appid, outContractCode, ...more });
    assert.deepEqual(Object.keys(result), ['preEntrustwebId']);
    assert.match(result.preEntrustwebId, /^1121_[0-9a-f]{64}_[0-9a-f]{32}$/);
    const { method, url, headers, body } = sandbox.requests.at(-1);
    assert.equal(`${method} ${url}`, `POST ${family}/${path}`);
    assert.deepEqual([headers['wechatpay-serial']], Object.keys(sandbox.options.certs));
    const sent = Buffer.from(body).toString();
    assert.ok(!sent.includes(identity.realName) && !sent.includes(identity.credId));

    const byCode = await wxpay.queryContractByOutContractCode({ appid, outContractCode });
    assert.equal(
      sandbox.requests.at(-1).url,
      `${family}/out-contract-code/${outContractCode}?appid=${appid}`,
    );
    const { signedTime, authState, individualAuthId, individualOpenid, realNameAuthResult } =
      byCode;
    assert.match(signedTime, rfc3339);
    assert.equal(authState, 'AUTHORIZED');
    if (more.openid) assert.equal(individualOpenid, openid);
    if (more.realName) {
      assert.deepEqual(Object.keys(realNameAuthResult), [
        'scope',
        'accessToken',
        'accessTokenExpireTime',
      ]);
      assert.equal(realNameAuthResult.scope, 'pay_realname');
      assert.match(realNameAuthResult.accessTokenExpireTime, rfc3339);
    } else {
      assert.ok(!('realNameAuthResult' in byCode));
    }

    const only = { permissionType: 'INDIVIDUAL_PAYEE' };
    // There is one permission, which may be left out.
    for (const more of [only, {}, { permissionType: undefined }]) {
      const params = { appid, openid: individualOpenid, ...more };
      const { operationTime, ...byOpenid } = await wxpay.queryContractByOpenid(params);
      assert.deepEqual(byOpenid, { individualAuthId, authState: 'AUTHORIZED' });
      assert.match(operationTime, rfc3339);
      assert.equal(
        sandbox.requests.at(-1).url,
        `${family}/${individualOpenid}?appid=${appid}&permission_type=INDIVIDUAL_PAYEE`,
      );
    }
  });
}

test('a contract that does not exist', async () => {
  await wxpay.preEntrustSignMiniProgram({ appid, outContractCode: 'THERE', openid });
  const permissionType = 'INDIVIDUAL_PAYEE';
  for (const call of [
    wxpay.queryContractByOutContractCode({ appid, outContractCode: 'NOT_THERE' }),
    wxpay.queryContractByOutContractCode({ appid: 'wxother', outContractCode: 'THERE' }),
    wxpay.queryContractByOpenid({ appid, openid: 'oNobody', permissionType }),
    wxpay.queryContractByOpenid({ appid: 'wxother', openid, permissionType }),
  ]) {
    const error = await call.catch((reason) => reason);
    assert.ok(error instanceof ApiError);
    assert.equal(error.code, 'RESOURCE_NOT_EXISTS');
    assert.equal(error.status, 404);
    assert.equal(error.verified, true);
  }
});

test('any openid is one segment of the path, and is signed as it is sent', async () => {
  for (const strange of ['o/../x', 'o?a=b#c', 'o%2F', '...', "o'(~)*!", 'o'.repeat(128)]) {
    const params = { appid: "wx&'?", openid: strange, permissionType: 'INDIVIDUAL_PAYEE' };
    await assert.rejects(wxpay.queryContractByOpenid(params), { code: 'RESOURCE_NOT_EXISTS' });
  }
});

test('a name and a number are encrypted anew for each call, for the named key', () => {
  const responded = '{"pre_entrustweb_id":"1d4b5b8a"}';
  return withServer(
    (_, response) => response.writeHead(200, signedHeaders(responded)).end(responded),
    async (server) => {
      const serial = '5157F09EFDC096DE15EBE81A47057A7232F1B8E1';
      // The platform certificate is listed first; the client still prefers the public key.
      const certs = { [serial]: key('platform.cert.pem'), ...server.options.certs };
      const client = new Wechatpay({ ...server.options, certs });
      const params = { appid, outContractCode: 'A', ...identity };
      await client.preEntrustSignAppWithRealName(params);
      await client.preEntrustSignAppWithRealName(params);
      const bodies = server.requests.map(({ headers, body }) => {
        assert.equal(headers['wechatpay-serial'], publicKeyId);
        return JSON.parse(body);
      });
      const privateKey = createPrivateKey(key('wechatpay.pkcs8.pem'));
      const decrypted = (text) =>
        privateDecrypt(
          { key: privateKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' },
          Buffer.from(text, 'base64'),
        ).toString();
      for (const { real_name: name, cred_id: number, ...clear } of bodies) {
        assert.equal(decrypted(name), identity.realName);
        assert.equal(decrypted(number), identity.credId);
        assert.deepEqual(clear, { appid, out_contract_code: 'A', cred_type: 'ID_CARD' });
      }
      assert.notEqual(bodies[0].real_name, bodies[1].real_name);
      assert.notEqual(bodies[0].cred_id, bodies[1].cred_id);
    },
  );
});

test('with only a platform certificate, its serial number is named', async () => {
  const serial = '5157F09EFDC096DE15EBE81A47057A7232F1B8E1';
  let sent;
  const client = new Wechatpay({
    ...sandbox.options,
    certs: { [serial]: key('platform.cert.pem') },
    fetch: async (_, init) => {
      sent = init;
      return new Response('{}', { status: 400 });
    },
  });
  const params = { appid, outContractCode: 'A', ...identity };
  await assert.rejects(client.preEntrustSignAppWithRealName(params), { code: 'HTTP_400' });
  assert.equal(sent.headers['Wechatpay-Serial'], serial);
  const decrypted = privateDecrypt(
    {
      key: key('platform.pkcs8.pem'),
      padding: constants.RSA_PKCS1_OAEP_PADDING,
      oaepHash: 'sha1',
    },
    Buffer.from(JSON.parse(Buffer.from(sent.body)).real_name, 'base64'),
  );
  assert.equal(decrypted.toString(), identity.realName);
});

test('names at their limits: 64 characters of one, three or four bytes', async () => {
  for (const realName of ['x', 'x'.repeat(64), '名'.repeat(64), '𠮷'.repeat(53)]) {
    const params = { appid, outContractCode: 'LIMITS', ...identity, realName };
    await wxpay.preEntrustSignAppWithRealName(params);
    assert.equal(sandbox.requests.at(-1).result.ok, true);
  }
});

test('undocumented fields of a response are left out', () => {
  const responded = JSON.stringify({
    signed_time: '2025-05-20T13:29:35+08:00',
    auth_state: 'LATER',
    individual_auth_id: null,
    later: { a: 1 },
  });
  return withServer(
    (_, response) => response.writeHead(200, signedHeaders(responded)).end(responded),
    async ({ options }) => {
      const client = new Wechatpay(options);
      const contract = await client.queryContractByOutContractCode({ appid, outContractCode: 'A' });
      assert.deepEqual(contract, {
        signedTime: '2025-05-20T13:29:35+08:00',
        authState: 'LATER',
      });
    },
  );
});

test('the echo verifies keys, serial numbers and both signatures', async () => {
  const echo = await wxpay.echo();
  assert.match(echo.echoMessage, /^[0-9A-F]{32}$/);
  assert.deepEqual(echo, {
    echoMessage: echo.echoMessage,
    encryptedEchoMessage: echo.echoMessage,
  });
  assert.equal(sandbox.requests.at(-1).url, '/v3/security/echo');
  assert.notEqual((await wxpay.echo({ timeout: 10_000 })).echoMessage, echo.echoMessage);

  const other = await createSandbox();
  const { mchid, serial, privateKey, certs } = other.options;
  try {
    for (const [wrong, code] of [
      [{ mchid }, 'SIGN_ERROR'],
      [{ serial, cert: undefined }, 'SIGN_ERROR'],
      [{ privateKey, cert: undefined }, 'SIGN_ERROR'],
      [{ certs }, 'ERR_SERIAL_UNKNOWN'],
      [
        { certs: { [Object.keys(sandbox.options.certs)[0]]: Object.values(certs)[0] } },
        'ERR_SIGNATURE_INVALID',
      ],
      [{ clock: () => Date.now() - 600_000 }, 'ERR_TIMESTAMP_SKEW'],
    ]) {
      const client = new Wechatpay({ ...sandbox.options, ...wrong });
      await assert.rejects(client.echo(), { code }, JSON.stringify(Object.keys(wrong)));
    }
  } finally {
    await other.close();
  }
  await assert.rejects(wxpay.echo({ timeuot: 1 }), { name: 'ValidationError' });
});

// Not in a hook: Node 20.0 runs no hook outside a suite.
test('the sandbox closes', () => sandbox.close());
