// What somebody does who follows a README word by word: the files that it shows and names, and the commands that it
// has run, in their order.

import { blocksIn } from '../../docs/tests/code-blocks.mjs';

const SAVED = /(?:Save this as|保存为)\s+`([\w-]+\.[cm]js)`/;
const COMMAND = /`(node [\w-]+\.[cm]js|npx wechatpay-wasm env)`/g;
const ELSEWHERE = /another terminal|另一个终端/;

/**
 * @typedef {{ save: string, code: string } | { run: string, stays: boolean }} Step `stays` is a command that goes
 * on while the next one is run, in another terminal
 */

/**
 * @param {string} name of the page
 * @param {string} text
 * @returns {Step[]}
 */
export function stepsOf(name, text) {
  const lines = text.split('\n');
  const steps = [];
  let end = 0;
  for (const { language, line, code } of blocksIn(name, text)) {
    const prose = lines.slice(end, line - 1).join('\n');
    end = line + code.split('\n').length + 1;
    const [, file] = SAVED.exec(prose) ?? [];
    if (file !== undefined) steps.push({ save: file, code });
    for (const [, run] of prose.matchAll(COMMAND)) steps.push({ run, stays: false });
    if (language !== 'sh') continue;
    const before = steps.at(-1);
    if (ELSEWHERE.test(prose) && before?.run) before.stays = true;
    steps.push({ run: code, stays: false });
  }
  return steps;
}
