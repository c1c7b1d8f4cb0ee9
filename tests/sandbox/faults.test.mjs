import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { inspect } from 'node:util';

import { Wechatpay } from 'wechatpay-wasm';
import { createSandbox } from 'wechatpay-wasm/sandbox';
import { assertRefused, assertSigned, CONTRACT, send } from './signed-request.mjs';

const TEN_MINUTES = 600;

describe('faults on request', { timeout: 60_000 }, () => {
  let sandbox;
  before(async () => {
    sandbox = await createSandbox();
  });
  after(() => sandbox.close());
  afterEach(() => {
    sandbox.faults = undefined;
  });

  const withHeader = (faults, request) =>
    send(sandbox, { ...request, headers: { 'Sandbox-Faults': faults, ...request?.headers } });
  const age = ({ headers }) => Math.floor(Date.now() / 1000) - headers['wechatpay-timestamp'];

  test('there are none to begin with', async () => {
    assert.equal(sandbox.faults, undefined);
    assertSigned(await send(sandbox), sandbox);
    assert.equal(sandbox.requests.at(-1).faults, undefined);
  });

  test('drop: the call is carried out, and its response is lost', async () => {
    sandbox.faults = { drop: true };
    await assert.rejects(send(sandbox), { code: 'ECONNRESET' });
    const { result, faults } = sandbox.requests.at(-1);
    assert.equal(result.status, 200);
    assert.deepEqual(faults, { drop: true });
    // The call was carried out: its nonce is used.
    await assert.rejects(send(sandbox, { fields: { nonce_str: 'dropped' } }));
    sandbox.faults = undefined;
    const { json } = await send(sandbox, { fields: { nonce_str: 'dropped' } });
    assert.equal(json.code, 'SIGN_ERROR');
  });

  test('delay: the response is late, and unchanged', async () => {
    sandbox.faults = { delay: 300 };
    const started = performance.now();
    const response = await send(sandbox);
    // A timer may fire a millisecond early.
    assert.ok(performance.now() - started >= 299);
    assert.equal(response.status, 200);
    assertSigned(response, sandbox);
  });

  test('tamper: one byte changes after the signature, and JSON stays JSON', async () => {
    const { raw } = await send(sandbox);
    sandbox.faults = { tamper: true };
    const response = await send(sandbox);
    const changed = [...response.raw].filter((byte, i) => byte !== raw[i]);
    assert.equal(response.raw.length, raw.length);
    assert.equal(changed.length, 1);
    assert.deepEqual(Object.keys(response.json), ['pre_entrustweb_id']);
    assertSigned({ ...response, raw }, sandbox);
    assert.throws(() => assertSigned(response, sandbox), /is not valid/);
  });

  test('tamper changes refusals too', async () => {
    const response = await withHeader('tamper', { json: {} });
    assert.equal(response.status, 400);
    assert.equal(response.json.code, 'PARAM_ERROR');
    assert.throws(() => assertSigned(response, sandbox), /is not valid/);
  });

  test('stale: ten minutes old, with a valid signature', async () => {
    sandbox.faults = { stale: true };
    const response = await send(sandbox);
    assertSigned(response, sandbox);
    assert.ok(age(response) >= TEN_MINUTES && age(response) < TEN_MINUTES + 60);
  });

  test('unsigned: the same response without the signature headers', async () => {
    sandbox.faults = { unsigned: true };
    const { status, headers, json } = await send(sandbox);
    assert.equal(status, 200);
    assert.deepEqual(Object.keys(json), ['pre_entrustweb_id']);
    const ours = Object.keys(headers).filter((name) => name.startsWith('wechatpay-'));
    assert.deepEqual(ours, []);
    assert.ok(headers['request-id']);
  });

  for (const [status, code] of [
    [400, 'PARAM_ERROR'],
    [401, 'SIGN_ERROR'],
    [403, 'NO_AUTH'],
    [404, 'RESOURCE_NOT_EXISTS'],
    [418, 'INVALID_REQUEST'],
    [429, 'RATELIMIT_EXCEEDED'],
    [500, 'SYSTEM_ERROR'],
    [501, 'SYSTEM_ERROR'],
    [503, 'SERVICE_UNAVAILABLE'],
  ]) {
    test(`status ${status}: the call is not carried out, and the response is ${code}`, async () => {
      sandbox.faults = { status };
      const fields = { nonce_str: `status${status}` };
      const response = await send(sandbox, { fields });
      const { message } = response.json;
      assert.ok(message.length > 0);
      assertRefused(response, sandbox, { status, code, message });
      const record = sandbox.requests.at(-1);
      assert.equal(record.result.reason, `status=${status} was requested`);
      assert.match(record.message, /^POST\n/);
      sandbox.faults = undefined;
      assert.equal((await send(sandbox, { fields })).status, 200);
    });
  }

  for (const [status, title] of [
    [502, '502 Bad Gateway'],
    [504, '504 Gateway Timeout'],
  ]) {
    test(`status ${status}: the response of a gateway, in HTML and unsigned`, async () => {
      sandbox.faults = { status };
      const { status: got, headers, raw } = await send(sandbox);
      assert.equal(got, status);
      assert.ok(raw.toString().includes(`<h1>${title}</h1>`));
      assert.equal(headers['content-type'], 'text/html');
      assert.equal(headers['content-length'], String(raw.length));
      assert.deepEqual(
        Object.keys(headers).filter((name) => /^wechatpay-|^request-id$/.test(name)),
        [],
      );
      const { ok, code } = sandbox.requests.at(-1).result;
      assert.deepEqual([ok, code], [false, undefined]);
    });
  }

  test('times: the first calls have the fault, the others have none', async () => {
    sandbox.faults = { status: 503, times: 2 };
    assert.deepEqual(sandbox.faults, { status: 503, times: 2 });
    assert.equal((await send(sandbox)).status, 503);
    assert.deepEqual(sandbox.requests.at(-1).faults, { status: 503 });
    assert.deepEqual(sandbox.faults, { status: 503, times: 1 });
    // A call with faults of its own is not counted.
    assert.equal((await withHeader('unsigned')).status, 200);
    assert.equal((await send(sandbox)).status, 503);
    assert.equal(sandbox.faults, undefined);
    assert.equal((await send(sandbox)).status, 200);
  });

  test('faults can be combined', async () => {
    sandbox.faults = { delay: 100, tamper: true, stale: true };
    const started = performance.now();
    const response = await send(sandbox);
    assert.ok(performance.now() - started >= 99);
    assert.ok(age(response) >= TEN_MINUTES);
    assert.throws(() => assertSigned(response, sandbox), /is not valid/);
    assert.deepEqual(sandbox.requests.at(-1).faults, { delay: 100, tamper: true, stale: true });

    sandbox.faults = { status: 429, unsigned: true };
    const refused = await send(sandbox);
    assert.equal(refused.json.code, 'RATELIMIT_EXCEEDED');
    assert.equal(refused.headers['wechatpay-signature'], undefined);
  });

  test('a header sets the faults of its own call, in place of the others', async () => {
    sandbox.faults = { status: 500 };
    const response = await withHeader(' stale ,delay=1');
    assert.equal(response.status, 200);
    assert.ok(age(response) >= TEN_MINUTES);
    const record = sandbox.requests.at(-1);
    assert.deepEqual(record.faults, { stale: true, delay: 1 });
    assert.ok(Object.isFrozen(record.faults));
    assert.equal((await send(sandbox)).status, 500);
  });

  for (const [header, issue] of [
    ['', /^has "", which is not one of drop, delay, tamper, stale, unsigned, probe, status, code$/],
    ['tampr', /^has "tampr", which is not one of/],
    ['tamper,', /^has "", which/],
    ['times=2', /^has "times", which is not one of/],
    ['toString', /^has "toString", which/],
    ['tamper, tamper', /^has tamper twice$/],
    ['tamper=true', /^has a value for tamper, which takes none$/],
    [
      'delay',
      /^has a wrong delay: it must be a whole number from 0 to 2147483647, as in delay=200$/,
    ],
    ['delay=-1', /^has a wrong delay/],
    ['delay=1e3', /^has a wrong delay/],
    ['delay=1=2', /^has a wrong delay/],
    ['delay=9999999999', /^has a wrong delay/],
    ['status=200', /^has a wrong status: it must be a whole number from 400 to 599, as in/],
  ]) {
    test(`refuses the header ${inspect(header)}`, async () => {
      const response = await withHeader(header);
      const { detail, message } = response.json;
      assertRefused(response, sandbox, { status: 400, code: 'PARAM_ERROR', message, detail });
      assert.match(detail.issue, issue);
      assert.deepEqual(detail, {
        field: 'Sandbox-Faults',
        issue: detail.issue,
        location: 'header',
      });
      const { result, faults } = sandbox.requests.at(-1);
      assert.equal(result.reason, `Sandbox-Faults: ${detail.issue}`);
      assert.equal(faults, undefined);
    });
  }

  for (const [faults, message] of [
    [{ tampr: true, dorp: 1 }, /: unknown fault tampr, dorp \(it knows drop, delay, .*, times\)$/],
    [null, / must be an object, or undefined for none$/],
    [[], / must be an object, or undefined for none$/],
    ['tamper', / must be an object/],
    [{ drop: 1 }, /: drop must be true or false$/],
    [{ tamper: 'yes' }, /: tamper must be true or false$/],
    [{ stale: null }, /: stale must be true or false$/],
    [{ unsigned: 0 }, /: unsigned must be true or false$/],
    [{ delay: '200' }, /: delay must be a whole number from 0 to 2147483647$/],
    [{ delay: -1 }, /: delay must be/],
    [{ delay: 1.5 }, /: delay must be/],
    [{ status: 200 }, /: status must be a whole number from 400 to 599$/],
    [{ status: 600 }, /: status must be/],
    [{ drop: true, times: 0 }, /: times must be a whole number from 1 to/],
  ]) {
    test(`rejects the faults ${inspect(faults)}`, async () => {
      sandbox.faults = { delay: 1 };
      const name = 'TypeError';
      assert.throws(
        () => {
          sandbox.faults = faults;
        },
        { name, message: new RegExp(`^sandbox\\.faults${message.source}`) },
      );
      assert.deepEqual(sandbox.faults, { delay: 1 });
      await assert.rejects(createSandbox({ faults }), {
        name,
        message: new RegExp(`^createSandbox: faults${message.source}`),
      });
    });
  }

  test('faults without effect read as undefined, and the given object is copied', () => {
    for (const none of [{}, { drop: false }, { delay: undefined }, { times: 3 }]) {
      sandbox.faults = none;
      assert.equal(sandbox.faults, undefined, inspect(none));
    }
    const faults = { tamper: true, drop: false };
    sandbox.faults = faults;
    faults.drop = true;
    assert.deepEqual(sandbox.faults, { tamper: true });
    assert.ok(Object.isFrozen(sandbox.faults));
  });

  test('an option sets them from the first call on', async () => {
    const broken = await createSandbox({ faults: { status: 503, times: 1 } });
    try {
      assert.equal((await send(broken)).status, 503);
      assert.equal((await send(broken)).status, 200);
    } finally {
      await broken.close();
    }
  });

  test('close() does not wait for a delay, and nothing fails after the delay', async () => {
    const slow = await createSandbox({ faults: { delay: 400 } });
    const call = assert.rejects(send(slow), { code: 'ECONNRESET' });
    while (slow.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const started = performance.now();
    await slow.close();
    await call;
    assert.ok(performance.now() - started < 300);
    // After the delay: writing to the closed connection causes no error.
    await new Promise((resolve) => setTimeout(resolve, 500));
  });

  for (const [faults, expected] of [
    [{ drop: true }, { name: 'TransportError', code: 'ERR_NETWORK' }],
    [{ delay: 1_000 }, { name: 'TransportError', code: 'ERR_TIMEOUT' }],
    [{ tamper: true }, { name: 'VerificationError', code: 'ERR_SIGNATURE_INVALID' }],
    [{ stale: true }, { name: 'VerificationError', code: 'ERR_TIMESTAMP_SKEW' }],
    [{ unsigned: true }, { name: 'VerificationError', code: 'ERR_SIGNATURE_MISSING' }],
    [{ status: 429 }, { name: 'ApiError', code: 'RATELIMIT_EXCEEDED', retryable: true }],
    [{ status: 502 }, { name: 'ApiError', code: 'HTTP_502', verified: false }],
  ]) {
    test(`the client reports ${inspect(faults)} correctly`, async () => {
      const wxpay = new Wechatpay({ ...sandbox.options, timeout: faults.delay ? 300 : 10_000 });
      const { appid, out_contract_code: outContractCode } = CONTRACT;
      sandbox.faults = faults;
      const call = wxpay.preEntrustSignApp({ appid, outContractCode }, { maxRetries: 0 });
      await assert.rejects(call, expected);
      wxpay.free();
    });
  }

  test("a user's fetch can send the header", async () => {
    const fetch = (url, init) => {
      const headers = { ...init.headers, 'Sandbox-Faults': 'tamper' };
      return globalThis.fetch(url, { ...init, headers });
    };
    const wxpay = new Wechatpay({ ...sandbox.options, fetch });
    const { appid, out_contract_code: outContractCode } = CONTRACT;
    await assert.rejects(wxpay.preEntrustSignApp({ appid, outContractCode }), {
      code: 'ERR_SIGNATURE_INVALID',
    });
    assert.deepEqual(sandbox.requests.at(-1).faults, { tamper: true });
    wxpay.free();
  });
});
