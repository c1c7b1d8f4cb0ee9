// Version numbers, as Semantic Versioning has them.

import { Failure } from '../run.mjs';

const VERSION = /^(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?$/;

/** Refuses what is no version, or comes before `current`. The first release has the current one. */
export function checkVersion(version, current) {
  if (!VERSION.test(version ?? '')) {
    throw new Failure(
      `${version ?? 'nothing'} is no version: npm run release -- 1.2.3 [--dry-run]`,
    );
  }
  if (compare(version, current) < 0) {
    throw new Failure(`${version} comes before ${current}, which the package has.`);
  }
}

/** Under which tag of npm's it is published: who asks for no version never gets a preview. */
export const distTag = (version) => (VERSION.exec(version)[4] === undefined ? 'latest' : 'next');

function compare(a, b) {
  const [left, right] = [a, b].map((version) => VERSION.exec(version));
  for (const i of [1, 2, 3]) {
    const difference = Number(left[i]) - Number(right[i]);
    if (difference !== 0) return difference;
  }
  // A preview comes before its release.
  if (left[4] === right[4]) return 0;
  if (left[4] === undefined || right[4] === undefined) return left[4] === undefined ? 1 : -1;
  return left[4].localeCompare(right[4], 'en', { numeric: true });
}
