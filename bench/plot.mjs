// The plot: horizontal bars of ratios, in an SVG for light and dark pages.

import { figure } from './table.mjs';

const WIDTH = 760;
const LABEL = 280;
const VALUE = 70;
const FIGURE = 44;
const BAR = 16;
const STEP = 24;
const HEAD = 54;
const GAP = 26;
const SPAN = WIDTH - LABEL - VALUE - 20;

// A page cannot style an SVG that it shows as an image. The reader's preferred colour scheme can.
const style = `
    text { font: 13px system-ui, -apple-system, "Segoe UI", "Helvetica Neue", Arial, sans-serif; fill: #1f2328; }
    .title { font-size: 15px; font-weight: 600; }
    .note { font-size: 12px; fill: #59636e; }
    .bar { fill: #8c959f; }
    .ours { fill: #1a7f37; }
    .one { stroke: #59636e; stroke-dasharray: 3 3; }
    .spread { stroke: #1f2328; stroke-width: 1.5; }
    @media (prefers-color-scheme: dark) {
      text { fill: #e6edf3; }
      .note { fill: #9198a1; }
      .bar { fill: #6e7681; }
      .ours { fill: #3fb950; }
      .one { stroke: #9198a1; }
      .spread { stroke: #e6edf3; }
    }
  `;

/**
 * Draws `panels`, one below the other. Each has a `title`, a `note`, and `bars` with `name`,
 * `ratio`, `low`, `high` and `ours`. Bars that are `ours` have another colour. A line marks the
 * ratio 1.
 */
export function plot(title, panels) {
  let top = 0;
  const drawn = panels.map((panel) => {
    const at = top;
    top += HEAD + panel.bars.length * STEP + GAP;
    return drawPanel(panel, at);
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${top}" width="${WIDTH}" height="${top}" role="img" aria-label="${escaped(title)}">
  <title>${escaped(title)}</title>
  <style>${style}</style>
${drawn.join('\n')}
</svg>
`;
}

function drawPanel({ title, note, bars }, top) {
  const scale = SPAN / Math.max(1, ...bars.map(({ ratio, high = ratio }) => Math.max(ratio, high)));
  const first = top + HEAD;
  const one = round(LABEL + scale);
  const lines = [
    `  <text class="title" x="0" y="${top + 20}">${escaped(title)}</text>`,
    `  <text class="note" x="0" y="${top + 38}">${escaped(note)}</text>`,
    ...bars.map((bar, at) => drawBar(bar, first + at * STEP, scale)),
    `  <line class="one" x1="${one}" x2="${one}" y1="${first - 4}" y2="${first + bars.length * STEP - 4}"/>`,
  ];
  return lines.join('\n');
}

function drawBar({ name, ratio, low, high, ours }, y, scale) {
  const x = (value) => round(LABEL + value * scale);
  const middle = y + BAR / 2;
  const end = x(Math.max(ratio, high ?? ratio));
  // Keep the line of the ratio 1 out of the figure's text.
  const value = Math.max(end, end < x(1) && end + FIGURE > x(1) ? x(1) : 0);
  const spread =
    low === undefined
      ? []
      : [
          `<line class="spread" x1="${x(Math.max(0, low))}" x2="${x(high)}" y1="${middle}" y2="${middle}"/>`,
        ];
  return `  ${[
    `<text x="${LABEL - 8}" y="${middle + 4.5}" text-anchor="end">${escaped(name)}</text>`,
    `<rect class="${ours ? 'ours' : 'bar'}" x="${LABEL}" y="${y}" width="${round(ratio * scale)}" height="${BAR}" rx="2"/>`,
    ...spread,
    `<text x="${round(value + 6)}" y="${middle + 4.5}">${figure(ratio)}</text>`,
  ].join('')}`;
}

const round = (number) => Number(number.toFixed(1));

function escaped(text) {
  const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replace(/[&<>"]/g, (character) => entities[character]);
}
