// The order in which the benchmark runs its contestants, and how it counts operations.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { difference, interleave } from '../../bench/interleave.mjs';

test('every contestant runs once a round, in an order that reverses each round', async () => {
  const turns = [];
  const contestant = (name) => ({
    name,
    batch: (count) => {
      turns.push([name, count]);
    },
  });
  const plan = { rounds: 3, batch: 0, warmUp: 0 };
  const times = await interleave(['a', 'b', 'c'].map(contestant), plan);
  assert.equal(turns.map(([name]) => name).join(''), 'abccbaabc');
  assert.ok(turns.every(([, count]) => count === 1));
  assert.deepEqual(Object.keys(times), ['a', 'b', 'c']);
  assert.ok(Object.values(times).every((each) => each.length === 3));
});

test('a batch is large enough to fill its time, and the time is per operation', async () => {
  const clock = performance.now;
  let now = 0;
  performance.now = () => now;
  try {
    const costing = (name, milliseconds) => ({
      name,
      batch: async (count) => {
        now += count * milliseconds;
      },
    });
    const contestants = [costing('quick', 0.5), costing('slow', 40)];
    const times = await interleave(contestants, { rounds: 2, batch: 20, warmUp: 100 });
    assert.deepEqual(times, { quick: [0.5, 0.5], slow: [40, 40] });
    // A batch is 40 quick operations or one slow operation, in two rounds of each.
    const before = now;
    await interleave(contestants, { rounds: 2, batch: 20, warmUp: 100 });
    const warm = 0.5 + 2 + 8 + 20 + 20 + 20 + 20 + 20 + 3 * 40;
    assert.equal(now - before - 2 * (40 * 0.5 + 40), warm);
  } finally {
    performance.now = clock;
  }
});

test('a difference is that of two medians, of calls that alternate', async () => {
  const clock = performance.now;
  let now = 0;
  performance.now = () => now;
  try {
    const order = [];
    const costing = (name, times) => async () => {
      order.push(name);
      now += times[order.filter((each) => each === name).length - 1];
    };
    // Neither median includes the outliers of 50 and 90.
    const whole = costing('whole', [7, 50, 8]);
    const batch = difference(whole, costing('part', [2, 3, 90]));
    assert.equal(await batch(3), 8 - 3);
    assert.equal(order.join(' '), 'whole part whole part whole part');
    // The returned value is what counts. The outer clock only decides how many operations fill a
    // batch.
    const measured = async () => {
      now += 10;
      return 4;
    };
    const times = await interleave([{ name: 'measured', batch: measured }], {
      rounds: 2,
      batch: 10,
      warmUp: 10,
    });
    assert.deepEqual(times, { measured: [4, 4] });
  } finally {
    performance.now = clock;
  }
});
