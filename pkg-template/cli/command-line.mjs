import { parseArgs } from 'node:util';

export const HELP = `wechatpay-wasm sandbox [--port N] [--allow-host HOST]… [--state PATH]
                       [--write-env PATH] [--] [command args…]

Starts a local WeChat Pay on 127.0.0.1 and runs the command. The sandbox checks calls as WeChat Pay
does. The command's environment configures its client for the sandbox: WECHATPAY_MCHID,
WECHATPAY_SERIAL, WECHATPAY_CERT, WECHATPAY_PRIVATE_KEY, WECHATPAY_PUBLIC_KEY_ID,
WECHATPAY_PUBLIC_KEY, WECHATPAY_APIV3_KEY and WECHATPAY_BASE_URL. When the command ends, the sandbox
ends with the same exit code. Without a command it prints these variables as a dotenv file and runs until Ctrl+C.

It prints one line to stderr for every request, and one for every notification that it sent. It
makes new keys at every start; they are useless afterwards, unless --state keeps them.

Options:
  --port N          the port to listen on (default: a free port)
  --allow-host HOST answers calls to this host name, too, with or without a port: a program in a
                    container calls host.docker.internal. It also answers pages of this host. May
                    be given several times.
  --state PATH      keeps orders, refunds, transfers, contracts and keys in this file, readable only
                    by its owner: the next sandbox with it goes on where this one ended. Only one
                    sandbox may use it at a time.
  --write-env PATH  writes the variables to this dotenv file, readable only by its owner, and
                    removes it at the end. Without a command, the variables are then not printed.
                    The file must not exist, unless a killed sandbox left it behind.
  --help            shows this text

Examples:
  wechatpay-wasm sandbox npm test
  wechatpay-wasm sandbox --port 8080 -- node --test
  wechatpay-wasm sandbox --write-env .dev.vars npx wrangler dev
`;

const OPTIONS = {
  port: { type: 'string' },
  'allow-host': { type: 'string', multiple: true },
  state: { type: 'string' },
  // Not --env-file: Node.js also finds that option after the script's name, and exits before the
  // script runs if the file does not exist yet (nodejs/node#54232).
  'write-env': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
};

/** The arguments are wrong. */
export class UsageError extends Error {}

/**
 * Parses the arguments. The command begins at the first argument that is neither an option nor the
 * value of one. All arguments from there on belong to the command.
 *
 * @param {string[]} args
 * @returns {{ help: true } | {
 *   help: false, port: number | undefined, allowedHosts: string[], state: string | undefined,
 *   envFile: string | undefined, command: string[] }}
 */
export function parseCommandLine(args) {
  const [name, ...rest] = args;
  if (name === '--help' || name === '-h') return { help: true };
  if (name === undefined)
    throw new UsageError('The command is missing: use `wechatpay-wasm sandbox`.');
  if (name !== 'sandbox')
    throw new UsageError(`Unknown command "${name}": use \`wechatpay-wasm sandbox\`.`);

  const [ours, command] = splitAtCommand(rest);
  const { port, 'allow-host': hosts = [], 'write-env': envFile, state, help } = parseOptions(ours);
  if (help) return { help: true };
  if (state === '') throw new UsageError('--state needs a path.');
  if (envFile === '') throw new UsageError('--write-env needs a path.');
  return {
    help: false,
    port: port === undefined ? undefined : parsePort(port),
    allowedHosts: hosts.map(parseHost),
    state,
    envFile,
    command,
  };
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
    // Node's message names the option and says what is wrong.
    throw new UsageError(message);
  }
}

function parseHost(text) {
  if (/^(?:\[[\da-f:.]+\]|[^\s:/?#@[\],]+)(?::\d{1,5})?$/i.test(text)) return text;
  throw new UsageError('--allow-host must be a host name, with or without a port.');
}

function parsePort(text) {
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new UsageError('--port must be a whole number from 1 to 65535.');
}
