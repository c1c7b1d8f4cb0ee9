// Blocks of shell: their syntax, and every call of the package's own command.

import { spawnSync } from 'node:child_process';
import { commandFile } from './installed.mjs';

/** `{ line, problem }` of what is wrong, with the line from 1. */
export function checkShell(code) {
  const { status, stderr } = spawnSync('bash', ['-n'], { input: code, encoding: 'utf8' });
  if (status !== 0) {
    const [, line, problem] = /line (\d+): (.*)/.exec(stderr) ?? [stderr, 1, stderr];
    return [{ line: Number(line), problem }];
  }
  return callsIn(code).flatMap(({ line, words }) => {
    const problem = problemOf(words);
    return problem === undefined ? [] : [{ line, problem }];
  });
}

/** The words after `wechatpay-wasm` of each call. */
function callsIn(code) {
  const calls = [];
  const lines = code.split('\n');
  for (let i = 0; i < lines.length; i += 1) {
    const line = i + 1;
    let text = lines[i];
    while (text.endsWith('\\') && i + 1 < lines.length) {
      i += 1;
      text = `${text.slice(0, -1)} ${lines[i]}`;
    }
    for (const words of commandsOf(text)) {
      const at = words.findIndex((word) => /^(.*\/)?wechatpay-wasm(@[\w.^~-]+)?$/.test(word));
      if (at < 0 || !isProgram(words.slice(0, at))) continue;
      calls.push({ line, words: words.slice(at + 1) });
    }
  }
  return calls;
}

/** Whether the next word is a program, and no package that something installs or removes. */
function isProgram(before) {
  const last = before.filter((word) => !/^-|=/.test(word)).at(-1);
  return last === undefined || /^(npx|bunx|exec|dlx|x|sudo|env|time|yarn|pnpm|run|--)$/.test(last);
}

/** A line's commands, each as its words. Quotes are taken off. */
function commandsOf(text) {
  const commands = [[]];
  const token = /\s+|#.*$|&&|\|\||[|;&()]|(?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|[^\s'"|;&()\\])+/gy;
  for (const [found] of text.matchAll(token)) {
    if (/^\s|^#/.test(found)) continue;
    if (/^(&&|\|\||[|;&()])$/.test(found)) commands.push([]);
    else commands.at(-1).push(found.replaceAll(/'([^']*)'|"((?:\\.|[^"\\])*)"/g, '$1$2'));
  }
  return commands.filter((words) => words.length > 0);
}

const helps = new Map();

function helpOf(...args) {
  const key = args.join(' ');
  if (!helps.has(key)) {
    const { status, stdout } = spawnSync(process.execPath, [commandFile, ...args, '--help'], {
      encoding: 'utf8',
      env: { ...process.env, WECHATPAY_LOCALE: 'en' },
    });
    helps.set(key, status === 0 ? stdout : undefined);
  }
  return helps.get(key);
}

function problemOf([name, ...rest]) {
  if (name === undefined || /^--(help|version|lang)$/.test(name)) return undefined;
  const isKnown = new RegExp(`^ {2}${name.replaceAll(/\W/g, '\\$&')} {2,}`, 'm').test(helpOf());
  if (!isKnown) return `wechatpay-wasm has no command ${name}`;
  const help = helpOf(name);
  for (let i = 0; i < rest.length; i += 1) {
    const word = rest[i];
    if (word === '--') break;
    if (!word.startsWith('-')) {
      // After its own options it runs a command with others.
      if (name === 'sandbox') break;
      continue;
    }
    const [option, value] = word.split('=');
    const found = new RegExp(`(?<![\\w-])${option}(?![\\w-])( [A-Z])?`).exec(help);
    if (found === null && option !== '--lang')
      return `wechatpay-wasm ${name} has no option ${option}`;
    const takesValue = option === '--lang' || found?.[1] !== undefined;
    if (takesValue && value === undefined) i += 1;
  }
  return undefined;
}
