// Every form of the chain: the exact bytes that are sent, and that nothing is sent unless a call is
// made.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Wechatpay } from 'wechatpay-wasm';
import { createSandbox } from 'wechatpay-wasm/sandbox';

import { signedHeaders, withServer } from '../faults/responding-server.mjs';

const PATH = 'v3/ecommerce/individual-contracts/pre-entrust-sign/app';
const json = { appid: 'wxd678efh567h23787', out_contract_code: 'APPLYMENT_00000000001' };
const verbs = ['get', 'post', 'put', 'patch', 'delete'];

/** A server that responds to every request with `{}`, signed. */
const responding = (test) =>
  withServer((_, response) => response.writeHead(200, signedHeaders('{}')).end('{}'), test);

test('every form sends what the typed method sends, byte for byte', async () => {
  const sandbox = await createSandbox();
  try {
    const wxpay = new Wechatpay(sandbox.options);
    const { appid, out_contract_code: outContractCode } = json;
    const { preEntrustwebId } = await wxpay.preEntrustSignApp({ appid, outContractCode });
    const forms = [
      wxpay.v3.ecommerce.individualContracts.preEntrustSign.app,
      wxpay.v3.Ecommerce.IndividualContracts.PreEntrustSign.App,
      wxpay.v3['ecommerce/individual-contracts'].preEntrustSign.app,
      wxpay.v3.chain('ecommerce').individualContracts.chain('pre-entrust-sign/app'),
      wxpay.chain(PATH),
      wxpay.chain(`/${PATH}`),
      wxpay[PATH],
    ];
    for (const form of forms) {
      for (const verb of ['post', 'postAsync']) {
        const { data } = await form[verb]({ json });
        assert.deepEqual(data, { pre_entrustweb_id: preEntrustwebId });
      }
    }
    const comparable = ({ method, url, headers, body, message, result }) => ({
      method,
      url,
      headers,
      body: Buffer.from(body).toString(),
      // Every attempt has its own timestamp and nonce.
      message: message.replace(/\n\d{10}\n[0-9A-F]{32}\n/, '\n'),
      result,
    });
    const [typed, ...chained] = sandbox.requests.map(comparable);
    assert.equal(chained.length, 2 * forms.length);
    assert.equal(typed.result.ok, true);
    for (const request of chained) assert.deepEqual(request, typed);
  } finally {
    await sandbox.close();
  }
});

test('every verb sends its method, path, query and body, and signs exactly these', () =>
  responding(async ({ options, requests }) => {
    const signed = [];
    const wxpay = new Wechatpay({
      ...options,
      fetch(url, init) {
        signed.push(init);
        return fetch(url, init);
      },
    });
    const node = wxpay.v3.pay.transactions.id._transaction_id_;
    for (const verb of verbs) {
      assert.equal(node[verb], node[`${verb}Async`], 'the same function');
      await node[verb]({
        transaction_id: 'A/1?支 #%',
        query: {
          mchid: 1900007291,
          'a[b]': "'+ &=",
          yes: true,
          many: ['x', undefined, 2],
          none: undefined,
        },
        headers: { 'Accept-Language': 'zh-CN', accept: 'text/csv', 'X-Left-Out': undefined },
        ...(verb !== 'get' && { json: { 名: '值😀', n: 1.5, left: undefined } }),
      });
      const request = requests.at(-1);
      assert.equal(request.method, verb.toUpperCase());
      assert.equal(
        request.url,
        '/v3/pay/transactions/id/A%2F1%3F%E6%94%AF%20%23%25?mchid=1900007291&a%5Bb%5D=%27%2B%20%26%3D&yes=true&many=x&many=2',
      );
      assert.equal(request.body.toString(), verb === 'get' ? '' : '{"名":"值😀","n":1.5}');
      assert.equal(
        request.headers['content-type'],
        verb === 'get' ? undefined : 'application/json',
      );
      assert.equal(request.headers['accept-language'], 'zh-CN');
      assert.equal(request.headers.accept, 'text/csv');
      assert.equal('x-left-out' in request.headers, false);
    }
    assert.equal(signed.length, verbs.length);
  }));

test('without options, and without a body', () =>
  responding(async ({ options, requests }) => {
    const wxpay = new Wechatpay(options);
    for (const verb of verbs) {
      for (const given of [[], [undefined], [{}], [{ json: undefined, query: {}, headers: {} }]]) {
        await wxpay.v3.certificates[verb](...given);
        const request = requests.at(-1);
        assert.equal(request.body.length, 0);
        assert.equal(request.headers['content-type'], undefined);
        assert.equal(request.url, '/v3/certificates');
      }
    }
  }));

test('how numbers are written into a query', () =>
  responding(async ({ options, requests }) => {
    const n = [0, -0, 7, -1.5, 1e-7, Number.MAX_SAFE_INTEGER];
    await new Wechatpay(options).v3.x.get({ query: { n } });
    assert.equal(requests[0].url, '/v3/x?n=0&n=0&n=7&n=-1.5&n=1e-7&n=9007199254740991');
  }));

