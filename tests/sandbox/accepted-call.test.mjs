import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createSandbox } from 'wechatpay-wasm/sandbox';
import { assertSigned, CONTRACT, PATH, send } from './signed-request.mjs';

// Hooks are in a suite because Node.js 20.0 runs no hook outside a suite.
describe('a call that the sandbox accepts', () => {
  let sandbox;
  before(async () => {
    sandbox = await createSandbox();
  });
  after(() => sandbox.close());

  const preSign = async (request) => {
    const response = await send(sandbox, request);
    assert.equal(response.status, 200, sandbox.requests.at(-1).result.reason);
    return response;
  };

  test('responds to a signed call with a pre_entrustweb_id in the documented form', async () => {
    const { json } = await preSign();
    assert.deepEqual(Object.keys(json), ['pre_entrustweb_id']);
    assert.match(json.pre_entrustweb_id, /^1121_[0-9a-f]{64}_[0-9a-f]{32}$/);
  });

  test('signs its response, over the raw bytes, with the key of certs', async () => {
    const response = await preSign();
    assertSigned(response, sandbox);
    assert.deepEqual(Object.keys(sandbox.options.certs), [response.headers['wechatpay-serial']]);
    assert.throws(() => {
      assertSigned({ ...response, raw: Buffer.concat([response.raw, Buffer.from(' ')]) }, sandbox);
    });
  });

  test('responds with the headers of WeChat Pay', async () => {
    const [first, second] = [await preSign(), await preSign()];
    assert.equal(first.headers['content-type'], 'application/json; charset=utf-8');
    assert.equal(first.headers['content-length'], String(first.raw.length));
    assert.match(first.headers['wechatpay-nonce'], /^[0-9a-f]{32}$/);
    assert.notEqual(first.headers['wechatpay-nonce'], second.headers['wechatpay-nonce']);
    assert.match(first.headers['request-id'], /^[0-9A-F]{40}-0$/);
    assert.notEqual(first.headers['request-id'], second.headers['request-id']);
  });

  test('gives one id for one out_contract_code, and another id for another', async () => {
    const idOf = async (contract) => (await preSign({ json: contract })).json.pre_entrustweb_id;
    const first = await idOf(CONTRACT);
    assert.equal(await idOf(CONTRACT), first);
    const other = await idOf({ ...CONTRACT, out_contract_code: 'APPLYMENT_00000000002' });
    assert.notEqual(other, first);
  });

  for (const [what, contract] of Object.entries({
    'one character each': { appid: 'a', out_contract_code: '-' },
    'the longest': { appid: 'a'.repeat(32), out_contract_code: 'Z9_-'.repeat(32) },
    'an appid of three-byte characters': { ...CONTRACT, appid: '\u4e2d'.repeat(32) },
  })) {
    test(`accepts fields at their limits: ${what}`, () => preSign({ json: contract }));
  }

  test('accepts a body in any JSON form: spaces, line feeds, escapes, any order', async () => {
    const body = '{\n "out_contract_code" : "\\u0041PPLYMENT_00000000001",\t"appid":"wx1" }\n';
    const { json } = await preSign({ body });
    assert.deepEqual(json, (await preSign()).json);
  });

  for (const accept of [
    '*/*',
    'application/*',
    'Application/JSON; q=0.5',
    'text/html, application/json;q=0.9, */*;q=0',
  ]) {
    test(`accepts Accept: ${accept}`, () => preSign({ headers: { Accept: accept } }));
  }

  for (const type of [
    'application/json; charset=utf-8',
    'Application/JSON;charset="UTF-8"',
    'application/json; boundary=x',
  ]) {
    test(`accepts Content-Type: ${type}`, () => preSign({ headers: { 'Content-Type': type } }));
  }

  test('accepts its own key in Wechatpay-Serial', () => {
    const [id] = Object.keys(sandbox.options.certs);
    return preSign({ headers: { 'Wechatpay-Serial': id } });
  });

  test('accepts an unknown key in Wechatpay-Serial where nothing is encrypted', async () => {
    for (const serial of ['', 'PUB_KEY_ID_0', '5157F09EFDC096DE15EB', sandbox.options.serial]) {
      const response = await preSign({ headers: { 'Wechatpay-Serial': serial } });
      assertSigned(response, sandbox);
    }
  });

  test('accepts the Authorization fields in any order', () => {
    return preSign({
      authorization: (header) => {
        const [scheme, fields] = header.split(' ');
        return `${scheme} ${fields.split(',').reverse().join(',')}`;
      },
    });
  });

  test('accepts the serial number in lower case', () =>
    preSign({ fields: { serial_no: sandbox.options.serial.toLowerCase() } }));

  test('accepts nonces of 1 to 32 visible characters', async () => {
    await preSign({ fields: { nonce_str: 'z' } });
    await preSign({ fields: { nonce_str: 'with-hyphen_and/more+=' } });
    await preSign({ fields: { nonce_str: `${'Aa0'.repeat(10)}Zz` } });
  });

  test('responds to two hundred calls at once', async () => {
    const from = sandbox.requests.length;
    const responses = await Promise.all(
      Array.from({ length: 200 }, (_, i) =>
        preSign({ json: { ...CONTRACT, out_contract_code: `AT_ONCE_${i}` } }),
      ),
    );
    assert.equal(new Set(responses.map(({ json }) => json.pre_entrustweb_id)).size, 200);
    assert.equal(sandbox.requests.length - from, 200);
  });

  test('records the call as it arrived', async () => {
    const body = JSON.stringify(CONTRACT);
    await preSign({ fields: { nonce_str: 'recorded' } });
    const record = sandbox.requests.at(-1);
    assert.equal(record.method, 'POST');
    assert.equal(record.url, PATH);
    assert.deepEqual(record.body, Buffer.from(body));
    const [, , timestamp] = record.message.split('\n');
    assert.equal(record.message, `POST\n${PATH}\n${timestamp}\nrecorded\n${body}\n`);
    assert.match(timestamp, /^[0-9]{10}$/);
    const { reason, ...result } = record.result;
    assert.deepEqual(result, { ok: true, status: 200, code: undefined });
    assert.ok(reason.length > 0);
    assert.ok(Object.isFrozen(record) && Object.isFrozen(record.result));
  });
});
