// Objects of other realms, and objects that throw, are read without harm.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';

import {
  asyncIterator,
  bytesOf,
  call,
  isArray,
  items,
  keys,
  kindOf,
  member,
  ownMember,
  part,
  promiseOf,
  text,
  viewedBytes,
  wellFormed,
} from '../../pkg-template/client/foreign.mjs';
import { textIn } from '../../pkg-template/client/message.mjs';

const thrower = () => {
  throw new Error('no');
};
const hostile = new Proxy({}, { get: thrower, ownKeys: thrower, has: thrower });
const { proxy: revoked, revoke } = Proxy.revocable({}, {});
revoke();

test('what a foreign object throws becomes the error that is given', () => {
  const failure = (thrown) => Object.assign(new Error('ours'), { thrown });
  for (const action of [
    () => member(hostile, 'x', failure),
    () => member(7, 'x', failure),
    () => ownMember(revoked, 'x', failure),
    () => call({}, 'x', [], failure),
    () => call({ x: thrower }, 'x', [], failure),
    () => keys(revoked, failure),
    () => items({ [Symbol.iterator]: thrower }, 9, failure),
    () => items({ [Symbol.iterator]: () => ({ next: () => 7 }) }, 9, failure),
    () => asyncIterator({ [Symbol.asyncIterator]: thrower }, failure),
  ]) {
    assert.throws(action, (error) => error.message === 'ours' && error.thrown instanceof Error);
  }
  assert.equal(part(hostile, 'x'), undefined);
  assert.equal(items(hostile, 9), undefined);
  assert.equal(asyncIterator(hostile), undefined);
  assert.equal(isArray(revoked), false);
});

test("own members and those of the object's class alone", () => {
  class Base {
    get a() {
      return 1;
    }
  }
  class Derived extends Base {}
  for (const read of [member, ownMember]) {
    assert.equal(read({ a: 1 }, 'a'), 1);
    assert.equal(read(new Derived(), 'a'), 1);
    assert.equal(read({}, 'constructor'), undefined);
    assert.equal(read(runInNewContext('({})'), 'toString'), undefined);
    assert.equal(read(new Derived(), 'toString'), undefined);
    assert.equal(read(new Proxy({}, { getPrototypeOf: () => new Proxy({}, {}) }), 'a'), undefined);
  }
  assert.equal(ownMember(Object.create({ a: 1 }), 'a'), undefined);
  assert.equal(member(Object.create({ a: 1 }), 'a'), 1);
  // A proxy that says of nothing that it has it.
  assert.equal(member(new Proxy({}, { get: () => 1 }), 'a'), 1);
  const endless = new Proxy({}, { getPrototypeOf: () => endless });
  assert.equal(member(endless, 'a'), undefined);
  assert.equal(ownMember(endless, 'a'), undefined);
});

test('bytes of every kind and realm', () => {
  const realm = runInNewContext(`({
    array: Uint8Array.of(1, 2, 3),
    buffer: Uint8Array.of(1, 2, 3).buffer,
    words: new Uint16Array(Uint8Array.of(9, 9, 1, 2).buffer, 2, 1),
    view: new DataView(Uint8Array.of(9, 1, 2, 3).buffer, 1),
  })`);
  for (const [value, expected] of [
    [Uint8Array.of(1, 2, 3), [1, 2, 3]],
    [Buffer.from([1, 2, 3]), [1, 2, 3]],
    [new SharedArrayBuffer(2), [0, 0]],
    [realm.array, [1, 2, 3]],
    [realm.buffer, [1, 2, 3]],
    [realm.words, [1, 2]],
    [realm.view, [1, 2, 3]],
  ]) {
    assert.deepEqual([...bytesOf(value)], expected);
  }
  for (const value of [undefined, null, 7, 'x', {}, [1], revoked, hostile, new Blob([])]) {
    assert.equal(bytesOf(value), undefined);
  }
  assert.equal(viewedBytes(new ArrayBuffer(2)), undefined);
});

test('what a view says of itself is not believed', () => {
  const lying = Object.defineProperties(Uint8Array.of(1, 2), {
    buffer: { value: 2 ** 40 },
    byteLength: { get: thrower },
    byteOffset: { value: 1 },
    [Symbol.toStringTag]: { value: undefined },
  });
  assert.deepEqual([...bytesOf(lying)], [1, 2]);
});

test('a detached buffer', () => {
  const array = new Uint8Array(8);
  const { buffer } = array;
  const view = new DataView(buffer);
  structuredClone(buffer, { transfer: [buffer] });
  const failure = () => new Error('ours');
  assert.throws(() => bytesOf(array, failure), /ours/);
  assert.throws(() => bytesOf(view, failure), /ours/);
  assert.equal(bytesOf(buffer, failure), undefined);
});

test('text is well-formed', () => {
  const refused = (problem) => new Error(textIn(problem, 'en'));
  assert.equal(text('a😀', refused), 'a😀');
  assert.throws(() => text('a\ud83d', refused), /half of a surrogate pair/);
  assert.throws(() => text('\ude00\ud83d', refused), /half of a surrogate pair/);
  assert.throws(() => text(new String('a'), refused), /not an object/);
  assert.equal(wellFormed('a\ud83db😀\ude00'), 'a\ufffdb😀\ufffd');
});

test('the kinds of values', () => {
  const kinds = [
    [undefined, 'undefined'],
    [null, 'null'],
    [[], 'an array'],
    [revoked, 'an object'],
    [new Map(), 'a Map'],
    [new Headers(), 'a Headers'],
    [{ [Symbol.toStringTag]: 'secret' }, 'an object'],
    [Promise.resolve(), 'a promise; await it'],
    [{ get: () => {} }, 'an object with get(), as a secret of Workers is; await its get()'],
    [() => {}, 'a function'],
    [1n, 'a bigint'],
    [Symbol('x'), 'a symbol'],
    ['', 'a string'],
  ];
  for (const [value, kind] of kinds) assert.equal(textIn(kindOf(value), 'en'), kind);
});

test('an iterator without an end is left', () => {
  function* endless() {
    for (;;) yield 1;
  }
  assert.deepEqual(items(endless(), 3), [1, 1, 1]);
  assert.deepEqual(items(new Map([['a', 1]]), 3), [['a', 1]]);
});

test('a promise of our own rejects with what the value throws', async () => {
  const getter = { get: thrower };
  await assert.rejects(promiseOf(Object.defineProperty({}, 'then', getter)), /no/);
  await assert.rejects(
    promiseOf(Object.defineProperty(Promise.resolve(7), 'constructor', getter)),
    /no/,
  );
  assert.equal(await promiseOf(Promise.resolve(7)), 7);
  assert.equal(await promiseOf(7), 7);
});
