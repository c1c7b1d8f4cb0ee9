// The package survives whatever is thrown through its Wasm: at every import and export, and where the
// stack overflows at any depth. The call fails with an error of the package, calls under way settle, the
// next call works, and no key stays in a memory.
//
// WECHATPAY_WIDE=1 tries far more places, in Node 24 as well.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { createSandbox } from 'wechatpay-wasm/sandbox';

import { node } from '../runtimes/tools.mjs';
import { send } from '../sandbox/signed-request.mjs';
import { givenBy } from './ways.mjs';

const wide = process.env.WECHATPAY_WIDE === '1';
const sandbox = await createSandbox({ merchant: 'migrating' });
after(() => sandbox.close());
const path = '/v3/bill/tradebill?bill_date=2026-11-22';
const { json: bill } = await send(sandbox, { method: 'GET', path });

async function tried(program, kind, step) {
  const flags = ['--expose-gc', '--no-opt', '--no-sparkplug'];
  const child = spawn(program, [...flags, fileURLToPath(new URL('trials.mjs', import.meta.url))], {
    // Node complains there of promises that reject where the stack is full.
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  child.stdin.end(JSON.stringify({ given: await givenBy(sandbox, bill), kind, step }));
  const output = await text(child.stdout);
  assert.notEqual(output, '', 'the process ended');
  const { findings, ...counts } = JSON.parse(output);
  assert.deepEqual(findings, []);
  assert.ok(counts.restarts > 20, JSON.stringify(counts));
  return counts;
}

// What Rust throws with, where it has an error for JavaScript: it has none, since exports return them.
const NEVER_CALLED = /^import __wbg___wbindgen_throw_/;

/** What no way has called. Where there is no fused kernel, what serves it is not called, either. */
function unexpected({ missed, kernels }) {
  const isOurs = (name) => /^export (?!__)/.test(name);
  return missed.filter((name) => (kernels > 0 ? !NEVER_CALLED.test(name) : isOurs(name)));
}

const programs = { 'this Node': process.execPath };
if (wide) programs['Node 24'] = node('24');

for (const [name, program] of Object.entries(programs)) {
  const skip = !existsSync(program) && 'npm run matrix installs it';
  test(`a throw at every import and export, in ${name}`, { skip }, async (t) => {
    const counts = await tried(program, 'throws', wide ? 2 : 7);
    t.diagnostic(JSON.stringify(counts));
    // A new export needs a way that calls it.
    assert.deepEqual(unexpected(counts), []);
  });

  test(`the stack overflows at every depth, in ${name}`, { skip }, async (t) => {
    const { missed, ...counts } = await tried(program, 'depths', wide ? 3 : 9);
    t.diagnostic(JSON.stringify(counts));
  });
}
