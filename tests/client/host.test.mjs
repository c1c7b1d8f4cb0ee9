// The host's time and random bytes, signers and hooks.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { tell } from '../../pkg-template/client/hooks.mjs';
import { elapsed, randomBytes, timeOf } from '../../pkg-template/client/host.mjs';
import { textIn } from '../../pkg-template/client/message.mjs';
import { sign } from '../../pkg-template/client/signer.mjs';
import { Timeout } from '../../pkg-template/client/timeout.mjs';

test('a moment of the host', () => {
  const before = Date.now();
  const { clock, clockThrew } = timeOf();
  assert.ok(clock >= before && clock <= Date.now());
  assert.equal(clockThrew, false);
  const earlier = elapsed();
  assert.ok(elapsed() >= earlier);
  const random = randomBytes();
  assert.equal(random.length, 448);
  assert.notDeepEqual(randomBytes(), random);
});

test('given clocks', () => {
  assert.equal(timeOf(() => 1_795_000_000_000).clock, 1_795_000_000_000);
  for (const given of [undefined, Number.NaN, -1, Number.POSITIVE_INFINITY, '0', new Date(), 1n]) {
    const { clock, clockThrew } = timeOf(() => given);
    assert.deepEqual([clock, clockThrew], [Number.NaN, false]);
  }
  const cause = new Error('stopped');
  const {
    clock,
    clockThrew,
    cause: thrown,
  } = timeOf(() => {
    throw cause;
  });
  assert.deepEqual([clock, clockThrew, thrown], [Number.NaN, true, cause]);
});

test('a runtime without crypto or performance', () => {
  const { crypto, performance } = globalThis;
  const replace = (name, value) =>
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  try {
    replace('crypto', undefined);
    replace('performance', undefined);
    assert.equal(randomBytes(), undefined);
    assert.ok(Math.abs(elapsed() - Date.now()) < 1_000);
  } finally {
    replace('crypto', crypto);
    replace('performance', performance);
  }
});

async function signed(signer, milliseconds = 1_000) {
  const timeout = new Timeout(milliseconds);
  try {
    return await sign(signer, Uint8Array.from([1, 2]), timeout);
  } finally {
    timeout.finish();
  }
}

test('signatures in every form', async () => {
  const signature = Uint8Array.from([9, 8]);
  for (const given of [signature, Buffer.from(signature), signature.buffer]) {
    assert.deepEqual(await signed(() => given), { event: 'signed', signature });
    assert.deepEqual(await signed(async () => given), { event: 'signed', signature });
  }
  assert.deepEqual(await signed(() => 'CQg='), { event: 'signedText', text: 'CQg=' });
});

test('signers that fail, hang, or give something else', async () => {
  const cause = new Error('denied');
  const failed = { event: 'notSigned', problem: ['failed to sign: see the cause'], cause };
  assert.deepEqual(await signed(() => Promise.reject(cause)), failed);
  assert.deepEqual(
    await signed(() => {
      throw cause;
    }),
    failed,
  );
  assert.deepEqual(await signed(() => new Promise(() => {}), 10), { event: 'timeout' });
  const detached = new Uint8Array(8);
  structuredClone(detached.buffer, { transfer: [detached.buffer] });
  for (const [given, kind] of [
    [undefined, 'undefined'],
    [{}, 'an object'],
    [7, 'a number'],
    [detached, 'an object'],
  ]) {
    const { problem } = await signed(() => given);
    assert.equal(
      textIn(problem, 'en'),
      `must return a Uint8Array, an ArrayBuffer or base64, not ${kind}`,
    );
  }
});

test('nothing that a hook does is noticed', async () => {
  const events = [];
  const thenable = {
    // biome-ignore lint/suspicious/noThenProperty: that is the point
    get then() {
      throw new Error('no');
    },
  };
  for (const hook of [
    undefined,
    (event) => events.push(event),
    () => {
      throw new Error('no');
    },
    async () => {
      throw new Error('no');
    },
    () => thenable,
  ]) {
    tell(hook, { attempt: 1 });
  }
  assert.deepEqual(events, [{ attempt: 1 }]);
  await new Promise((resolve) => setTimeout(resolve, 10));
});
