// The order in which the bench's contestants take their turns, and what it counts.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { difference, interleave } from '../../bench/interleave.mjs';

test('every contestant has its turn in every round, there and back', async () => {
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

test('a batch is as large as fills its time, and its time is that of one operation', async () => {
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
    // 40 quick ones fill a batch, and one slow one does: so many went by in two rounds of each.
    const before = now;
    await interleave(contestants, { rounds: 2, batch: 20, warmUp: 100 });
    const warm = 0.5 + 2 + 8 + 20 + 20 + 20 + 20 + 20 + 3 * 40;
    assert.equal(now - before - 2 * (40 * 0.5 + 40), warm);
  } finally {
    performance.now = clock;
  }
});

test('a difference is that of two medians, of calls by turns', async () => {
  const clock = performance.now;
  let now = 0;
  performance.now = () => now;
  try {
    const order = [];
    const costing = (name, times) => async () => {
      order.push(name);
      now += times[order.filter((each) => each === name).length - 1];
    };
    // The pauses of 50 and 90 are in neither median.
    const whole = costing('whole', [7, 50, 8]);
    const batch = difference(whole, costing('part', [2, 3, 90]));
    assert.equal(await batch(3), 8 - 3);
    assert.equal(order.join(' '), 'whole part whole part whole part');
    // It is what counts, and the clock outside says how many fill a batch.
    const told = async () => {
      now += 10;
      return 4;
    };
    const times = await interleave([{ name: 'told', batch: told }], {
      rounds: 2,
      batch: 10,
      warmUp: 10,
    });
    assert.deepEqual(times, { told: [4, 4] });
  } finally {
    performance.now = clock;
  }
});
