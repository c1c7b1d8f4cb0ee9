// The caller's signal. node:test fails the test in which an error is uncaught.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as passed } from 'node:timers/promises';

import { onAbort } from '../../pkg-template/client/abort-signal.mjs';

test('a listener that fails, as where the stack is full, is called again', async () => {
  const controller = new AbortController();
  const reason = new Error('mine');
  const told = [];
  onAbort(controller.signal, (given) => {
    told.push(given);
    if (told.length === 1) throw new RangeError('Maximum call stack size exceeded');
  });
  controller.abort(reason);
  assert.deepEqual(told, [reason]);
  await passed(5);
  assert.deepEqual(told, [reason, reason]);
});
