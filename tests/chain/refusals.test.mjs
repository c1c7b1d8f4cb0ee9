// What a call of the chain rejects. Each error names the field, and nothing is sent.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';

import { ValidationError, Wechatpay } from 'wechatpay-wasm';

import { key, merchant } from '../merchant.mjs';
import { refusingFetch } from '../refusing-fetch.mjs';

const { fetch, sent } = refusingFetch();
const wxpay = new Wechatpay({ ...merchant, fetch });
const { x } = wxpay.v3;

test.after(() => assert.deepEqual(sent, []));

async function refused(call, field, message) {
  await assert.rejects(call, (error) => {
    assert.ok(error instanceof ValidationError, String(error));
    assert.equal(error.code, 'ERR_PARAM');
    assert.equal(error.field, field);
    assert.match(error.message, message);
    assert.ok(error.message.startsWith(`${field}: `), error.message);
    return true;
  });
}

const throwing = {
  get a() {
    throw new Error('no');
  },
};
const unlistable = new Proxy(
  {},
  {
    ownKeys() {
      throw new Error('no');
    },
  },
);

test('paths', async () => {
  for (const [node, message] of [
    [wxpay.v3, /must be the path of an APIv3 endpoint/],
    [wxpay.v3pay.x, /must be the path of an APIv3 endpoint/],
    [wxpay.chain('v2/x'), /must be the path of an APIv3 endpoint/],
    [wxpay.chain(''), /must be the path of an APIv3 endpoint/],
    [wxpay.chain('https://api.mch.weixin.qq.com/v3/x'), /the client sets the host/],
    [wxpay.chain(), /as a string, not undefined/],
    [wxpay.chain(7), /as a string, not a number/],
    [wxpay.chain({}), /as a string, not an object/],
    [x.chain(['y']), /as a string, not an array/],
    [x.chain('a\ud83d'), /half of a surrogate pair/],
    [x['a\ud83d'], /half of a surrogate pair/],
    [x['a/../../b'], /would change the path/],
    [x.支付, /has a name that is not valid/],
    [x['a b'], /has a name that is not valid/],
    [x[''], /has a name that is not valid/],
    [x['a/b c'], /at position/],
    [x['a/b#c'], /at position/],
    [x['4200A1'], /looks like a value/],
    [x._query_, /the name of an option/],
    [x['{maxRetries}'], /the name of an option/],
  ]) {
    await refused(node.get(), 'path', message);
  }
});

test('variables', async () => {
  const node = x._out_trade_no_;
  for (const [given, field, message] of [
    [undefined, 'out_trade_no', /is missing/],
    [{}, 'out_trade_no', /is missing/],
    [{ out_trade_no: undefined }, 'out_trade_no', /is missing/],
    [Object.create({ out_trade_no: '1' }), 'out_trade_no', /is missing/],
    [{ out_trade_no: null }, 'out_trade_no', /not null/],
    [{ out_trade_no: '' }, 'out_trade_no', /is empty/],
    [{ out_trade_no: '..' }, 'out_trade_no', /must not be \. or \.\./],
    [{ out_trade_no: {} }, 'out_trade_no', /not an object/],
    [{ out_trade_no: ['1'] }, 'out_trade_no', /not an array/],
    [{ out_trade_no: 1n }, 'out_trade_no', /not a bigint/],
    [{ out_trade_no: Symbol('1') }, 'out_trade_no', /not a symbol/],
    [{ out_trade_no: Number.NaN }, 'out_trade_no', /give it as a string/],
    [
      { out_trade_no: Number('4200000985202103031441826014') },
      'out_trade_no',
      /give it as a string/,
    ],
    [{ out_trade_no: 'a\ud83d' }, 'out_trade_no', /half of a surrogate pair/],
    [{ outTradeNo: '1' }, 'outTradeNo', /the variables are out_trade_no/],
    [{ out_trade_no: '1', jsno: {} }, 'jsno', /neither an option/],
    [{ out_trade_no: '1', params: { a: 1 } }, 'params', /the query into query/],
    [{ out_trade_no: '1', 张三: 1 }, 'options', /a name of 2 characters/],
  ]) {
    await refused(node.get(given), field, message);
  }
  await refused(x.constructor_.y['{toString}'].get(), 'toString', /is missing/);
  await refused(wxpay.chain('v3/_a_').get({ a: '1' }), 'a', /the path has none/);
});

