// Signals that are dispatched again while they are dispatched, and objects that only look like signals.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as passed } from 'node:timers/promises';

import { Wechatpay } from 'wechatpay-wasm';
import { createSandbox } from 'wechatpay-wasm/sandbox';

const sandbox = await createSandbox({ merchant: 'migrating', faults: { delay: 60_000 } });
after(() => sandbox.close());
const path = '/v3/merchant/media/upload';
const url = `${sandbox.url}/v3/billdownload/file?token=x`;
const hash = { hashType: 'SHA1', hashValue: '0'.repeat(40) };
const stalled = () => new ReadableStream({ pull: () => new Promise(() => {}) });
const wxpay = new Wechatpay({ ...sandbox.options, maxRetries: 0 });
const bodies = new Wechatpay({ ...sandbox.options, fetch: async () => new Response(stalled()) });

const calls = {
  echo: (signal) => wxpay.echo({ signal }),
  chain: (signal) => wxpay.v3.x.get({ signal }),
  'a body': (signal) => bodies.echo({ signal }),
  'an upload': (signal) =>
    wxpay.upload(path, { file: Buffer.from('x'), filename: 'a.png' }, { signal }),
  'the file of an upload': (signal) =>
    wxpay.upload(path, { file: stalled(), filename: 'a.png' }, { signal }),
  'a download': async (signal) => {
    for await (const _ of await bodies.download(url, hash, { signal }));
  },
  'the bytes of a download': (signal) => bodies.downloadBytes(url, hash, { signal }),
  'a pause': (signal) => {
    const fetch = async () => new Response('{}', { status: 503, headers: { 'Retry-After': '9' } });
    return new Wechatpay({ ...sandbox.options, fetch }).echo({ signal });
  },
};

for (const [name, call] of Object.entries(calls)) {
  test(`${name}: a listener dispatches abort again`, async () => {
    const controller = new AbortController();
    const { signal } = controller;
    let left = 20;
    const again = () => {
      left -= 1;
      if (left > 0) signal.dispatchEvent(new Event('abort'));
    };
    // Before the package's listener, and after it.
    signal.addEventListener('abort', again);
    const calling = call(signal);
    await passed(10);
    signal.addEventListener('abort', again);
    const reason = new Error('mine');
    controller.abort(reason);
    await assert.rejects(calling, (thrown) => thrown === reason);
    signal.dispatchEvent(new Event('abort'));
    await passed(5);
  });
}

/** An object that looks like a signal, of which `more` are the odd parts. */
function signalLike(more) {
  const listeners = new Set();
  const signal = {
    aborted: false,
    reason: undefined,
    addEventListener: (_, listener) => void listeners.add(listener),
    removeEventListener: (_, listener) => void listeners.delete(listener),
    ...more,
  };
  if (more.added) {
    signal.addEventListener = (_, listener) => {
      listeners.add(listener);
      return more.added();
    };
  }
  const abort = () => {
    signal.aborted = true;
    // More than once, and all that ever listened.
    for (const listener of [...listeners, ...listeners]) listener();
  };
  return { signal, abort, listeners };
}

const failing = async () => {
  throw new Error('nobody waits for this');
};
const throwing = () => {
  throw new Error('it throws');
};
const odd = {
  'calls a listener at once': { addEventListener: (_, listener) => listener() },
  'calls a listener within each of its methods': {
    addEventListener: (_, listener) => listener(listener()),
    removeEventListener: (_, listener) => listener(),
  },
  'gives a promise that rejects': { added: failing, removeEventListener: failing },
  'throws when a listener is added': { addEventListener: throwing },
  'throws when a listener is removed': { removeEventListener: throwing },
  'has a limit of listeners that throws': { setMaxListeners: throwing },
  'has a limit of listeners that rejects': { setMaxListeners: failing },
};

for (const [what, more] of Object.entries(odd)) {
  test(`an object like a signal ${what}`, async () => {
    for (const call of Object.values(calls)) {
      const { signal, abort } = signalLike(more);
      const calling = assert.rejects(call(signal));
      await passed(5);
      abort();
      await calling;
      abort();
    }
  });
}

test('a listener that is kept is called after the call has ended', async () => {
  const { signal, listeners } = signalLike({ removeEventListener: () => {} });
  const fetch = async () => new Response('{}', { status: 404 });
  await assert.rejects(new Wechatpay({ ...sandbox.options, fetch }).echo({ signal }));
  assert.ok(listeners.size > 0);
  for (const listener of [...listeners]) listener();
  await passed(5);
});
