// A polluted `Object.prototype`, of this realm and of another one: it changes nothing that is sent,
// nothing that is trusted, and nothing that is returned.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createContext, runInContext } from 'node:vm';

import { Wechatpay } from 'wechatpay-wasm';

import { result, signedHeaders } from '../faults/responding-server.mjs';
import { merchant, publicKeyId } from '../merchant.mjs';

const params = { appid: 'wxd678efh567h23787', outContractCode: 'APPLYMENT_00000000001' };
const evil = 'http://127.0.0.1:9';
const signed = signedHeaders(result);

/** Runs `work` while `Object.prototype` has a member. */
async function polluted(name, value, work) {
  const { defineProperty, prototype } = Object;
  const descriptor = {
    __proto__: null,
    value,
    configurable: true,
    enumerable: true,
    writable: true,
  };
  defineProperty(prototype, name, descriptor);
  try {
    return await work();
  } finally {
    delete prototype[name];
  }
}

/** What `fetch` was called with, as far as it is the same each time. */
function written(url, init) {
  const { Authorization, ...headers } = { __proto__: null, ...init.headers };
  return {
    url,
    method: init.method,
    redirect: init.redirect,
    members: Object.keys(init),
    // What fetch finds there, too, if it asks.
    found: ['body', 'proxy', 'dispatcher', 'tls', 'cf', 'evil'].filter((name) => name in init),
    headers: Object.entries(headers),
    authorized: /^WECHATPAY2-SHA256-RSA2048 mchid="1900007291"/.test(Authorization),
    body: init.body === undefined ? undefined : Buffer.from(init.body).toString(),
  };
}

