import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parseArguments } from './arguments.mjs';
import { COMMANDS } from './commands.mjs';
import { parseDotenv } from './dotenv-file.mjs';
import { chooseLanguage, chooseLanguageOf, told } from './language.mjs';
import { hintAt } from './nearest.mjs';
import { Failure, UsageError } from './problems.mjs';
import { print } from './result.mjs';
import { goOnUnread } from './talk.mjs';

/**
 * Runs what the arguments ask for. Results go to stdout, all other talk to stderr.
 *
 * @param {string[]} args
 * @returns {Promise<number>} the exit code
 */
export async function runCommandLine(args) {
  goOnUnread();
  let command;
  try {
    const [name, ...rest] = ofCommand(args);
    if (name === '--help' || name === '-h') return tell(help());
    if (name === '--version' || name === '-v') return tell(`${version()}\n`);
    if (name === 'help') return tell(rest.length === 0 ? help() : find(rest[0]).help);
    command = find(name);
    const given = parseArguments(command, rest);
    return given.values.help ? tell(command.help) : await command.run(given);
  } catch (error) {
    if (error instanceof UsageError) {
      const called = ['wechatpay-wasm', ...(command ? [command.name] : []), '--help'].join(' ');
      process.stderr.write(`${error.message}\n${told('shows-how', { called })}\n`);
      return 2;
    }
    if (!(error instanceof Failure)) throw error;
    process.stderr.write(`${error.message}\n`);
    if (error.result !== undefined) print(error.result);
    return error.exitCode;
  }
}

/** What the command itself gets: what `sandbox` runs may have a --lang of its own. */
function ofCommand(args) {
  const runs = args.findIndex((name) =>
    COMMANDS.some((each) => each.name === name && each.runsCommand),
  );
  if (runs < 0) {
    chooseLanguageOf(fileOf(args), true);
    return chooseLanguage(args);
  }
  // The command that runs has an environment of its own.
  chooseLanguageOf(fileOf([]), false);
  return [...chooseLanguage(args.slice(0, runs)), ...args.slice(runs)];
}

/** The variables of the file that has the credentials; none if it cannot be read, which is said later. */
function fileOf(args) {
  const at = args.findIndex((each) => /^--env(?:=|$)/.test(each));
  const path = at < 0 ? '.env' : (args[at].split('=')[1] ?? args[at + 1]);
  try {
    return parseDotenv(readFileSync(path, 'utf8'));
  } catch {
    return {};
  }
}

function help() {
  const width = Math.max(...COMMANDS.map(({ name }) => name.length)) + 2;
  const commands = COMMANDS.map(({ name, summary }) => `  ${name.padEnd(width)}${summary}`);
  return told('help.main', { commands: commands.join('\n') });
}

function tell(text) {
  process.stdout.write(text);
  return 0;
}

function version() {
  return createRequire(import.meta.url)('../package.json').version;
}

function find(name) {
  if (name === undefined) {
    throw new UsageError(told('command-missing'));
  }
  // A method is written GET, too.
  const command = COMMANDS.find(
    (each) =>
      each.name === (/^(?:GET|POST|PUT|PATCH|DELETE)$/.test(name) ? name.toLowerCase() : name),
  );
  if (command !== undefined) return command;
  const hint = hintAt(
    name,
    COMMANDS.map((each) => each.name),
  );
  throw new UsageError(`${told('unknown-command', { name })}${hint}`);
}
