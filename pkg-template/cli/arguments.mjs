import { parseArgs } from 'node:util';
import { chooseLanguage, told } from './language.mjs';
import { hintAt } from './nearest.mjs';
import { UsageError } from './problems.mjs';

/**
 * Parses the arguments of one command by its options.
 *
 * Where the command runs another one (`runsCommand`), that begins at the first argument that is neither an
 * option nor the value of one. All arguments from there on belong to it.
 *
 * @param {{ options: object, runsCommand?: boolean }} command
 * @param {string[]} args
 * @returns {{ values: Record<string, any>, positionals: string[] }}
 * @throws {UsageError}
 */
export function parseArguments({ options, runsCommand = false }, args) {
  const all = { ...options, lang: { type: 'string' }, help: { type: 'boolean', short: 'h' } };
  const [ours, rest] = runsCommand ? splitAtCommand(args, all) : [args, undefined];
  try {
    const allowPositionals = rest === undefined;
    const { values, positionals } = parseArgs({ args: ours, options: all, allowPositionals });
    // That of a command which runs another one: of all others it is taken out before.
    if (values.lang !== undefined) chooseLanguage(['--lang', values.lang]);
    return { values, positionals: rest ?? positionals };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const { code, message } = error;
    // Node's message names the option and says what is wrong.
    const [, unknown] = message.match(/^Unknown option '--([^']*)'/) ?? [];
    if (code !== 'ERR_PARSE_ARGS_UNKNOWN_OPTION' || unknown === undefined) {
      throw new UsageError(wrongValue(code, message) ?? message);
    }
    const names = Object.keys(all).map((name) => `--${name}`);
    const hint = hintAt(`--${unknown}`, names);
    throw new UsageError(`${told('unknown-option', { name: unknown })}${hint}`);
  }
}

/** What Node says of an option's value, which names the option first. */
function wrongValue(code, message) {
  const [, name] = message.match(/^Option '(?:-\w, )?(--[\w-]+)/) ?? [];
  if (code !== 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE' || name === undefined) return undefined;
  const isNone = message.includes('does not take an argument');
  return told(isNone ? 'takes-no-value' : 'needs-value', { name });
}

function splitAtCommand(args, options) {
  const { tokens } = parseArgs({
    args,
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const end = tokens.find(({ kind }) => kind !== 'option');
  if (end === undefined) return [args, []];
  const start = end.kind === 'option-terminator' ? end.index + 1 : end.index;
  return [args.slice(0, end.index), args.slice(start)];
}

/**
 * A whole number.
 *
 * @param {string} name the option, with its dashes
 * @param {string} text
 * @param {number} least
 * @param {number} most
 */
export function wholeNumber(name, text, least, most) {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= least && number <= most) return number;
  throw new UsageError(told('whole-number', { name, least, most }));
}

/**
 * A URL of http or https.
 *
 * @param {string} name the option, with its dashes
 * @param {string} text
 */
export function webUrl(name, text) {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw new UsageError(told('web-url', { name }));
}
