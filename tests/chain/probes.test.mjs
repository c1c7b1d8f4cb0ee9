// When code reads members of a client or a link without a call, nothing is sent and nothing throws.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { format, inspect, isDeepStrictEqual } from 'node:util';

import { Wechatpay } from 'wechatpay-wasm';

import { environmentOf } from '../environment-of.mjs';
import { merchant } from '../merchant.mjs';
import { refusingFetch } from '../refusing-fetch.mjs';

const { fetch, sent } = refusingFetch();
const open = (Class = Wechatpay) => new Class({ ...merchant, fetch });
const wxpay = open();
const nodes = [
  wxpay.v3,
  wxpay.v3.x,
  wxpay.chain('v3/x'),
  wxpay['v3/x/{y}'],
  wxpay.v3.x.then ?? wxpay.v3.y,
];

test.after(() => assert.deepEqual(sent, []));

test('a link that is awaited, returned or resolved stays the same link', async () => {
  for (const node of [wxpay, ...nodes]) {
    assert.equal(await node, node);
    assert.equal(await Promise.resolve(node), node);
    assert.equal(await (async () => node)(), node);
    assert.deepEqual(await Promise.all([node]), [node]);
  }
});

// What the client has of these, and a link has not.
const OWN = [
  Symbol.dispose,
  Symbol.for('nodejs.util.inspect.custom'),
  Symbol.for('Deno.customInspect'),
];

test('names that hosts look up are not path segments', () => {
  const names = [
    ...['then', 'catch', 'finally', 'toJSON', 'toBSON', 'inspect', 'prototype', 'nodeType'],
    ...['nodeName', 'tagName', 'asymmetricMatch', '$$typeof', '@@__IMMUTABLE_ITERABLE__@@'],
    ...['__esModule', '__v_isRef', '__ob__'],
    ...Object.values(Object.getOwnPropertyDescriptors(Symbol))
      .map(({ value }) => value)
      .filter((value) => typeof value === 'symbol'),
    Symbol.for('nodejs.util.inspect.custom'),
    Symbol.for('Deno.customInspect'),
    Symbol('anything'),
  ];
  for (const node of nodes) {
    for (const name of names) assert.equal(node[name], undefined, String(name));
    assert.equal(node.toString, Object.prototype.toString);
    assert.equal(node.hasOwnProperty, Object.prototype.hasOwnProperty);
    assert.equal(typeof node.constructor, 'function');
    assert.equal(node.valueOf(), node);
  }
  for (const name of [...names, 'V3', 'pay', 'chains', '/v3', '0', 'v2']) {
    if (!OWN.includes(name)) assert.equal(wxpay[name], undefined, String(name));
  }
});

test('inspect, serialize, clone, compare and list', () => {
  for (const value of [wxpay, ...nodes]) {
    assert.match(inspect(value), value === wxpay ? /^Wechatpay \{\n {2}mchid: / : /^\w+ \{\}$/);
    const all = { showHidden: true, showProxy: true, getters: true, depth: Infinity };
    assert.ok(!inspect(value, all).includes('BEGIN'));
    assert.equal(JSON.stringify(value), '{}');
    assert.equal(String(value), '[object Object]');
    assert.equal(typeof format('%s %o %O %j', value, value, value, value), 'string');
    assert.deepEqual(structuredClone(value), {});
    assert.deepEqual(Object.entries(value), []);
    assert.deepEqual(Reflect.ownKeys(value), []);
    const named = [];
    for (const name in value) named.push(name);
    assert.deepEqual(named, []);
    assert.ok(isDeepStrictEqual(value, value));
    assert.deepEqual({ ...value }, {});
    assert.ok(value instanceof Object);
    assert.equal(Array.isArray(value), false);
  }
  assert.ok(wxpay instanceof Wechatpay);
  assert.equal(
    Wechatpay.prototype.v3.x instanceof Object,
    true,
    'and reading from the prototype does nothing',
  );
});

test('a prototype is not a link, nor is an object that inherits from a link', async () => {
  const lost = { name: 'ConfigError', message: /^client: `this` is / };
  await assert.rejects(Wechatpay.prototype.v3.x.get(), lost);
  const heir = Object.create(wxpay.v3);
  assert.throws(() => heir.x, lost);
  assert.equal(heir.then, undefined);
  await assert.rejects(heir.get(), lost);
  const { get } = wxpay.v3.x;
  await assert.rejects(get(), lost);
});

test('members of a subclass take precedence, and the rest still works', async () => {
  class Shop extends Wechatpay {
    v3 = 'mine';

    get v3shop() {
      return 'shop';
    }

    v3pay() {
      return this.preEntrustSignApp;
    }
  }
  const shop = open(Shop);
  assert.equal(shop.v3, 'mine');
  assert.equal(shop.v3shop, 'shop');
  assert.equal(shop.v3pay(), Wechatpay.prototype.preEntrustSignApp);
  assert.equal(typeof shop['v3/x'].get, 'function');
  shop.v3 = 'other';
  assert.equal(shop.v3, 'other');
  const fromEnv = Shop.fromEnv(environmentOf(merchant));
  assert.ok(fromEnv instanceof Shop);
  await assert.rejects(fromEnv.chain('v2').get(), { field: 'path' });
});

test('a client can be frozen, and can be given members', async () => {
  const frozen = Object.freeze(open());
  await assert.rejects(frozen.v3.x.get({ y: 1 }), { field: 'y' });
  const marked = Object.assign(open(), { v3mark: 1, mark: 2 });
  assert.deepEqual([marked.v3mark, marked.mark], [1, 2]);
});
