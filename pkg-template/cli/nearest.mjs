import { told } from './language.mjs';

/**
 * The name that was probably meant: the nearest one, if it is not far.
 *
 * @param {string} given
 * @param {string[]} names
 * @returns {string | undefined}
 */
export function nearest(given, names) {
  const [best] = names
    .map((name) => ({ name, distance: edits(given.toLowerCase(), name.toLowerCase()) }))
    .sort((one, other) => one.distance - other.distance);
  const isNear = best !== undefined && best.distance <= Math.max(2, given.length / 4);
  return isNear ? best.name : undefined;
}

/** `; did you mean X?`, or nothing. */
export function hintAt(given, names) {
  const name = nearest(given, names);
  return name === undefined ? '' : told('did-you-mean', { name });
}

/** The Levenshtein distance. */
function edits(one, other) {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (const [i, character] of [...one].entries()) {
    const next = [i + 1];
    for (let j = 0; j < other.length; j += 1) {
      const change = row[j] + (character === other[j] ? 0 : 1);
      next.push(Math.min(change, row[j + 1] + 1, next[j] + 1));
    }
    row = next;
  }
  return row.at(-1);
}