test('options', async () => {
  for (const [given, field, message] of [
    [null, 'options', /must be an object, not null/],
    ['{}', 'options', /not a string/],
    [[], 'options', /not an array/],
    [unlistable, 'options', /it throws/],
    [throwing, 'a', /neither an option/],
    [{ timeout: 0 }, 'options.timeout', /whole number/],
    [{ maxRetries: -1 }, 'options.maxRetries', /whole number/],
    [{ signal: {} }, 'options.signal', /AbortSignal/],
    [{ max_retries: 1 }, 'max_retries', /neither an option/],
    [new Map([['json', {}]]), 'options', /must be an object/],
    [new URLSearchParams('json=1'), 'options', /must be an object/],
  ]) {
    await refused(x.post(given), field, message);
  }
});

test('queries', async () => {
  for (const [query, field, message] of [
    [null, 'query', /plain object.*not null/],
    ['a=b', 'query', /not a string/],
    [[['a', 'b']], 'query', /Object.fromEntries/],
    [new URLSearchParams('a=b'), 'query', /Object.fromEntries/],
    [new Map([['a', 'b']]), 'query', /Object.fromEntries/],
    [unlistable, 'query', /it throws/],
    [throwing, 'query.a', /its getter throws/],
    [{ a: null }, 'query.a', /not null/],
    [{ a: { b: 1 } }, 'query.a', /not an object/],
    [{ a: [['b']] }, 'query.a', /not an array/],
    [{ a: [null] }, 'query.a', /not null/],
    [{ a: 2 ** 53 }, 'query.a', /give it as a string/],
    [{ a: Number.POSITIVE_INFINITY }, 'query.a', /give it as a string/],
    [{ a: () => 'b' }, 'query.a', /not a function/],
    [{ a: '\ude00' }, 'query.a', /half of a surrogate pair/],
    [{ a: Array(1_001).fill('b') }, 'query.a', /more than 1000 values/],
    [{ 'a b': 1 }, 'query', /a name that is not valid/],
    [{ 'a\ud83d': 1 }, 'query', /a name that is not valid/],
    [{ '': 1 }, 'query', /a name that is not valid/],
  ]) {
    await refused(x.get({ query }), field, message);
  }
});

test('headers', async () => {
  for (const [headers, field, message] of [
    [null, 'headers', /plain object/],
    ['A: b', 'headers', /not a string/],
    [new Headers({ a: 'b' }), 'headers', /Object.fromEntries/],
    [unlistable, 'headers', /it throws/],
    [throwing, 'headers', /its getter throws/],
    [{ authorization: 'x' }, 'headers.Authorization', /leave it out/],
    [{ HOST: 'x' }, 'headers.Host', /leave it out/],
    [{ 'content-length': '2' }, 'headers.Content-Length', /leave it out/],
    [{ Accept: 1 }, 'headers', /`Accept`, that must be a string/],
    [{ Accept: 'a\r\nAuthorization: b' }, 'headers.Accept', /at position 2/],
    [{ Accept: '支' }, 'headers.Accept', /at position 1/],
    [{ 'a b': 'c' }, 'headers', /a name that is not valid/],
    [{ 'a\r\nb': 'c' }, 'headers', /a name that is not valid/],
    [{ 支: 'c' }, 'headers', /a name that is not valid/],
    [JSON.parse('{"__proto__":"c"}'), 'headers', /`__proto__`, which fetch cannot send/],
    [{ 'x-a': 'b', 'X-A': 'c' }, 'headers.X-A', /is given twice/],
    [
      { 'wechatpay-serial': 'a', 'Wechatpay-Serial': 'b' },
      'headers.Wechatpay-Serial',
      /is given twice/,
    ],
    [{ 'a\ud83d': 'c' }, 'headers', /a name that is not valid/],
    [{ 'wechatpay-serial': 'PUB_KEY_ID_01' }, 'headers.Wechatpay-Serial', /not in certs/],
    [{ 'wechatpay-serial': '' }, 'headers.Wechatpay-Serial', /not in certs/],
  ]) {
    await refused(x.post({ headers, json: {} }), field, message);
  }
});

test('bodies', async () => {
  for (const [json, message] of [
    [null, /must be an object/],
    ['{"a":1}', /must be an object/],
    [7, /must be an object/],
    [true, /must be an object/],
    [new Date(), /must be an object/],
    [() => {}, /is a function/],
    [Symbol('a'), /is a symbol/],
    [10n, /is a BigInt/],
    [new Uint8Array(2), /it is bytes/],
    [new URLSearchParams('a=b'), /iterable, not a plain object/],
    [throwing, /or throws/],
    [{ toJSON: () => undefined }, /must be an object/],
    [{ toJSON: () => 'text' }, /must be an object/],
    [unlistable, /or throws/],
  ]) {
    await refused(x.post({ json }), 'json', message);
  }
  await refused(x.get({ json: {} }), 'json', /a GET/);
});

