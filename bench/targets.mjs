// The targets of the package, as ratios on the current machine, and whether they are met.

import {
  AXIOS,
  KEY_OBJECT,
  NODE_V3,
  OURS,
  OURS_ALONE,
  OURS_KEY_OBJECT,
  OURS_LAUNCH,
  OURS_REQUIRE,
  ofKernel,
} from './contestants/names.mjs';
import { ratio } from './statistics.mjs';

const WASM_BYTES = 40_000;
const APP_BYTES = 60_000;
/** The memory may not grow over this number of calls. Fewer calls show nothing. */
const MANY_CALLS = 1_000_000;

// The target of a signature by fused multiply-add. It depends on whether OpenSSL has AVX512-IFMA
// here; if that is unknown, there is no target.
const circumstances = new Map([
  [true, [2.0, 'with AVX512-IFMA']],
  [false, [0.9, 'without AVX512-IFMA']],
  [null, [null, 'AVX512-IFMA unknown']],
]);

/**
 * Each target with its `value` and whether it is `met`. Both are null if this run did not measure
 * the value. The first group of a section is that of Node 24.
 */
export function targetsOf({ sign, verify, cold, calls, size, growth }, { avx512ifma }) {
  const [fma, circumstance] = circumstances.get(avx512ifma);
  const sdks = [NODE_V3, AXIOS];
  const nodes = (groups = []) => groups.filter(({ runtime }) => runtime.startsWith('Node '));
  const times = (sections, ours, others) =>
    nodes(sections).flatMap((group) =>
      ours.flatMap((our) => others.map((other) => ratioOf(group, our, other))),
    );

  return [
    ...signatures(sign?.[0], fma).map(([what, limit, name]) =>
      atMost(limit, `${what}, ${circumstance}`, [ratioOf(sign?.[0], name, KEY_OBJECT)]),
    ),
    ...sdks.map((sdk) =>
      atMost(0.9, `signature against ${sdk}, on every Node`, times(sign, [OURS_LAUNCH], [sdk])),
    ),
    atMost(
      0.1,
      'cold start against both SDKs, on every Node',
      times(cold, [OURS, OURS_REQUIRE], sdks),
    ),
    atMost(2, 'verification against KeyObject, Node 24', [
      ratioOf(verify?.[0], OURS_ALONE, KEY_OBJECT),
    ]),
    atLeast(
      1.5,
      'calls a second against both SDKs, Node 24',
      sdks.map((sdk) => ratioOf(calls?.[0], sdk, OURS)),
    ),
    atLeast(1.1, `calls a second with a KeyObject against ${AXIOS}, Node 24`, [
      ratioOf(calls?.[0], AXIOS, OURS_KEY_OBJECT),
    ]),
    below(
      1,
      'processor time of a call against both SDKs, Node 24',
      sdks.map((sdk) => cpuRatio(calls?.[0], sdk)),
    ),
    atMost(WASM_BYTES, 'Wasm, brotli, bytes', [sumOf(size?.[0], (name) => name.endsWith('.wasm'))]),
    atMost(
      APP_BYTES,
      'what a bundle grows by, brotli, bytes',
      (size?.[0].rows ?? [])
        .filter(({ name }) => name.startsWith('app '))
        .map(({ bytes }) => bytes),
    ),
    atMost(0, "growth of the Wasm's memory over 1,000,000 calls, bytes", [growthOf(growth?.[0])]),
  ];
}

// The kernels by name if they can be forced; otherwise the kernel that the package chooses
// automatically.
function signatures(group, fma) {
  const what = 'signature against KeyObject, Node 24';
  const kernels = [
    [`${what}, FMA`, fma, ofKernel('FMA')],
    [`${what}, simd128`, 4, ofKernel('simd128')],
  ].filter(([, , name]) => rowOf(group, name));
  return kernels.length > 0 ? kernels : [[what, fma, OURS_LAUNCH]];
}

const rowOf = (group, name) => group?.rows.find((row) => row.name === name);

function ratioOf(group, name, other) {
  const [row, against] = [rowOf(group, name), rowOf(group, other)];
  return row && against ? ratio(row.times, against.times).ratio : null;
}

function cpuRatio(group, sdk) {
  const [row, against] = [rowOf(group, OURS), rowOf(group, sdk)];
  return row && against ? ratio(row.cpus, against.cpus).ratio : null;
}

function sumOf(group, counts) {
  return group
    ? group.rows.filter(({ name }) => counts(name)).reduce((sum, { bytes }) => sum + bytes, 0)
    : null;
}

function growthOf(group) {
  const [{ before, after } = {}] = group?.rows ?? [];
  return before && group.calls >= MANY_CALLS ? after.wasm - before.wasm : null;
}

const atMost = (limit, what, values) =>
  result(
    what,
    limit === null ? '' : `≤ ${limit.toLocaleString('en')}`,
    worst(values, Math.max),
    (value) => (limit === null ? null : value <= limit),
  );
const below = (limit, what, values) =>
  result(what, `< ${limit}`, worst(values, Math.max), (value) => value < limit);
const atLeast = (limit, what, values) =>
  result(what, `≥ ${limit}`, worst(values, Math.min), (value) => value >= limit);

// The worst of all values, or null if one of them was not measured.
function worst(values, pick) {
  return values.length === 0 || values.includes(null) ? null : pick(...values);
}

function result(what, target, value, isMet) {
  return { what, target, value, met: value === null ? null : isMet(value) };
}
