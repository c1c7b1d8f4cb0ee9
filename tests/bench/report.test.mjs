// The benchmark's tables, targets and plot, computed from fixed figures.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { plot } from '../../bench/plot.mjs';
import { inJson } from '../../bench/report.mjs';
import { rowsOf } from '../../bench/statistics.mjs';
import { cellsOf, figure, markdown, text } from '../../bench/table.mjs';
import { targetsOf } from '../../bench/targets.mjs';

const KEY_OBJECT = 'node:crypto, KeyObject';
const LAUNCH = 'wechatpay-wasm, appLaunchParams()';
const ALONE = 'wechatpay-wasm, the verification alone';

const steady = (value) => [value, value, value];
const groupOf = (runtime, reference, medians) => {
  const times = Object.entries(medians).map(([name, value]) => [name, steady(value)]);
  return { runtime, reference, rows: rowsOf(Object.fromEntries(times), reference) };
};

test('figures have three significant digits', () => {
  const numbers = [0, 0.012345, 1, 99.94, 100.4, 1234567.8, -0.5, null, undefined];
  const written = ['0', '0.0123', '1.00', '99.9', '100', '1,234,568', '-0.500', '', ''];
  assert.deepEqual(numbers.map(figure), written);
});

test('a table: sorted by time, with aligned columns', () => {
  const group = groupOf('Node 24.0.0', 'one', { three: 3, one: 1 });
  const columns = [
    { head: 'before and after', of: ({ name }) => (name === 'one' ? [1, 2] : [null, null]) },
  ];
  const cells = cellsOf(group, { unit: 'ms', columns });
  assert.equal(
    text(cells),
    [
      '         ms  ratio    p10 to p90  before and after',
      'one    1.00   1.00  1.00 to 1.00       1.00 → 2.00',
      'three  3.00   3.00  3.00 to 3.00',
    ].join('\n'),
  );
  assert.equal(
    markdown(cells),
    [
      '|  | ms | ratio | p10 to p90 | before and after |',
      '| --- | ---: | ---: | ---: | ---: |',
      '| one | 1.00 | 1.00 | 1.00 to 1.00 | 1.00 → 2.00 |',
      '| three | 3.00 | 3.00 | 3.00 to 3.00 |  |',
    ].join('\n'),
  );
});

/** A run in which every value is `factor` times its target, where less is better. */
function runAt(factor, fma) {
  const signed = (runtime) =>
    groupOf(runtime, KEY_OBJECT, {
      [KEY_OBJECT]: 1,
      'wechatpay-node-v3': 2.5,
      'wechatpay-axios-plugin': 2.5,
      [LAUNCH]: fma * factor,
    });
  const started = (runtime) =>
    groupOf(runtime, KEY_OBJECT, {
      [KEY_OBJECT]: 5,
      'wechatpay-wasm': 10 * factor,
      'wechatpay-wasm, require': 9 * factor,
      'wechatpay-node-v3': 100,
      'wechatpay-axios-plugin': 110,
    });
  const called = groupOf('Node 24', 'by hand', {
    'by hand': 1,
    'wechatpay-wasm': factor,
    'wechatpay-wasm, KeyObject': factor * 1.4,
    'wechatpay-node-v3': 1.5,
    'wechatpay-axios-plugin': 1.6,
  });
  for (const row of called.rows) row.cpus = row.times;
  const memory = (wasm) => ({ wasm, heap: 1, rss: 1 });
  const grown = { name: 'wechatpay-wasm', before: memory(65_536), after: memory(65_536) };
  if (factor > 1) grown.after.wasm += 65_536;
  return {
    sign: [signed('Node 24'), signed('Node 20'), groupOf('Bun', KEY_OBJECT, { [KEY_OBJECT]: 1 })],
    verify: [groupOf('Node 24', KEY_OBJECT, { [KEY_OBJECT]: 1, [ALONE]: 2 * factor })],
    cold: [started('Node 24'), started('Node 20')],
    calls: [called],
    growth: [{ runtime: 'Node 24', calls: 1_000_000, rows: [grown] }],
    size: [
      {
        runtime: 'any',
        rows: [
          { name: 'a.wasm', bytes: 30_000 * factor },
          { name: 'b.wasm', bytes: 10_000 * factor },
          { name: 'app for node', bytes: 60_000 * factor },
        ],
      },
    ],
  };
}

for (const [avx512ifma, fma] of [
  [true, 2],
  [false, 0.9],
]) {
  test(`targets that are narrowly met, and missed${avx512ifma ? ', with AVX512-IFMA' : ''}`, () => {
    const results = (factor) => targetsOf(runAt(factor, fma), { avx512ifma }).map(({ met }) => met);
    const met = results(0.999);
    assert.equal(met.length, 11);
    assert.ok(
      met.every((each) => each === true),
      String(met),
    );
    const missed = targetsOf(runAt(1.7, fma), { avx512ifma });
    // The targets against the SDKs are still met: here the SDKs are slower than KeyObject.
    const still = missed.filter(({ met }) => met).map(({ what }) => what);
    const room = avx512ifma ? [] : ['node-v3', 'axios-plugin'];
    assert.deepEqual(
      still,
      room.map((sdk) => `signature against wechatpay-${sdk}, on every Node`),
    );
  });
}

