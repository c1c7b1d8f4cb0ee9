// npm run api: the public surface of the package, pkg-template/api-report.md, against the types.
//
// npm run api                 fails where the types have changed and the report has not
// npm run api -- --accept     writes the report anew; its difference is what a review reads

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Failure, main, root } from './run.mjs';

export const reportFile = join(root, 'pkg-template/api-report.md');

/** Fails where the report is not what the types say. */
export async function checkReport() {
  const { apiReport } = await import('./docs/api/report.mjs');
  const [written, made] = [await readFile(reportFile, 'utf8').catch(() => ''), await apiReport()];
  if (written === made) return;
  const [before, now] = [written, made].map((text) => text.split('\n'));
  const known = new Set(before);
  const there = new Set(now);
  const changes = [
    ...before.filter((line) => !there.has(line)).map((line) => `- ${line}`),
    ...now.filter((line) => !known.has(line)).map((line) => `+ ${line}`),
  ];
  throw new Failure(
    `The types differ from pkg-template/api-report.md. If that is meant: npm run api -- --accept\n\n${changes.slice(0, 40).join('\n')}`,
  );
}

await main(import.meta.url, async () => {
  const { values } = parseArgs({ options: { accept: { type: 'boolean' } } });
  if (!values.accept) {
    await checkReport();
    return console.log('pkg-template/api-report.md is what the types say.');
  }
  const { apiReport } = await import('./docs/api/report.mjs');
  await writeFile(reportFile, await apiReport());
  console.log('pkg-template/api-report.md is written: review its difference.');
});
