// Medians, ratios and spreads of measured times. Nothing here measures.

/** The value below which a share of `share` of `values` lies, interpolated between neighbours. */
export function quantile(values, share) {
  if (values.length === 0) throw new RangeError('An empty list has no quantile.');
  const sorted = [...values].sort((a, b) => a - b);
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const above = Math.ceil(position);
  return sorted[below] + (sorted[above] - sorted[below]) * (position - below);
}

export function median(values) {
  return quantile(values, 0.5);
}

/**
 * How many times as long as `reference` the `values` are: the median of the ratios of each round,
 * with the 10th and the 90th percentile. The values of a round were measured one right after the
 * other, so whatever slows the machine for a while slows both.
 */
export function ratio(values, reference) {
  if (values.length !== reference.length) {
    throw new RangeError(`Cannot compare ${values.length} rounds with ${reference.length}.`);
  }
  const ratios = values.map((value, round) => value / reference[round]);
  return { ratio: median(ratios), low: quantile(ratios, 0.1), high: quantile(ratios, 0.9) };
}

/** Subtracts `part` from `whole`, round by round. */
export function less(whole, part) {
  return whole.map((value, round) => value - part[round]);
}

/**
 * A row for each contestant of a run. `times` has the times of each round, by the contestant's
 * name. If `reference` is not among the names, the rows have no ratios.
 */
export function rowsOf(times, reference) {
  return Object.entries(times).map(([name, values]) => ({
    name,
    median: median(values),
    ...(times[reference] && ratio(values, times[reference])),
    rounds: values.length,
    times: values,
  }));
}
