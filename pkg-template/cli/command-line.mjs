import { parseArgs } from 'node:util';

export const HELP = `wechatpay-wasm sandbox [--port N] [--write-env PATH] [--] [command args…]

Starts a WeChat Pay of your own on 127.0.0.1, which checks calls as WeChat Pay does, and runs the
command with what opens a client to it in its environment: WECHATPAY_MCHID, WECHATPAY_SERIAL,
WECHATPAY_PRIVATE_KEY, WECHATPAY_PUBLIC_KEY_ID, WECHATPAY_PUBLIC_KEY, WECHATPAY_APIV3_KEY and
WECHATPAY_BASE_URL. It ends with the command, and with the command's exit code. Without a command it
prints those variables as a dotenv file and stays until Ctrl+C.

Every request that it checked is one line on stderr. The keys are made at its start and are worth
nothing afterwards.

  --port N          the port to listen on; a free one where it is left out
  --write-env PATH  writes the variables to this dotenv file, for its owner alone, and removes it at
                    the end; without a command, in place of printing them. A file that it did not
                    write is not overwritten.
  --help            shows this

  wechatpay-wasm sandbox npm test
  wechatpay-wasm sandbox --port 8080 -- node --test
  wechatpay-wasm sandbox --write-env .dev.vars npx wrangler dev
`;

const OPTIONS = {
  port: { type: 'string' },
  // Not --env-file: Node.js looks for that one behind the script's name as well, and ends before the
  // script runs where the file is not there yet (nodejs/node#54232).
  'write-env': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
};

/** The command was called in a way that it does not have. */
export class UsageError extends Error {}

/**
 * Parses the arguments. The first one that is neither an option nor an option's value begins the
 * command; from there on nothing is ours.
 *
 * @param {string[]} args
 * @returns {{ help: true } | {
 *   help: false, port: number | undefined, envFile: string | undefined, command: string[] }}
 */
export function parseCommandLine(args) {
  const [name, ...rest] = args;
  if (name === '--help' || name === '-h') return { help: true };
  if (name === undefined) throw new UsageError('What to do is missing: `wechatpay-wasm sandbox`.');
  if (name !== 'sandbox') throw new UsageError(`There is no "${name}": it knows sandbox.`);

  const [ours, command] = splitAtCommand(rest);
  const { port, 'write-env': envFile, help } = parseOptions(ours);
  if (help) return { help: true };
  if (envFile === '') throw new UsageError('--write-env needs a path.');
  return { help: false, port: port === undefined ? undefined : parsePort(port), envFile, command };
}

function splitAtCommand(args) {
  const { tokens } = parseArgs({
    args,
    options: OPTIONS,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const end = tokens.find(({ kind }) => kind !== 'option');
  if (end === undefined) return [args, []];
  const start = end.kind === 'option-terminator' ? end.index + 1 : end.index;
  return [args.slice(0, end.index), args.slice(start)];
}

function parseOptions(args) {
  try {
    return parseArgs({ args, options: OPTIONS }).values;
  } catch ({ message }) {
    // Node's words name the option and say what it takes.
    throw new UsageError(message);
  }
}

function parsePort(text) {
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new UsageError('--port must be a whole number from 1 to 65535.');
}