test('what a body loses as JSON, by its path', async () => {
  class Hidden {
    #total = 1;
    get total() {
      return this.#total;
    }
  }
  for (const [value, message] of [
    [10n, /is a BigInt/],
    [Object(10n), /is a BigInt/],
    [Number.NaN, /is no finite number/],
    [new Number(Number.NaN), /is no finite number/],
    [Promise.resolve('o'), /is a promise; await it/],
    [() => {}, /is a function/],
    [Symbol('s'), /is a symbol/],
    [Object(Symbol('s')), /is a Symbol, which JSON writes as an empty object/],
    [Buffer.from('x'), /is bytes; give text/],
    [new Uint8Array(2), /is bytes/],
    [new Float64Array(2), /is bytes/],
    [new DataView(new ArrayBuffer(2)), /is bytes/],
    [new ArrayBuffer(2), /is bytes/],
    [new SharedArrayBuffer(2), /is bytes/],
    [new Blob(['x']), /is a Blob, which JSON writes as an empty object/],
    [new File(['x'], 'x'), /is a File/],
    [/x/, /is a RegExp/],
    [Object.assign(/x/, { own: 1 }), /is a RegExp/],
    [new Error('x'), /is an Error; give its message/],
    [Object.assign(new TypeError('x'), { own: 1 }), /is an Error/],
    [new DOMException('x'), /is an Error/],
    [runInNewContext('new Error("x")'), /is an Error/],
    [new Map(), /is a Map, a Set or another iterable/],
    [new Set(), /is a Map, a Set/],
    [new Headers(), /is a Map, a Set/],
    [new WeakMap(), /is a WeakMap/],
    [new Date(Number.NaN), /is a Date that is no moment/],
    [runInNewContext('new Date("no")'), /is a Date that is no moment/],
    [new Hidden(), /its members are hidden/],
    [new AbortController().signal, /its members are hidden/],
  ]) {
    const called = (json) => x.post({ json });
    await refused(called({ id: 1, total: value }), 'json.total', message);
    const deep = { id: '1', detail: { goods: [{ sum: 1 }, { quantity: 1, name: value }] } };
    await refused(called(deep), 'json.detail.goods[1].name', message);
    await refused(called([[], [1, value]]), 'json[1][1]', message);
    await refused(
      called({ merchant_business_license: value }),
      'json.merchant_business_license',
      message,
    );
    // A key that somebody took for a name.
    const secret = { a1b2c3d4e5f6a7b8c9d0e1f2a3b4c5d6: value };
    await refused(called({ of: secret }), 'json.of', /a member of it is/);
  }
  await refused(x.post({ json: { list: [1, undefined] } }), 'json.list[1]', /undefined/);
  const cyclic = { below: [{}] };
  cyclic.below[0].above = cyclic;
  await refused(x.post({ json: cyclic }), 'json.below[0].above', /an object that it is part of/);
});

test('an expired certificate cannot be named', async () => {
  const serial = '5157F09EFDC096DE15EBE81A47057A7232F1B8E1';
  const late = new Wechatpay({
    ...merchant,
    certs: { ...merchant.certs, [serial]: key('platform.cert.pem') },
    fetch,
    clock: () => Date.UTC(2120, 0),
  });
  const call = late.v3.x.post({ json: {}, headers: { 'Wechatpay-Serial': serial } });
  await refused(call, 'headers.Wechatpay-Serial', /has expired/);
});

test('a segment with the name of a verb', async () => {
  for (const call of [
    () => x.delete.post({ json: {} }),
    () => x.delete.postAsync(),
    () => x.delete.delete(),
    () => x.deleteAsync.get(),
  ]) {
    await refused(call, 'path', /write \.Delete for a segment of this name/);
  }
  await refused(() => x.get.get(), 'path', /write \.Get for/);
  // At once: it returns no promise.
  assert.throws(() => x.delete.chain('y'), { field: 'path', message: /write \.Delete for/ });
});

test('half of a surrogate pair anywhere in the json', async () => {
  const half = 'a\ud83d';
  for (const [json, field] of [
    [{ a: half }, 'json.a'],
    [{ a: [{ b_c: half }] }, 'json.a[0].b_c'],
    [{ a: new String(half) }, 'json.a'],
    [{ a: { toJSON: () => half } }, 'json.a'],
    [{ [half]: 1 }, 'json'],
  ]) {
    await refused(
      () => x.post({ json }),
      field,
      /is not well-formed Unicode: it contains half of a/,
    );
  }
});
