// The headings of CHANGELOG.md: `## Unreleased` becomes `## 1.2.3 — 2026-11-27`.

import { Failure } from '../run.mjs';

const HEADING = /^## (.+)$/m;

/** The newest heading. */
export const newest = (changelog) => HEADING.exec(changelog)?.[1];

/** What stands below the newest heading. */
export function newestEntry(changelog) {
  const [, ...parts] = changelog.split(/^## .+$/m);
  return (parts[0] ?? '').trim();
}

/** The changelog in which what is unreleased is the version, of this day. */
export function withRelease(changelog, version, date) {
  if (newest(changelog) !== 'Unreleased') {
    throw new Failure(
      'CHANGELOG.md does not begin with "## Unreleased": write there what changes for users.',
    );
  }
  if (!/^- /m.test(newestEntry(changelog))) {
    throw new Failure('CHANGELOG.md says of no change under "## Unreleased".');
  }
  return changelog.replace(HEADING, `## ${version} — ${date}`);
}

/** Whether the newest heading is that of the version, with a day. */
export function isReleased(changelog, version) {
  const heading = newest(changelog) ?? '';
  return heading.startsWith(`${version} — `) && /\d{4}-\d\d-\d\d$/.test(heading);
}
