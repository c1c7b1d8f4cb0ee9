// Writes the measured values as tables, for a terminal and for Markdown.

/** A figure with three significant digits, or a whole number with thousands separators. */
export function figure(number) {
  if (number === null || number === undefined) return '';
  if (number === 0) return '0';
  if (Math.abs(number) >= 100) return Math.round(number).toLocaleString('en');
  return number.toPrecision(3);
}

// A pair of figures is a value before and after.
function cell(value) {
  if (!Array.isArray(value)) return figure(value);
  return value.includes(null) ? '' : value.map(figure).join(' → ');
}

/**
 * The cells of a group of rows, with the heads first. Rows with times are sorted, the fastest
 * first.
 */
export function cellsOf({ rows }, { unit, columns = [] }) {
  const timed = rows.every(({ median }) => median !== undefined);
  const sorted = timed ? rows.toSorted((a, b) => a.median - b.median) : rows;
  const times = timed ? [unit, 'ratio', 'p10 to p90'] : [];
  const heads = ['', ...times, ...columns.map(({ head }) => head)];
  const lines = sorted.map((row) => [
    row.name,
    ...(timed ? [figure(row.median), figure(row.ratio), spread(row)] : []),
    ...columns.map(({ of }) => cell(of(row))),
  ]);
  return [heads, ...lines];
}

function spread({ low, high }) {
  return low === undefined ? '' : `${figure(low)} to ${figure(high)}`;
}

/** The cells of the targets. */
export function targetCells(targets) {
  const lines = targets.map(({ what, target, value, met }) => [
    what,
    target,
    value === null ? 'not measured' : figure(value),
    met === null ? '' : met ? 'met' : 'NOT met',
  ]);
  return [['', 'target', 'here', ''], ...lines];
}

/** Cells for a terminal: the first column is left-aligned, the others are right-aligned. */
export function text(cells) {
  const widths = cells[0].map((_, at) => Math.max(...cells.map((line) => line[at].length)));
  const pad = (word, at) => (at === 0 ? word.padEnd(widths[at]) : word.padStart(widths[at]));
  return cells.map((line) => line.map(pad).join('  ').trimEnd()).join('\n');
}

export function markdown([heads, ...lines]) {
  const row = (words) => `| ${words.join(' | ')} |`;
  const rule = heads.map((_, at) => (at === 0 ? '---' : '---:'));
  return [row(heads), row(rule), ...lines.map(row)].join('\n');
}
