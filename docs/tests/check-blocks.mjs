// Compiles, runs or parses the code blocks of pages: `node docs/tests/check-blocks.mjs [page…]`, by default of all
// pages. Each failure names its file and line.

import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { Failure, main, root } from '../../scripts/run.mjs';
import { docs } from '../../scripts/setup.mjs';
import { allPages, blocksOf, placeOf } from './code-blocks.mjs';

const RUN = ['js', 'sh'];
const UNCHECKED = ['txt'];

/**
 * Checks the blocks of these pages.
 *
 * @param {string[]} pages their paths from the top
 * @returns {Promise<{ page: string, label: string, problem: string | undefined }[]>} a result for each check
 */
export async function checkPages(pages) {
  await docs();
  // Not at the top: what they import may not be installed yet.
  const { checkTypes, isTyped } = await import('./type-check.mjs');
  const { runUnits, unitsOf } = await import('./run-blocks.mjs');
  const all = (await Promise.all(pages.map(blocksOf))).map((blocks, i) => ({
    page: pages[i],
    blocks,
  }));

  const results = [];
  const report = (block, what, problem) =>
    results.push({ page: block.page, label: `${placeOf(block)} ${what}`, problem });

  const typed = all.flatMap(({ blocks }) => blocks.filter((each) => isTyped(each) && !each.isRun));
  const types = checkTypes(typed).then((errors) => {
    for (const block of typed) report(block, block.language, errors.get(block));
  });
  for (const { page, blocks } of all) {
    for (const block of blocks.filter((each) => !isTyped(each) || each.isRun)) {
      const problem = await staticProblem(block);
      if (!block.isRun || problem !== undefined) report(block, block.language, problem);
    }
    const units = unitsOf(blocks.filter(({ language }) => RUN.includes(language)));
    const language = /^docs\/zh\/|\.zh-CN\.md$/.test(page) ? 'zh' : 'en';
    const failed = await runUnits(units, { language });
    for (const unit of units) report(unit.blocks[0], `${unit.kind} run`, failed.get(unit));
  }
  await types;
  for (const page of pages) {
    const other = page.replace(/^docs\/zh\//, 'docs/en/').replace(/\.zh-CN\.md$/, '.md');
    if (other === page || !existsSync(join(root, other))) continue;
    const { differences } = await import('./same-blocks.mjs');
    const problems = differences(await blocksOf(other), await blocksOf(page));
    const problem = problems.length > 0 ? problems.join('\n') : undefined;
    results.push({ page, label: `${page} has the blocks of ${other}`, problem });
  }
  return results;
}

/** What can be said of a block that is not run, or before it is. */
async function staticProblem({ isRun, language, ...block }) {
  const { parsers } = await import('./parsers.mjs');
  const { checkShell } = await import('./shell.mjs');
  if (isRun && !RUN.includes(language)) {
    return `${placeOf(block)}: only ${RUN.join(' and ')} can be run, not ${language || 'a block without a language'}`;
  }
  if (isRun && language === 'js') return undefined;
  if (UNCHECKED.includes(language)) return undefined;
  const parse = language === 'sh' ? checkShell : parsers[language];
  if (parse === undefined) {
    const known = ['js', 'ts', 'sh', ...Object.keys(parsers), ...UNCHECKED].join(', ');
    return `${placeOf(block)}: ${language || 'a block without a language'} is none of ${known}`;
  }
  const found = problemsOf(parse, block.code);
  if (found.length === 0) return undefined;
  return found.map(({ line = 1, problem }) => `${placeOf(block, line)}: ${problem}`).join('\n');
}

function problemsOf(parse, code) {
  try {
    return parse(code) ?? [];
  } catch (error) {
    return [{ line: error.line, problem: error.message }];
  }
}

await main(import.meta.url, async () => {
  const given = process.argv
    .slice(2)
    .map((path) => relative(root, resolve(path)).replaceAll('\\', '/'));
  const pages = given.length > 0 ? given : await allPages();
  const results = await checkPages(pages);
  const failed = results.filter(({ problem }) => problem !== undefined);
  for (const { problem } of failed) console.error(`${problem}\n`);
  console.log(`${results.length - failed.length} passed, ${failed.length} failed`);
  if (failed.length > 0) throw new Failure('Some code blocks are not true.');
});
