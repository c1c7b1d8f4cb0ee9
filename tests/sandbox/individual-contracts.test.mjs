import assert from 'node:assert/strict';
import { constants, createPublicKey, privateDecrypt, publicEncrypt } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { createSandbox } from 'wechatpay-wasm/sandbox';
import { assertRefused, assertSigned, CONTRACT, send } from './signed-request.mjs';

const FAMILY = '/v3/ecommerce/individual-contracts';
const OPENID = 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o';
const QUERY = `appid=${CONTRACT.appid}`;
const OAEP = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' };

describe('the calls for individual contracts, and the echo', () => {
  let sandbox;
  let id;
  let encrypt;
  before(async () => {
    sandbox = await createSandbox();
    [id] = Object.keys(sandbox.options.certs);
    encrypt = (text, options = OAEP) =>
      publicEncrypt({ key: sandbox.options.certs[id], ...options }, Buffer.from(text)).toString(
        'base64',
      );
  });
  after(() => sandbox.close());

  const identity = (more) => ({
    ...CONTRACT,
    real_name: encrypt('张三'),
    cred_type: 'ID_CARD',
    cred_id: encrypt('11010519491231002X'),
    ...more,
  });
  const WITH_NAME = `${FAMILY}/pre-entrust-sign-with-real-name-identity`;
  const withSerial = (request) => ({ headers: { 'Wechatpay-Serial': id }, ...request });

  const refusedFor = async (request, detail) => {
    const response = await send(sandbox, request);
    const expected = { status: 400, code: 'PARAM_ERROR', message: '参数错误' };
    assertRefused(response, sandbox, { ...expected, detail });
  };

  test('each pre-sign accepts its own fields, and no others', async () => {
    for (const [path, json] of [
      [`${FAMILY}/pre-entrust-sign/mini-program`, { ...CONTRACT, openid: OPENID }],
      [`${WITH_NAME}/app`, identity()],
      [`${WITH_NAME}/mini-program`, identity({ openid: OPENID })],
    ]) {
      const response = await send(sandbox, withSerial({ path, json }));
      assert.equal(response.status, 200, sandbox.requests.at(-1).result.reason);
      assert.deepEqual(Object.keys(response.json), ['pre_entrustweb_id']);
      assertSigned(response, sandbox);
      for (const name of Object.keys(json)) {
        const { [name]: _, ...rest } = json;
        const detail = { field: `/${name}`, value: '', issue: 'is required', location: 'body' };
        await refusedFor(withSerial({ path, json: rest }), detail);
      }
    }
  });

  test('decrypts fields (OAEP with SHA-1, its own key), and checks their contents', async () => {
    const path = `${WITH_NAME}/app`;
    const notEncrypted =
      'is not encrypted (RSAES-OAEP with SHA-1, base64) for the key of Wechatpay-Serial';
    const merchantKey = createPublicKey(sandbox.options.privateKey);
    const foreign = publicEncrypt({ key: merchantKey, ...OAEP }, Buffer.from('x'));
    for (const [value, issue] of [
      ['张三', notEncrypted],
      ['', notEncrypted],
      [foreign.toString('base64'), notEncrypted],
      [encrypt('x', { ...OAEP, oaepHash: 'sha256' }), notEncrypted],
      [encrypt('x', { padding: constants.RSA_PKCS1_PADDING }), notEncrypted],
      [encrypt(Buffer.from([0xff])), notEncrypted],
      [` ${encrypt('x')}`, notEncrypted],
      [encrypt(''), 'is empty after decryption'],
      [encrypt('x'.repeat(65)), 'is longer than 64 characters after decryption'],
      [7, 'is not a string'],
      [null, 'is not a string'],
    ]) {
      for (const name of ['real_name', 'cred_id']) {
        const detail = { field: `/${name}`, issue, location: 'body' };
        await refusedFor(withSerial({ path, json: identity({ [name]: value }) }), detail);
      }
    }
  });

  test('where fields are encrypted, Wechatpay-Serial must name the key', async () => {
    const message = '平台证书序列号Wechatpay-Serial错误';
    const request = { path: `${WITH_NAME}/app`, json: identity() };
    const wrong = { 'Wechatpay-Serial': 'PUB_KEY_ID_01' };
    assertRefused(await send(sandbox, { ...request, headers: wrong }), sandbox, {
      status: 400,
      code: 'PARAM_ERROR',
      message,
    });
    assert.match(sandbox.requests.at(-1).result.reason, /names no key of this merchant/);
    const none = { 'Wechatpay-Serial': undefined };
    assertRefused(await send(sandbox, { ...request, headers: none }), sandbox, {
      status: 400,
      code: 'PARAM_ERROR',
      message,
    });
    assert.match(sandbox.requests.at(-1).result.reason, /is missing/);
  });

  test('a query responds with what was pre-signed', async () => {
    const path = `${WITH_NAME}/mini-program`;
    await send(sandbox, withSerial({ path, json: identity({ openid: OPENID }) }));
    const { out_contract_code: code } = CONTRACT;
    const byCode = await send(sandbox, {
      method: 'GET',
      path: `${FAMILY}/out-contract-code/${code}?${QUERY}`,
    });
    assert.equal(byCode.status, 200);
    assert.deepEqual(Object.keys(byCode.json), [
      'signed_time',
      'auth_state',
      'individual_auth_id',
      'individual_openid',
      'real_name_auth_result',
    ]);
    assert.equal(byCode.json.individual_openid, OPENID);
    const byOpenid = await send(sandbox, {
      method: 'GET',
      path: `${FAMILY}/${OPENID}?permission_type=INDIVIDUAL_PAYEE&${QUERY}`,
    });
    assert.deepEqual(byOpenid.json, {
      individual_auth_id: byCode.json.individual_auth_id,
      operation_time: byCode.json.signed_time,
      auth_state: 'AUTHORIZED',
    });
  });

  test('the parameters of a query are checked', async () => {
    const byCode = `${FAMILY}/out-contract-code`;
    const byOpenid = `${FAMILY}/${OPENID}`;
    for (const [path, field, value, issue, location] of [
      [`${byCode}/A`, 'appid', '', 'is required', 'query'],
      [`${byCode}/A?appid=`, 'appid', '', 'is empty', 'query'],
      [`${byCode}/A?appid=a&appid=b`, 'appid', 'b', 'is there twice', 'query'],
      [
        `${byCode}/A%20B?${QUERY}`,
        'out_contract_code',
        'A B',
        'has a character outside [0-9A-Za-z_-]',
        'path',
      ],
      [
        `${byCode}/%ff?${QUERY}`,
        'out_contract_code',
        '%ff',
        'is not percent-encoded UTF-8',
        'path',
      ],
      [`${byOpenid}?${QUERY}`, 'permission_type', '', 'is required', 'query'],
    ]) {
      await refusedFor({ method: 'GET', path }, { field, value, issue, location });
    }
  });

  test('a contract that was never pre-signed is not found', async () => {
    for (const path of [
      `${FAMILY}/out-contract-code/NEVER?${QUERY}`,
      `${FAMILY}/oNobody?permission_type=INDIVIDUAL_PAYEE&${QUERY}`,
    ]) {
      assertRefused(await send(sandbox, { method: 'GET', path }), sandbox, {
        status: 404,
        code: 'RESOURCE_NOT_EXISTS',
        message: '查询的资源不存在',
      });
    }
  });

  test('accepts one method for each path, and names it', async () => {
    for (const [method, path, allow] of [
      ['POST', `${FAMILY}/out-contract-code/A`, 'GET'],
      ['DELETE', `${FAMILY}/${OPENID}`, 'GET'],
      ['GET', '/v3/security/echo', 'POST'],
    ]) {
      const response = await send(sandbox, { method, path });
      assert.equal(response.status, 405);
      assert.equal(response.headers.allow, allow);
    }
    for (const path of [`${FAMILY}/`, FAMILY, `${FAMILY}/out-contract-code/`, `${FAMILY}/a/b/c`]) {
      assert.equal((await send(sandbox, { method: 'GET', path })).status, 404, path);
    }
  });

  test('echoes the message, encrypted for the merchant', async () => {
    const path = '/v3/security/echo';
    const clear = await send(sandbox, withSerial({ path, json: { echo_message: 'hello' } }));
    assert.deepEqual(clear.json, { echo_message: 'hello' });
    const json = { echo_message: 'hello', encrypted_echo_message: encrypt('encrypted') };
    const response = await send(sandbox, withSerial({ path, json }));
    assert.equal(response.json.echo_message, 'hello');
    const encrypted = Buffer.from(response.json.encrypted_echo_message, 'base64');
    const opened = privateDecrypt({ key: sandbox.options.privateKey, ...OAEP }, encrypted);
    assert.equal(opened.toString(), 'encrypted');
    // Without an encrypted field, Wechatpay-Serial is optional. With one, it is required.
    const unnamed = { path, headers: { 'Wechatpay-Serial': undefined } };
    const plain = await send(sandbox, { ...unnamed, json: { echo_message: 'hello' } });
    assert.equal(plain.status, 200);
    const unopened = await send(sandbox, { ...unnamed, json });
    assert.equal(unopened.status, 400);
    assert.equal(unopened.json.detail.field, '/encrypted_echo_message');
    await refusedFor(withSerial({ path, json: {} }), {
      field: '/echo_message',
      value: '',
      issue: 'is required',
      location: 'body',
    });
  });
});
