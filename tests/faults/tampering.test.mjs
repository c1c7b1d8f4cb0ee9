// A host between client and sandbox changes requests or responses. One of the two sides always
// detects the change.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Wechatpay } from 'wechatpay-wasm';
import { createSandbox } from 'wechatpay-wasm/sandbox';

const sandbox = await createSandbox();

const params = { appid: 'wxd678efh567h23787', outContractCode: 'APPLYMENT_00000000001' };

/** A client whose requests and responses can be changed in transit. */
function through({ request = (init) => init, responseBody = (body) => body }) {
  return new Wechatpay({
    ...sandbox.options,
    async fetch(url, init) {
      const response = await fetch(url, request(init));
      const body = responseBody(await response.text());
      return new Response(body, response);
    },
  });
}

test('nothing changed: the call succeeds', async () => {
  const { preEntrustwebId } = await through({}).preEntrustSignApp(params);
  assert.equal(typeof preEntrustwebId, 'string');
});

test('any byte of the signed body deleted: the sandbox refuses, and says where', async () => {
  const { byteLength } = Buffer.from(
    JSON.stringify({ appid: params.appid, out_contract_code: params.outContractCode }),
  );
  for (let index = 0; index < byteLength; index += 1) {
    const wxpay = through({
      request(init) {
        const bytes = [...new Uint8Array(init.body)];
        bytes.splice(index, 1);
        return { ...init, body: Uint8Array.from(bytes) };
      },
    });
    const error = await wxpay.preEntrustSignApp(params).catch((reason) => reason);
    assert.equal(error.code, 'SIGN_ERROR', `byte ${index}: ${error}`);
    assert.equal(error.status, 401);
    assert.equal(error.verified, true);
    // The sandbox shows only the first 8 bytes of the body, as WeChat Pay does.
    const where =
      index < 8 ? /differs from .* in line 5 at character/ : /the body was changed on the/;
    assert.match(error.message, where);
  }
});

test('any byte of the response deleted: the client rejects it', async () => {
  const { preEntrustwebId } = await through({}).preEntrustSignApp(params);
  const { length } = JSON.stringify({ pre_entrustweb_id: preEntrustwebId });
  for (let index = 0; index < length; index += 1) {
    const wxpay = through({ responseBody: (body) => body.slice(0, index) + body.slice(index + 1) });
    await assert.rejects(wxpay.preEntrustSignApp(params), {
      name: 'VerificationError',
      code: 'ERR_SIGNATURE_INVALID',
    });
  }
});

test('any field of the Authorization changed: the sandbox refuses', async () => {
  const changed = (from, to) =>
    through({
      request: ({ headers, ...init }) => ({
        ...init,
        headers: { ...headers, Authorization: headers.Authorization.replace(from, to) },
      }),
    });
  for (const wxpay of [
    changed('mchid="1', 'mchid="2'),
    changed(/nonce_str="./, 'nonce_str="!'),
    changed(/signature="..../, 'signature="AAAA'),
    changed('WECHATPAY2-SHA256-RSA2048', 'WECHATPAY2-SHA256-RSA4096'),
    changed(/timestamp="\d+"/, 'timestamp="1"'),
    changed(/serial_no="."?/, 'serial_no="'),
  ]) {
    await assert.rejects(wxpay.preEntrustSignApp(params), { name: 'ApiError', code: 'SIGN_ERROR' });
  }
});

test('another path, query or method, or a missing header: the sandbox refuses', async () => {
  const sent = (change) =>
    new Wechatpay({
      ...sandbox.options,
      fetch: (url, { headers, ...init }) => fetch(...change(url, { ...init, headers })),
    }).preEntrustSignApp(params);
  const lacking = (name) => (url, init) => {
    const { [name]: _, ...headers } = init.headers;
    return [url, { ...init, headers }];
  };
  for (const [change, status] of [
    [(url, init) => [`${url}?x=1`, init], 401],
    [(url, init) => [`${url}s`, init], 404],
    [(url, init) => [url, { ...init, method: 'PUT' }], 405],
    [lacking('Authorization'), 401],
    [lacking('Content-Type'), 400],
    [(url, init) => [url, { ...init, headers: { ...init.headers, Accept: 'text/html' } }], 400],
  ]) {
    await assert.rejects(sent(change), { name: 'ApiError', status, verified: true });
  }
});

test('a request sent twice: the sandbox refuses the second one', async () => {
  const wxpay = new Wechatpay({
    ...sandbox.options,
    async fetch(url, init) {
      await (await fetch(url, init)).arrayBuffer();
      return fetch(url, init);
    },
  });
  await assert.rejects(wxpay.preEntrustSignApp(params), { name: 'ApiError', status: 401 });
});

test('a stored response that is sent again later: the client rejects it', async () => {
  let stored;
  let late = 0;
  const wxpay = new Wechatpay({
    ...sandbox.options,
    clock: () => Date.now() + late,
    async fetch(url, init) {
      stored ??= await fetch(url, init);
      return stored.clone();
    },
  });
  await wxpay.preEntrustSignApp(params);
  late = 302_000;
  await assert.rejects(wxpay.preEntrustSignApp(params), { code: 'ERR_TIMESTAMP_SKEW' });
});

// Not in a hook: Node 20.0 runs no hook outside a suite.
test('the sandbox closes', () => sandbox.close());