test('the query and the trailing slash of a path are preserved', () =>
  responding(async ({ options, requests }) => {
    const wxpay = new Wechatpay(options);
    await wxpay.chain('v3/a/?b={c}&d=%2f').get({ c: '&', query: { e: 1 } });
    await wxpay['v3/applyment4sub/applyment/'].post({ json: {} });
    await wxpay.chain('hk/v3/x').get();
    assert.deepEqual(
      requests.map(({ url }) => url),
      ['/v3/a/?b=%26&d=%2f&e=1', '/v3/applyment4sub/applyment/', '/hk/v3/x'],
    );
  }));

test('a link can be stored and extended, and never changes', () =>
  responding(async ({ options, requests }) => {
    const wxpay = new Wechatpay(options);
    const { transactions } = wxpay.v3.pay;
    const branches = [transactions.jsapi, transactions.app, transactions, transactions.chain('x')];
    await Promise.all(branches.map((branch) => branch.post()));
    await transactions.jsapi.post();
    const urls = requests.map(({ url }) => url).sort();
    const path = '/v3/pay/transactions';
    assert.deepEqual(urls, [path, `${path}/app`, `${path}/jsapi`, `${path}/jsapi`, `${path}/x`]);
    assert.throws(() => {
      transactions.jsapi = 1;
    }, TypeError);
  }));

test('segments named like members of links: with a capital letter, or as they are written', () =>
  responding(async ({ options, requests }) => {
    const { x } = new Wechatpay(options).v3;
    for (const node of [x.Delete, x.Then, x.Chain, x['/get'], x.chain('toJSON'), x.name, x.apply]) {
      await node.post();
    }
    const names = requests.map(({ url }) => url.replace('/v3/x/', ''));
    assert.deepEqual(names, ['delete', 'then', 'chain', 'get', 'toJSON', 'name', 'apply']);
  }));

test('options are read when the call is made: later changes have no effect', () =>
  responding(async ({ options, requests }) => {
    const given = { json: { a: [1] }, query: { q: ['1'] }, v: 'v' };
    const call = new Wechatpay(options).v3._v_.x.post(given);
    given.json.a.push(2);
    given.query.q[0] = '2';
    given.v = 'w';
    await call;
    assert.equal(requests[0].url, '/v3/v/x?q=1');
    assert.equal(requests[0].body.toString(), '{"a":[1]}');
  }));

test('Wechatpay-Serial names the key that encrypts the fields', () =>
  responding(async ({ options, requests }) => {
    const [id] = Object.keys(options.certs);
    await new Wechatpay(options).v3.x.post({ headers: { 'wechatpay-serial': id }, json: {} });
    assert.equal(requests[0].headers['wechatpay-serial'], id, 'once');
  }));

test('signal, timeout and maxRetries work as in every call', () =>
  withServer(
    () => {},
    async ({ options, requests }) => {
      const { x } = new Wechatpay(options).v3;
      const reason = new Error('mine');
      const aborted = { signal: AbortSignal.abort(reason), maxRetries: 0 };
      await assert.rejects(x.post(aborted), (error) => error === reason);
      assert.equal(requests.length, 0);
      await assert.rejects(x.post({ timeout: 30, maxRetries: 0 }), { code: 'ERR_TIMEOUT' });
      const controller = new AbortController();
      const call = x.post({ signal: controller.signal });
      setTimeout(() => controller.abort(reason), 20);
      await assert.rejects(call, (error) => error === reason);
    },
  ));

test('a freed client rejects calls', async () => {
  const sandbox = await createSandbox();
  const wxpay = new Wechatpay(sandbox.options);
  const { certificates } = wxpay.v3;
  wxpay.free();
  for (const node of [certificates, wxpay.v3.x, wxpay.chain('v3/x')]) {
    await assert.rejects(node.get(), { name: 'ConfigError', option: 'client' });
  }
  await sandbox.close();
});

test('what knows its own JSON is written as that', async () => {
  const bodies = [];
  const given = (url, { body }) => {
    bodies.push(Buffer.from(body).toString());
    return fetch(url, { method: 'POST', body });
  };
  class Amount {
    #fen = 1;
    toJSON() {
      return { total: this.#fen };
    }
  }
  class Hex extends Uint8Array {
    toJSON() {
      return Buffer.from(this).toString('hex');
    }
  }
  class Named extends Map {
    toJSON() {
      return Object.fromEntries(this);
    }
  }
  const at = new Date(0);
  const shared = { a: 1 };
  const json = {
    amount: new Amount(),
    hex: Hex.of(1, 255),
    map: new Named([['a', 1]]),
    url: new URL('https://shop.example/n'),
    at,
    list: [at, shared, shared, Object(1), Object('x'), Object(true)],
    bare: Object.assign(Object.create(null), { b: null }),
    empty: {},
    none: undefined,
  };
  await responding(({ options }) =>
    new Wechatpay({ ...options, fetch: given }).v3.x.post({ json }),
  );
  assert.deepEqual(bodies, [
    '{"amount":{"total":1},"hex":"01ff","map":{"a":1},"url":"https://shop.example/n",' +
      '"at":"1970-01-01T00:00:00.000Z","list":["1970-01-01T00:00:00.000Z",{"a":1},{"a":1},1,"x",true],' +
      '"bare":{"b":null},"empty":{}}',
  ]);
});
