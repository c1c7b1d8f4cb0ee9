// How much is measured: `quick` shows that the bench works, `usual` is the default, `full` has the
// long runs.

const usual = {
  // `batch` and `warmUp` are milliseconds.
  warm: { rounds: 60, batch: 15, warmUp: 600 },
  // A request to the worker takes a millisecond; in a longer batch, it hardly counts.
  worker: { rounds: 30, batch: 60, warmUp: 1_000 },
  // The number of new processes of each contestant.
  cold: { rounds: 25 },
  // The number of calls of each contestant, in the first runtime of the list and in the others.
  calls: { first: 5_000, others: 1_000, round: { latencies: 50, throughput: 200, atOnce: 16 } },
  growth: { calls: 2_000, settle: 300 },
};

const quick = {
  warm: { rounds: 4, batch: 3, warmUp: 30 },
  worker: { rounds: 3, batch: 20, warmUp: 30 },
  cold: { rounds: 2 },
  calls: { first: 20, others: 20, round: { latencies: 4, throughput: 16, atOnce: 8 } },
  growth: { calls: 30, settle: 20 },
};

const full = {
  ...usual,
  calls: { ...usual.calls, first: 100_000 },
  growth: { calls: 1_000_000, settle: 1_000 },
};

/** The plan for the options of the command. */
export function planOf({ quick: isQuick = false, full: isFull = false, calls }) {
  const plan = structuredClone(isQuick ? quick : isFull ? full : usual);
  if (calls !== undefined) {
    plan.calls.first = calls;
    plan.growth.calls = calls;
  }
  return plan;
}
