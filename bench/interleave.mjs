// Runs contestants in small batches, one after the other, round after round. Whatever slows the
// machine for a while then slows all of them. This file runs in every runtime.

import { median } from './statistics.mjs';

/**
 * Returns the milliseconds of one operation for each contestant and each round. A contestant has a
 * `name` and a function `batch(count)`, which does the operation `count` times. It may return the
 * milliseconds of one operation, if it measures them itself. A batch takes about `batch`
 * milliseconds. Batches of the first `warmUp` milliseconds are not counted.
 */
export async function interleave(contestants, { rounds, batch, warmUp }) {
  const lanes = [];
  for (const contestant of contestants) {
    const size = await warmedUpSize(contestant, batch, warmUp);
    lanes.push({ ...contestant, size, times: [] });
  }
  for (let round = 0; round < rounds; round += 1) {
    // Every second round has the reverse order, so that no contestant always follows the same one.
    const order = round % 2 === 0 ? lanes : lanes.toReversed();
    for (const lane of order) lane.times.push((await timed(lane, lane.size)).each);
  }
  return Object.fromEntries(lanes.map(({ name, times }) => [name, times]));
}

// Warms up, and returns how many operations fill a batch.
async function warmedUpSize(contestant, batch, warmUp) {
  let size = 1;
  for (let spent = 0; spent < warmUp; ) {
    const { time } = await timed(contestant, size);
    spent += time;
    const fitting = Math.round((size * batch) / Math.max(time, 0.001));
    size = Math.max(1, Math.min(fitting, size * 4));
  }
  return size;
}

async function timed({ batch }, count) {
  const begun = performance.now();
  const measured = await batch(count);
  const time = performance.now() - begun;
  return { time, each: measured ?? time / count };
}

/** A batch of a synchronous operation. */
export const sync = (operation) => (count) => {
  for (let turn = 0; turn < count; turn += 1) operation();
};

/** A batch of an operation that returns a promise. */
export const async = (operation) => async (count) => {
  for (let turn = 0; turn < count; turn += 1) await operation();
};

/**
 * A batch of two operations that return promises, by turns, each timed separately. It returns how
 * much longer `whole` takes than `part`, by their medians, so that a pause of the machine in one
 * operation does not count.
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
