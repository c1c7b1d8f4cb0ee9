// Medians, ratios and spreads of what was measured. Nothing here measures.

/** The value below which the share `share` of `values` lies, interpolated between neighbours. */
export function quantile(values, share) {
  if (values.length === 0) throw new RangeError('there is no quantile of nothing');
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
 * How many times as long as `reference` something took: the median of the ratios of each round, and
 * what lies between the lowest tenth and the highest. A round's values were measured one right after
 * the other, so what slows the machine for a while slows both.
 */
export function ratio(values, reference) {
  if (values.length !== reference.length) {
    throw new RangeError(`${values.length} rounds cannot be compared with ${reference.length}`);
  }
  const ratios = values.map((value, round) => value / reference[round]);
  return { ratio: median(ratios), low: quantile(ratios, 0.1), high: quantile(ratios, 0.9) };
}

/** What is left of `whole` without `part`, round by round. */
export function less(whole, part) {
  return whole.map((value, round) => value - part[round]);
}

/**
 * A row for each contestant of a run: `times` has, by name, its time of each round. Without
 * `reference` among them there are no ratios.
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
