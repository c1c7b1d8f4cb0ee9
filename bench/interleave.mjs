// Contestants in small batches, one after the other, round after round: whatever slows the machine for
// a while slows all of them. It runs in every runtime.

import { median } from './statistics.mjs';

/**
 * Gives the milliseconds of one operation, by contestant, a value a round. A contestant is a `name` and
 * a `batch(count)` that does the operation so many times, and gives the milliseconds of one if it knows them
 * better than the clock outside. Its batches take about `batch` milliseconds
 * each, after `warmUp` milliseconds of them that nobody counts.
 */
export async function interleave(contestants, { rounds, batch, warmUp }) {
  const lanes = [];
  for (const contestant of contestants) {
    const size = await warmedUp(contestant, batch, warmUp);
    lanes.push({ ...contestant, size, times: [] });
  }
  for (let round = 0; round < rounds; round += 1) {
    // There and back, so that nobody always follows the same one.
    const order = round % 2 === 0 ? lanes : lanes.toReversed();
    for (const lane of order) lane.times.push((await took(lane, lane.size)).each);
  }
  return Object.fromEntries(lanes.map(({ name, times }) => [name, times]));
}

// How many operations fill a batch, once they are as fast as they get.
async function warmedUp(contestant, batch, warmUp) {
  let size = 1;
  for (let spent = 0; spent < warmUp; ) {
    const { time } = await took(contestant, size);
    spent += time;
    const fitting = Math.round((size * batch) / Math.max(time, 0.001));
    size = Math.max(1, Math.min(fitting, size * 4));
  }
  return size;
}

async function took({ batch }, count) {
  const begun = performance.now();
  const known = await batch(count);
  const time = performance.now() - begun;
  return { time, each: known ?? time / count };
}

/** A batch of something that responds at once. */
export const sync = (operation) => (count) => {
  for (let turn = 0; turn < count; turn += 1) operation();
};

/** A batch of something that gives a promise. */
export const async = (operation) => async (count) => {
  for (let turn = 0; turn < count; turn += 1) await operation();
};

/**
 * A batch of two that give promises, by turns, each timed by itself: how much longer `whole` takes than `part`,
 * by their medians, so that a pause of the machine in one of them counts for nothing.
 */
export const difference = (whole, part) => async (count) => {
  const times = [[], []];
  for (let turn = 0; turn < count; turn += 1) {
    for (const [at, operation] of [whole, part].entries()) {
      const begun = performance.now();
      await operation();
      times[at].push(performance.now() - begun);
    }
  }
  return median(times[0]) - median(times[1]);
};
