import { matchTemplate } from '../path-template.mjs';
import { documentedFacts } from './facts.mjs';

/** How many characters of an unknown path are shown. */
const SHOWN = 200;

let byLength;

/** The documented operations whose path has as many segments. */
function operationsLike(path) {
  byLength ??= grouped();
  return byLength.get(path.split('/').length) ?? [];
}

function grouped() {
  const groups = new Map();
  for (const operation of documentedFacts().operations) {
    const { length } = operation.path.split('/');
    if (!groups.has(length)) groups.set(length, []);
    groups.get(length).push(operation);
  }
  return groups;
}

/**
 * Finds the documented operations of a path, of any method. Two of them are one to a server: the one
 * with the query's names comes first.
 *
 * @param {string} path
 * @param {string} query
 * @returns {{ operation: object, segments: Record<string, string> }[]}
 */
export function documentedOperations(path, query) {
  const found = operationsLike(path).flatMap((operation) => {
    const segments = matchTemplate(operation.path, path);
    return segments === undefined ? [] : [{ operation, segments }];
  });
  if (found.length < 2) return found;
  const names = [...new URLSearchParams(query).keys()];
  const unknown = ({ operation }) =>
    names.filter((name) => !operation.query.some((field) => field.name === name)).length;
  return found.sort((one, other) => unknown(one) - unknown(other));
}

/**
 * Says that nobody knows a path, and which documented one is nearest.
 *
 * @param {string} method
 * @param {string} path
 * @param {string[]} others `METHOD /path` of the sandbox's own endpoints
 */
export function unknownPath(method, path, others) {
  const asked = `${method} ${printable(path)}`;
  const known = [
    ...documentedFacts().operations.map((operation) => `${operation.method} ${operation.path}`),
    ...others,
  ];
  const [nearest] = known
    .map((text) => ({ text, distance: distance(asked, text) }))
    .sort((one, other) => one.distance - other.distance);
  const hint = nearest.distance <= asked.length / 4 ? `; did you mean ${nearest.text}?` : '';
  return `the sandbox knows no such path: ${asked}${hint}`;
}

// Its segments are compared, so that the value of a variable counts for nothing.
function distance(asked, known) {
  const [one, other] = [asked.split('/'), known.split('/')];
  if (one.length !== other.length) return edits(asked, known);
  return one.reduce(
    (sum, segment, at) =>
      sum + (other[at].startsWith('{') && segment !== '' ? 0 : edits(segment, other[at])),
    0,
  );
}

/** The Levenshtein distance. */
function edits(one, other) {
  if (one === other) return 0;
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 0; i < one.length; i += 1) {
    const next = [i + 1];
    for (let j = 0; j < other.length; j += 1) {
      const change = row[j] + (one[i] === other[j] ? 0 : 1);
      next.push(Math.min(change, row[j + 1] + 1, next[j] + 1));
    }
    row = next;
  }
  return row.at(-1);
}

function printable(path) {
  return path.slice(0, SHOWN).replace(/[^ -~]/g, '?');
}
