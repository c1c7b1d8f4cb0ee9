// Writes a run as text, as Markdown, as JSON and as a plot.

import { isOurs, isPart } from './contestants/names.mjs';
import { asText } from './machine.mjs';
import { plot } from './plot.mjs';
import { cellsOf, markdown, targetCells, text } from './table.mjs';

/** A section, for a terminal. */
export function sectionInText(section, groups) {
  const tables = groups.map((group) => `${heading(group)}\n${text(cellsOf(group, section))}`);
  return [`── ${section.title}`, ...section.measured(groups), '', tables.join('\n\n')].join('\n');
}

/** The targets, for a terminal. */
export function targetsInText(targets) {
  return `── Targets\n${text(targetCells(targets))}`;
}

/** The complete run in Markdown. */
export function inMarkdown({ command, date, machine, peers, targets }, sections) {
  const parts = sections.flatMap(([section, groups]) => [
    `## ${section.title}`,
    section.measured(groups).join('\n'),
    ...groups.flatMap((group) => [`### ${heading(group)}`, markdown(cellsOf(group, section))]),
  ]);
  return `${[
    '# What `npm run bench` measured',
    `\`${command}\` on ${date}: ${asText(machine)}; ${peers}.\nTimes are medians. A ratio is the median of the ratios of each round to the contestant in the heading; p10 to p90 is\nthe spread of these ratios.`,
    '## Targets',
    markdown(targetCells(targets)),
    ...parts,
  ].join('\n\n')}\n`;
}

function heading({ runtime, reference }) {
  return reference ? `${runtime}, ratios to ${reference}` : runtime;
}

/** The complete run for programs, without the times of each round. */
export function inJson({ sections, ...run }) {
  const summed = Object.entries(sections).map(([name, groups]) => [
    name,
    groups.map(({ rows, ...group }) => ({
      ...group,
      rows: rows.map(({ times, cpus, ...row }) => row),
    })),
  ]);
  const digits = (_, value) =>
    typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value;
  const all = { ...run, sections: Object.fromEntries(summed) };
  return `${JSON.stringify(all, digits, 2)}\n`;
}

/** The plot of Node 24. Shorter is better in every panel. */
export function asPlot({ machine }, sections) {
  const panels = sections
    .filter(([, [group]]) => group.reference !== undefined)
    .map(([section, [{ runtime, reference, rows }]]) => ({
      title: section.title,
      note: `${runtime}; time as a multiple of ${reference}, with p10 to p90; shorter is better`,
      bars: rows
        .filter(({ name }) => !isPart(name))
        .toSorted((a, b) => a.ratio - b.ratio)
        .map(({ name, ratio, low, high }) => ({ name, ratio, low, high, ours: isOurs(name) })),
    }));
  return plot(`Benchmarks of wechatpay-wasm on ${machine.processor}`, panels);
}
