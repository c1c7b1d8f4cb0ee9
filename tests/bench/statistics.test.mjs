// The benchmark's pure functions, on fixed times. No test depends on how long something takes.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { less, median, quantile, ratio, rowsOf } from '../../bench/statistics.mjs';

test('a median of values in any order, even or odd in number; the values stay unchanged', () => {
  const values = [10, 9, 2, 1];
  assert.equal(median(values), 5.5);
  assert.deepEqual(values, [10, 9, 2, 1]);
  assert.equal(median([100, 3, 20]), 20);
  assert.equal(median([7]), 7);
});

test('quantiles, interpolated between neighbours', () => {
  const values = Array.from({ length: 11 }, (_, at) => at * 10);
  assert.equal(quantile(values, 0), 0);
  assert.equal(quantile(values, 0.1), 10);
  assert.equal(quantile(values, 0.25), 25);
  assert.equal(quantile(values, 0.99), 99);
  assert.equal(quantile(values, 1), 100);
  assert.throws(() => quantile([], 0.5), RangeError);
});

test('a ratio is the median of the ratios of each round, not the ratio of the medians', () => {
  // Every round takes twice as long, on a machine that becomes slower and slower.
  assert.deepEqual(ratio([2, 20, 200], [1, 10, 100]), { ratio: 2, low: 2, high: 2 });
  // Both medians are 3.
  const { ratio: middle, low, high } = ratio([1, 3, 8], [4, 3, 2]);
  assert.equal(middle, 1);
  assert.ok(Math.abs(low - 0.4) < 1e-12);
  assert.ok(Math.abs(high - 3.4) < 1e-12);
  assert.throws(() => ratio([1, 2], [1]), RangeError);
});

test('the time of a call minus one part of it, round by round', () => {
  assert.deepEqual(less([5, 9, 7], [1, 2, 3]), [4, 7, 4]);
});

test('one row for each contestant; no ratios without the reference', () => {
  const times = { one: [1, 1, 1], two: [3, 2, 4] };
  const [one, two] = rowsOf(times, 'one');
  assert.equal(one.ratio, 1);
  const { low, high, ...rest } = two;
  assert.deepEqual(rest, { name: 'two', median: 3, ratio: 3, rounds: 3, times: [3, 2, 4] });
  assert.ok(low < 3 && high > 3);
  assert.equal('ratio' in rowsOf(times, 'three')[0], false);
});