test('one slow Node misses a target that is set for every Node', () => {
  const run = runAt(0.9, 0.9);
  run.cold[1] = groupOf('Node 20', KEY_OBJECT, {
    'wechatpay-wasm': 9,
    'wechatpay-wasm, require': 12,
    'wechatpay-node-v3': 100,
    'wechatpay-axios-plugin': 100,
  });
  const cold = targetsOf(run, { avx512ifma: false }).find(({ what }) => what.includes('cold'));
  assert.equal(cold.met, false);
  assert.ok(Math.abs(cold.value - 0.12) < 1e-12);
});

test('each kernel that can be forced has its own target', () => {
  const sign = [
    groupOf('Node 24', KEY_OBJECT, {
      [KEY_OBJECT]: 1,
      [LAUNCH]: 1.9,
      'wechatpay-wasm, FMA': 1.9,
      'wechatpay-wasm, simd128': 4.5,
    }),
  ];
  const [fma, simd128] = targetsOf({ sign }, { avx512ifma: true });
  assert.deepEqual(fma, {
    what: 'signature against KeyObject, Node 24, FMA, with AVX512-IFMA',
    target: '≤ 2',
    value: 1.9,
    met: true,
  });
  assert.deepEqual([simd128.target, simd128.value, simd128.met], ['≤ 4', 4.5, false]);
});

test("without OpenSSL's features no signature target, after few calls no memory target", () => {
  const run = runAt(0.9, 0.9);
  run.growth[0].calls = 999_999;
  const [signature, ...others] = targetsOf(run, { avx512ifma: null });
  assert.deepEqual([signature.target, signature.met], ['', null]);
  assert.ok(signature.what.includes('unknown') && signature.value > 0);
  const growth = others.find(({ what }) => what.includes('memory'));
  assert.deepEqual([growth.value, growth.met], [null, null]);
});

test('a value that was not measured is neither met nor missed', () => {
  const targets = targetsOf({}, { avx512ifma: null });
  assert.ok(targets.length > 0);
  for (const { value, met } of targets) assert.deepEqual([value, met], [null, null]);
});

test('the results as JSON: four digits, without the rounds', () => {
  const sections = { sign: [groupOf('Node 24', 'one', { one: 1 / 3 })] };
  const { sections: read, date } = JSON.parse(inJson({ date: '2026-11-23', sections }));
  assert.equal(date, '2026-11-23');
  assert.deepEqual(read.sign[0].rows, [
    { name: 'one', median: 0.3333, ratio: 1, low: 1, high: 1, rounds: 3 },
  ]);
});

test('a plot: proportional bars, ours marked, a line at ratio 1, text escaped', () => {
  const bars = [
    { name: 'a<b & "c"', ratio: 1, low: 1, high: 1, ours: false },
    { name: 'ours', ratio: 0.5, low: -0.4, high: 0.6, ours: true },
    { name: 'slow', ratio: 4, low: 3, high: 5, ours: false },
  ];
  const svg = plot('T & T', [{ title: 'one', note: 'n', bars }]);
  const rects = [...svg.matchAll(/<rect class="(\w+)" x="([\d.]+)" y="[\d.]+" width="([\d.]+)"/g)];
  assert.deepEqual(
    rects.map(([, kind]) => kind),
    ['bar', 'ours', 'bar'],
  );
  const [one, half, four] = rects.map(([, , , width]) => Number(width));
  assert.ok(Math.abs(half - one / 2) <= 0.1 && Math.abs(four - one * 4) <= 0.3);
  const [, mark] = svg.match(/<line class="one" x1="([\d.]+)"/);
  assert.ok(Math.abs(Number(mark) - Number(rects[0][2]) - one) <= 0.1);
  // The difference of two noisy times may be negative. Its bar begins where the others begin.
  const begins = [...svg.matchAll(/class="spread" x1="([\d.-]+)"/g)].map(([, x]) => Number(x));
  assert.equal(Math.min(...begins), Number(rects[0][2]));
  // The largest spread ends inside the picture, with room for its figure.
  const [, width] = svg.match(/width="(\d+)"/);
  const ends = [...svg.matchAll(/class="spread" x1="[\d.]+" x2="([\d.]+)"/g)].map(([, x]) => x);
  assert.ok(Math.max(...ends) < width - 50);
  assert.ok(svg.includes('a&lt;b &amp; &quot;c&quot;</text>') && svg.includes('T &amp; T'));
  assert.ok(svg.includes('prefers-color-scheme: dark'));
  assert.ok(!/NaN|undefined/.test(svg));
});
