// Every code block of both READMEs and of both languages of the site is compiled, run or parsed.
import { describe, test } from 'node:test';
import { checkPages } from './check-blocks.mjs';
import { allPages } from './code-blocks.mjs';

const results = await checkPages(await allPages());
for (const [page, checks] of grouped(results)) {
  describe(page, () => {
    for (const { label, problem } of checks) {
      test(label, () => {
        if (problem !== undefined) throw new Error(problem);
      });
    }
  });
}

// Node 20 has no Map.groupBy.
function grouped(results) {
  const groups = new Map();
  for (const each of results) groups.set(each.page, [...(groups.get(each.page) ?? []), each]);
  return groups;
}
