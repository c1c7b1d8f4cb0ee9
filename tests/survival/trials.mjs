// Started by sweep.mjs, in a process of its own. Breaks the package in every way in, at every
// place, and prints what did not hold.
import { writeSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { setTimeout as passed } from 'node:timers/promises';

import { needlesOf } from '../redaction/needles.mjs';
import {
  called,
  functions,
  InternalError,
  kernelMemories,
  memories,
  Thrown,
  unhandled,
  Wechatpay,
  WechatpayError,
  watch,
} from './inside.mjs';
import { shapeOf, ways } from './ways.mjs';

const { given, kind, step } = JSON.parse(await text(process.stdin));
const { options } = given;
given.Wechatpay = Wechatpay;

const DEADLINE = 3_000;
// How often a way must have succeeded on a stack that grows.
const ENOUGH = 3;
const contract = { appid: 'wxd678efh567h23787', outContractCode: 'UNDER_WAY' };
const payment = { type: 'jsapi', appid: 'wxd678efh567h23787', prepayId: 'wx1' };
const needles = needlesOf(options.privateKey, options.apiv3Key);

// The request is made with an empty stack: what is tested is the package, not the host's fetch.
const hostFetch = globalThis.fetch;
let gate;
globalThis.fetch = async (...request) => {
  const held = gate;
  await undefined;
  const response = await hostFetch(...request);
  await held;
  return response;
};

// A pause before a retry takes no time here: it is waited for in slices, which are shorter than those of
// any timeout.
const { setTimeout: hostTimer } = globalThis;
globalThis.setTimeout = (work, milliseconds, ...values) =>
  hostTimer(work, milliseconds < 100 ? 0 : milliseconds, ...values);

const findings = [];
let trials = 0;
let broken = 0;
let overflows = 0;
const opened = new Set();
const open = (more) => {
  const client = new Wechatpay({ ...options, deadline: DEADLINE, maxRetries: 0, ...more });
  opened.add(client);
  return client;
};

const settled = (promise) =>
  Promise.race([
    promise.then(
      (value) => ({ value }),
      (error) => ({ error }),
    ),
    passed(DEADLINE + 2_000, { hung: true }, { ref: false }),
  ]);

// What throws where it should reject rejects here, and a value is one.
function begun(work) {
  try {
    return Promise.resolve(work());
  } catch (error) {
    return Promise.reject(error);
  }
}

// A regular expression that overflows throws a SyntaxError.
const isOverflow = (error) =>
  kind === 'depths' && /^Maximum call stack size exceeded$|Stack overflow$/.test(error?.message);

/** What is wrong with an outcome, or undefined. */
function problemOf({ hung, error, value }, expected) {
  if (hung) return 'never settles';
  if (error !== undefined) {
    if (isOverflow(error)) {
      overflows += 1;
      return undefined;
    }
    if (!(error instanceof WechatpayError)) return `rejects with ${error?.stack ?? error}`;
    if (!(error instanceof InternalError)) {
      // The host's own functions overflow, too.
      return kind === 'depths' ? undefined : `rejects with ${error.stack}`;
    }
    broken += 1;
    if (error.code !== 'ERR_INTERNAL') return `has the code ${error.code}`;
    return error.cause === undefined ? 'has no cause' : undefined;
  }
  return expected === undefined || shapeOf(value) === expected ? undefined : 'has another result';
}

const isWiped = ({ buffer }) => Buffer.from(buffer).equals(Buffer.alloc(buffer.byteLength));
const isKeyless = ({ buffer }) => {
  const bytes = Buffer.from(buffer);
  return !needles.some((needle) => bytes.includes(needle));
};

/** Runs one way, broken by `during`, which runs its argument. */
async function trial(name, expected, { bystander, stuck }, during) {
  trials += 1;
  const tell = (problem) => problem && findings.push(`${name}, ${during.place}: ${problem}`);
  const before = memories.length;
  let release;
  gate = new Promise((resolve) => {
    release = resolve;
  });
  const underWay = settled(bystander.preEntrustSignApp(contract));
  // Its request is out.
  await new Promise(setImmediate);
  gate = undefined;
  const outcome = await settled(during(() => begun(() => ways[name](open, given))));
  watch();
  tell(problemOf(outcome, expected));
  release();
  const of = problemOf(await underWay);
  tell(of && `a call under way ${of}`);
  if (outcome.value instanceof Wechatpay) opened.add(outcome.value);
  for (const client of opened) {
    const next = await settled(begun(() => client.paySign(payment)));
    const freed = next.error?.option === 'client';
    if (!freed && !next.value) tell(`the next call fails: ${next.error?.stack ?? next.hung}`);
    try {
      client.free();
    } catch (error) {
      tell(`free() throws ${error.stack}`);
    }
  }
  opened.clear();
  const next = await settled(bystander.paySign(payment));
  if (!next.value) tell(`the next call of another client fails: ${next.error?.stack ?? 'hung'}`);
  if (memories.length > before) {
    const late = await settled(stuck.echo({ deadline: 1 }));
    if (late.error?.code !== 'ERR_TIMEOUT') tell(`no deadline: ${late.error?.stack ?? 'hung'}`);
  }
  await new Promise(setImmediate);
  for (const memory of memories.slice(before - 1, -1)) {
    if (!isWiped(memory)) tell('the memory of a broken instance is not wiped');
  }
  if (!kernelMemories.every(isKeyless)) tell("key material is left in a kernel's memory");
  for (const problem of unhandled()) tell(problem);
  return outcome;
}

/**
 * What is asked once in a process is asked by its first call: `ask` is the export. Where that throws, the
 * next call asks again.
 */
async function tryFirst(ask, when) {
  const client = open();
  let thrown = false;
  watch((kind, name, at) => {
    if (thrown || kind !== 'export' || name !== ask || at !== when) return;
    thrown = true;
    throw new Thrown('Maximum call stack size exceeded, says the test');
  });
  const problem = problemOf(await settled(client.preEntrustSignApp(contract)), 'an InternalError');
  watch();
  if (!thrown) findings.push(`${ask} was asked before`);
  if (problem) findings.push(`${ask}, ${when}: ${problem}`);
  client.free();
  opened.clear();
}

/** Throws at the `index`-th call of an import or export. */
function throwing(index, functions, when) {
  let count = 0;
  const during = (work) => {
    watch((kind, name, at) => {
      if (kind !== functions || at !== when) return;
      count += 1;
      if (count !== index) return;
      during.place = `${kind} ${name}, ${when}, call ${index}`;
      throw new Thrown('Maximum call stack size exceeded, says the test');
    });
    return work();
  };
  during.place = `${functions} ${index} ${when}`;
  return during;
}

/** How often a way calls imports or exports. */
async function countOf(name, functions, when) {
  let count = 0;
  watch((kind, _, at) => {
    if (kind === functions && at === when) count += 1;
  });
  const value = await ways[name](open, given);
  watch();
  if (value instanceof Wechatpay) value.free();
  for (const client of opened) client.free();
  opened.clear();
  return count;
}

const deep = (frames, work) => (frames === 0 ? work() : deep(frames - 1, work));

/** How many frames there is room for. */
function room() {
  let [least, most] = [0, 1];
  const fits = (frames) => {
    try {
      deep(frames, () => {});
      return true;
    } catch {
      return false;
    }
  };
  while (fits(most)) [least, most] = [most, 2 * most];
  while (most - least > 1) {
    const middle = (least + most) >> 1;
    if (fits(middle)) least = middle;
    else most = middle;
  }
  return least;
}

// Measured in the first trial, which has as many frames below it as the others.
let limit;

function atDepth(left) {
  const during = (work) =>
    begun(() => {
      limit ??= room();
      return deep(limit - left, work);
    });
  during.place = `${left} frames below the limit`;
  return during;
}

// Compiled functions may have smaller frames.
for (let turn = 0; turn < 50; turn += 1) room();
let restarts = 0;
if (kind === 'throws') {
  for (const ask of ['fieldsOf', 'names']) {
    for (const when of ['before', 'after']) await tryFirst(ask, when);
  }
}

for (const name of Object.keys(ways)) {
  const others = {
    bystander: new Wechatpay({ ...options, deadline: DEADLINE, maxRetries: 0 }),
    // Its deadline alone ends its calls.
    stuck: new Wechatpay({ ...options, fetch: () => new Promise(() => {}) }),
  };
  const right = await ways[name](open, given);
  const expected = right instanceof Wechatpay ? undefined : shapeOf(right);
  if (right instanceof Wechatpay) right.free();
  for (const client of opened) client.free();
  opened.clear();
  if (kind === 'throws') {
    for (const functions of ['import', 'export']) {
      for (const when of ['before', 'after']) {
        const total = await countOf(name, functions, when);
        for (let index = 1 + (trials % step); index <= total; index += step) {
          await trial(name, expected, others, throwing(index, functions, when));
        }
      }
    }
  } else {
    // Until the way has had enough stack for some time.
    for (let left = 1, clean = 0; clean < ENOUGH || clean * step < 10; left += step) {
      const before = memories.length;
      const { error } = await trial(name, expected, others, atDepth(left));
      clean = error === undefined && before === memories.length ? clean + 1 : 0;
    }
  }
  for (const client of Object.values(others)) client.free();
  globalThis.gc();
  await passed(5);
  const [last] = memories.slice(-1);
  if (!isKeyless(last)) findings.push(`${name}: key material is left after free()`);
  restarts += memories.length - 1;
  memories.splice(0, memories.length - 1);
}
writeSync(
  1,
  JSON.stringify({
    trials,
    restarts,
    broken,
    overflows,
    kernels: kernelMemories.length,
    missed: [...functions].filter((name) => !called.has(name)),
    findings: findings.slice(0, 20),
  }),
);
process.exit();
