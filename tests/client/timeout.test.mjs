// Time, and the caller's signal.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { pause, Timeout } from '../../pkg-template/client/timeout.mjs';
import { countedSignal } from '../faults/counted-signal.mjs';

const never = new Promise(() => {});

test('a value, a promise, a rejection', async () => {
  const timeout = new Timeout(1_000);
  assert.deepEqual(await timeout.race(7), { status: 'fulfilled', value: 7 });
  assert.deepEqual(await timeout.race(Promise.resolve(8)), { status: 'fulfilled', value: 8 });
  const reason = new Error('no');
  assert.deepEqual(await timeout.race(Promise.reject(reason)), { status: 'rejected', reason });
  timeout.finish();
  assert.equal(timeout.signal.aborted, false);
});

test('the time is up: the promise is left, and fetch is aborted', async () => {
  for (const milliseconds of [1, 7, 8, 50]) {
    const timeout = new Timeout(milliseconds);
    const started = performance.now();
    assert.deepEqual(await timeout.race(never), { status: 'timedOut' });
    assert.ok(performance.now() - started >= milliseconds - 2);
    assert.equal(timeout.signal.aborted, true);
    assert.deepEqual(await timeout.race(7), { status: 'timedOut' });
    timeout.finish();
  }
});

test('an event loop that stands still costs one slice', async () => {
  const timeout = new Timeout(80);
  const arrives = new Promise((resolve) => setTimeout(resolve, 20, 'arrived'));
  const until = performance.now() + 150;
  while (performance.now() < until);
  assert.deepEqual(await timeout.race(arrives), { status: 'fulfilled', value: 'arrived' });
  timeout.finish();
});

test('an abort throws the reason, and is passed on to fetch', async () => {
  const reason = { mine: true };
  assert.throws(
    () => new Timeout(1_000, AbortSignal.abort(reason)),
    (thrown) => thrown === reason,
  );
  const controller = new AbortController();
  const timeout = new Timeout(1_000, controller.signal);
  const racing = timeout.race(never);
  controller.abort(reason);
  await assert.rejects(racing, (thrown) => thrown === reason);
  assert.equal(timeout.signal.reason, reason);
  timeout.finish();
});

test('a signal that dispatches its event again and again', async () => {
  const signal = new EventTarget();
  let left = 100;
  signal.addEventListener('abort', () => {
    left -= 1;
    if (left > 0) signal.dispatchEvent(new Event('abort'));
  });
  const timeout = new Timeout(1_000, signal);
  signal.addEventListener('abort', () => {
    left -= 1;
    if (left > 0) signal.dispatchEvent(new Event('abort'));
  });
  timeout.signal.addEventListener('abort', () => signal.dispatchEvent(new Event('abort')));
  const racing = timeout.race(never);
  signal.dispatchEvent(new Event('abort'));
  await assert.rejects(racing, { name: 'AbortError' });
  timeout.finish();
});

test('signals that throw, or say nothing', async () => {
  const cause = new Error('deaf');
  const deaf = {
    addEventListener() {
      throw cause;
    },
  };
  assert.throws(
    () => new Timeout(1_000, deaf),
    (error) => {
      assert.equal(error.field, 'options.signal');
      assert.equal(error.message, 'options.signal: accepts no listener: it throws');
      assert.equal(error.cause.message, 'deaf');
      return true;
    },
  );
  assert.throws(() => new Timeout(1_000, { aborted: true }), { name: 'AbortError' });
  const keeping = { addEventListener() {}, removeEventListener: deaf.addEventListener };
  new Timeout(1_000, keeping).finish();
});

test('a signal keeps no listener', async () => {
  const { signal, listening } = countedSignal();
  const timeout = new Timeout(1_000, signal);
  assert.equal(listening(), 1);
  timeout.finish();
  assert.equal(listening(), 0);
  await pause(1, signal);
  assert.equal(listening(), 0);
});

test('a late rejection has a handler', async () => {
  const timeout = new Timeout(1);
  const late = new Promise((_, reject) => setTimeout(reject, 20, new Error('late')));
  assert.deepEqual(await timeout.race(late), { status: 'timedOut' });
  timeout.finish();
  await pause(40);
});

test('a promise of another party that throws where it is asked for its constructor rejects', async () => {
  const odd = Object.defineProperty(Promise.resolve(7), 'constructor', {
    get() {
      throw new Error('touched constructor');
    },
  });
  const timeout = new Timeout(1_000);
  const outcome = await timeout.race(odd);
  assert.equal(outcome.reason.message, 'touched constructor');
  timeout.finish();
});

test('a pause ends in time, or with the reason', async () => {
  const started = performance.now();
  await pause(30);
  assert.ok(performance.now() - started >= 28);
  const signal = AbortSignal.timeout(20);
  await assert.rejects(pause(10_000, signal), { name: 'TimeoutError' });
  await assert.rejects(pause(10_000, signal), { name: 'TimeoutError' });
});

test('what is abandoned is aborted', () => {
  const timeout = new Timeout(1_000);
  timeout.abandon();
  assert.equal(timeout.signal.aborted, true);
});
