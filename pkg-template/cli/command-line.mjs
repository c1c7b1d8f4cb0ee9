import { createRequire } from 'node:module';
import { parseArguments } from './arguments.mjs';
import { COMMANDS } from './commands.mjs';
import { hintAt } from './nearest.mjs';
import { Failure, UsageError } from './problems.mjs';

const width = Math.max(...COMMANDS.map(({ name }) => name.length)) + 2;

const HELP = `wechatpay-wasm COMMAND [options]

${COMMANDS.map(({ name, summary }) => `  ${name.padEnd(width)}${summary}`).join('\n')}

  wechatpay-wasm COMMAND --help   says how a command is called, with examples
  wechatpay-wasm --version        prints the version of the package

Exit codes: 0 done, 1 failed, 2 called in a wrong way. \`sandbox\` ends as the command that it runs.
`;

/**
 * Runs what the arguments ask for. Results go to stdout, all other talk to stderr.
 *
 * @param {string[]} args
 * @returns {Promise<number>} the exit code
 */
export async function runCommandLine(args) {
  let command;
  try {
    const [name, ...rest] = args;
    if (name === '--help' || name === '-h') return tell(HELP);
    if (name === '--version' || name === '-v') return tell(`${version()}\n`);
    if (name === 'help') return tell(rest.length === 0 ? HELP : find(rest[0]).help);
    command = find(name);
    const given = parseArguments(command, rest);
    return given.values.help ? tell(command.help) : await command.run(given);
  } catch (error) {
    if (error instanceof UsageError) {
      const called = ['wechatpay-wasm', ...(command ? [command.name] : []), '--help'].join(' ');
      process.stderr.write(`${error.message}\n\`${called}\` shows how it is called.\n`);
      return 2;
    }
    if (!(error instanceof Failure)) throw error;
    process.stderr.write(`${error.message}\n`);
    return error.exitCode;
  }
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
    throw new UsageError('The command is missing, such as `wechatpay-wasm sandbox`.');
  }
  const command = COMMANDS.find((each) => each.name === name);
  if (command !== undefined) return command;
  const hint = hintAt(
    name,
    COMMANDS.map((each) => each.name),
  );
  throw new UsageError(`Unknown command "${name}"${hint}`);
}