/** A fetch that needs nothing of the host, and what it was called with. */
function recordingFetch(text, status = 200, headers = signed) {
  const lower = new Map(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const calls = [];
  const fetch = async (url, init) => {
    calls.push(written(url, init));
    const parts = [new TextEncoder().encode(text)];
    const read = async () => ({ done: parts.length === 0, value: parts.pop() });
    const body = { __proto__: null, getReader: () => ({ read, cancel() {} }) };
    const response = { __proto__: null, status, body };
    response.headers = { __proto__: null, get: (name) => lower.get(name.toLowerCase()) ?? null };
    return response;
  };
  return { fetch, calls };
}

const env = {
  WECHATPAY_MCHID: merchant.mchid,
  WECHATPAY_SERIAL: merchant.serial,
  WECHATPAY_PRIVATE_KEY: merchant.privateKey,
  WECHATPAY_PUBLIC_KEY_ID: publicKeyId,
  WECHATPAY_PUBLIC_KEY: merchant.certs[publicKeyId],
};
const notification = { headers: signedHeaders('{}'), body: '{}' };
const shownOf = ({ name, message, ...fields }) => ({ name, message, ...fields });

/** What hooks and a log are told, without what differs each time. */
async function watched(fetch) {
  const told = [];
  const tell = (event) => told.push(lasting(event));
  const log = (_, fields) => told.push(lasting(fields));
  const hooks = { onRequest: tell, onResponse: tell, onSuccess: tell, onError: tell };
  const logger = { debug: log, error: log };
  const watching = new Wechatpay({ ...merchant, fetch, ...hooks, onNotification: tell, logger });
  await watching.preEntrustSignApp(params).catch(shownOf);
  await watching.notification(notification).catch(shownOf);
  return told;
}

function lasting(event) {
  const { callId, start, duration, signed, error, ...rest } = { __proto__: null, ...event };
  return { ...rest, signed: typeof signed, error: typeof error };
}

/** Every way into the package, and everything that came of it. */
async function everything() {
  const good = recordingFetch(result);
  const wxpay = new Wechatpay({ ...merchant, fetch: good.fetch });
  const results = [
    await wxpay.preEntrustSignApp(params),
    await wxpay.v3.pay.transactions.post(),
    await wxpay.v3.pay.transactions.post({}),
    await wxpay.v3.pay.transactions.get({ query: { a: [1, 2] } }),
    await wxpay.v3.pay._id_.get({ id: '1' }),
    await wxpay.appLaunchParams({ ...params, preEntrustwebId: 'x' }).then(() => 'launch'),
  ];
  const missing = await wxpay.v3.pay._evil_.get({}).catch(shownOf);
  const { fetch } = globalThis;
  globalThis.fetch = good.fetch;
  try {
    results.push(await Wechatpay.fromEnv(env).preEntrustSignApp(params));
  } finally {
    globalThis.fetch = fetch;
  }
  const bad = recordingFetch('{"code":"PARAM_ERROR","message":"no"}', 400, {});
  const failing = new Wechatpay({ ...merchant, fetch: bad.fetch });
  const api = await failing.preEntrustSignApp(params).catch((error) => error);
  const told = await watched(bad.fetch);
  // Without a key it is refused, but its body and headers are read.
  const refused = await wxpay.notification(notification).catch(shownOf);
  const apiShown = { ...shownOf(api), cause: Object.hasOwn(api, 'cause') };
  return { results, missing, apiShown, refused, told, calls: [good.calls, bad.calls] };
}

// What the package reads of options, of its own objects and of foreign ones, and what fetch reads.
const names = `
  aborted appid after allHeaders apiv3Key arrayBuffer auto authorization baseUrl before body bodyUsed bytes
  call callId cause cert certs cf client clock clockCause clockThrew code constructorName deadline debug delay detail
  dispatcher done duplex elapsed enumerable error errors event evil failures fatal fetch field fields
  eventType file gzip hash headers highWaterMark hook host id ignoreBOM info isBase64Encoded json links listedHeaders
  location logger maxRetries mchid mode most mostBytes multiValueHeaders name notices onError
  onNotification onRequest onResponse onRetry onSuccess
  option own privateKey problem proxy query random readableDidRead reason redirected requestId
  renewed responseHeaders result retryable serial signal signature signed signer size status stream telling
  template text texts told
  timeout tls type unreadable value variables verified v3 pay transactions warn watch window written
  WECHATPAY_LOG WECHATPAY_BASE_URL WECHATPAY_CERTS WECHATPAY_APIV3_KEY WECHATPAY_MCHID_FILE
`
  .trim()
  .split(/\s+/);

test('no member of Object.prototype changes a call', async (t) => {
  const expected = await everything();
  assert.equal(expected.calls[0].length, 6);
  assert.deepEqual(expected.calls[0][1].body, undefined);
  for (const name of names) {
    for (const value of [evil, true, 7, { evil }, [evil]]) {
      let actual;
      try {
        actual = await polluted(name, value, everything);
      } catch (error) {
        actual = error;
      }
      assert.deepEqual(actual, expected, `${name}: ${JSON.stringify(value)}`);
    }
  }
  t.diagnostic(`${names.length} names`);
});

test('descriptors and handlers of a polluted Object.prototype', async () => {
  // What every `Object.defineProperty` of the host trips over, too: only ours is asked for here.
  const cause = new Error('inner', { cause: new AggregateError([new Error('x')], 'all') });
  for (const name of ['get', 'set', 'has', 'getPrototypeOf', 'ownKeys']) {
    const outcome = await polluted(name, 'evil', async () => {
      const fetch = () => Promise.reject(cause);
      const wxpay = new Wechatpay({ ...merchant, maxRetries: 0, fetch });
      return wxpay.v3.pay.get().catch((error) => error);
    });
    assert.equal(outcome.code, 'ERR_NETWORK', name);
    assert.equal(outcome.cause.cause.errors[0].message, 'x');
  }
});

/** Another realm, whose Object.prototype has members that each way in asks for. */
function realm(members) {
  const context = createContext({ given: { ...members }, merchant: { ...merchant }, params, env });
  runInContext('Object.assign(Object.prototype, given)', context);
  return (code) => runInContext(`(${code})`, context);
}

test('options of another realm, whose Object.prototype is polluted', async () => {
  const { fetch, calls } = recordingFetch(result);
  const inRealm = realm({
    baseUrl: evil,
    json: { evil },
    headers: { evil },
    query: { evil },
    evil,
    signal: { aborted: true, addEventListener() {}, removeEventListener() {} },
    timeout: -1,
    maxRetries: -1,
    WECHATPAY_BASE_URL: evil,
    isBase64Encoded: true,
    cert: 'evil',
  });
  const options = inRealm(`{
    mchid: merchant.mchid, serial: merchant.serial, privateKey: merchant.privateKey,
    certs: { '${publicKeyId}': merchant.certs['${publicKeyId}'] },
  }`);
  options.fetch = fetch;
  const wxpay = new Wechatpay(options);
  await wxpay.preEntrustSignApp(
    inRealm(`{ appid: params.appid, outContractCode: params.outContractCode }`),
    inRealm('{}'),
  );
  await wxpay.v3.pay.transactions.post(inRealm('{}'));
  await wxpay.v3.pay.transactions.get(inRealm('{ query: {}, headers: {} }'));
  await assert.rejects(wxpay.v3.pay._evil_.get(inRealm('{}')), { field: 'evil' });
  const { fetch: original } = globalThis;
  globalThis.fetch = fetch;
  try {
    const keys = Object.keys(env).map((name) => `${name}: env.${name}`);
    await Wechatpay.fromEnv(inRealm(`{ ${keys.join(', ')} }`)).preEntrustSignApp(params);
  } finally {
    globalThis.fetch = original;
  }
  assert.equal(calls.length, 4);
  for (const { url, headers, body } of calls) {
    assert.ok(url.startsWith('https://api.mch.weixin.qq.com/v3/'), url);
    assert.ok(!url.includes('evil'));
    assert.ok(!headers.some(([name]) => name === 'evil'));
    assert.ok(!body?.includes('evil'));
  }
  const { headers, body } = notification;
  const foreign = inRealm('{}');
  await assert.rejects(wxpay.notification(Object.assign(foreign, { headers, body })), {
    option: 'apiv3Key',
  });
});

test('members of the class of an options object are read', async () => {
  const { fetch, calls } = recordingFetch(result);
  class Options {
    get baseUrl() {
      return 'https://api2.mch.weixin.qq.com';
    }
  }
  const wxpay = new Wechatpay(Object.assign(new Options(), { ...merchant, fetch }));
  class Query {
    get query() {
      return { limit: 5 };
    }
    get id() {
      return '42';
    }
  }
  await wxpay.v3.pay._id_.get(new Query());
  assert.equal(calls[0].url, 'https://api2.mch.weixin.qq.com/v3/pay/42?limit=5');
});
