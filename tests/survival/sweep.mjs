// Tries a kind of fault at many places, in a process of its own, in this Node. WECHATPAY_WIDE=1 tries far more
// places, in Node 24 as well.
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
const programs = { 'this Node': process.execPath };
if (wide) programs['Node 24'] = node('24');

/** Tests `kind` in each Node: every place of `step` places. `check` gets what was counted. */
export function sweep(what, kind, step, check = () => {}) {
  for (const [name, program] of Object.entries(programs)) {
    const skip = !existsSync(program) && 'npm run matrix installs it';
    test(`${what}, in ${name}`, { skip }, async (t) => {
      const counts = await tried(program, kind, wide ? step.wide : step.usual);
      t.diagnostic(JSON.stringify(counts));
      check(counts);
    });
  }
}

async function tried(program, kind, step) {
  // A new one each time: its bills can be downloaded for five minutes.
  const sandbox = await createSandbox({ merchant: 'migrating' });
  try {
    const given = await givenBy(sandbox, await billsOf(sandbox));
    const flags = ['--expose-gc', '--no-opt', '--no-sparkplug'];
    const trials = fileURLToPath(new URL('trials.mjs', import.meta.url));
    // Node complains on stderr of promises that reject where the stack is full.
    const child = spawn(program, [...flags, trials], { stdio: ['pipe', 'pipe', 'ignore'] });
    after(() => child.kill());
    child.stdin.end(JSON.stringify({ given, kind, step }));
    const output = await text(child.stdout);
    assert.notEqual(output, '', 'the process ended');
    const { findings, ...counts } = JSON.parse(output);
    assert.deepEqual(findings, []);
    assert.ok(counts.restarts > 20, JSON.stringify(counts));
    return counts;
  } finally {
    await sandbox.close();
  }
}

async function billsOf(sandbox) {
  const get = async (path) => (await send(sandbox, { method: 'GET', path })).json;
  const date = 'bill_date=2026-11-22';
  const bill = await get(`/v3/bill/tradebill?${date}`);
  const encrypting = `${date}&account_type=ALL&algorithm=AEAD_AES_256_GCM`;
  const of = await get(`/v3/ecommerce/bill/fundflowbill?${encrypting}`);
  return { bill, encrypted: of.download_bill_list[0] };
}
