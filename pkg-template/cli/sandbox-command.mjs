import { wholeNumber } from './arguments.mjs';
import { parseFaults } from './faults-text.mjs';
import { told } from './language.mjs';
import { UsageError } from './problems.mjs';
import { parseResponse, RESPONSE_HELP } from './response-text.mjs';
import { runSandbox } from './run-sandbox.mjs';

const MERCHANTS = ['public-key', 'certificates', 'migrating'];
const ADDRESSES = ['127.0.0.1', '0.0.0.0'];

const help = `wechatpay-wasm sandbox [options] [--] [command args…]

Starts a local WeChat Pay on 127.0.0.1 and runs the command. The sandbox checks calls as WeChat Pay
does. The command's environment configures its client for the sandbox: WECHATPAY_MCHID,
WECHATPAY_SERIAL, WECHATPAY_CERT, WECHATPAY_PRIVATE_KEY, WECHATPAY_PUBLIC_KEY_ID,
WECHATPAY_PUBLIC_KEY, WECHATPAY_APIV3_KEY and WECHATPAY_BASE_URL. When the command ends, the sandbox
ends with the same exit code. Without a command it prints these variables as a dotenv file and runs
until Ctrl+C. It also ends with the process that started it.

It prints one line to stderr for every request, and one for every notification that it sent.

Options:
  --port N          the port to listen on (default: a free port)
  --merchant KIND   what the merchant verifies signatures with: public-key (default), certificates,
                    or migrating, which has both. With certificates, WECHATPAY_CERTS=auto takes the
                    place of the public key: the client downloads the certificates.
  --strict          refuses fields and values that WeChat Pay does not document
  --faults FAULTS   of the next calls, such as 'delay=200, tamper, times=2': drop, delay, tamper,
                    stale, unsigned, probe, status, code
  --respond TEXT    chooses the response to a path; may be given several times:
${RESPONSE_HELP.replaceAll(/^/gm, '                  ')}
  --state PATH      keeps orders, refunds, transfers, contracts and keys in this file, readable only
                    by its owner: the next sandbox with it goes on where this one ended. Only one
                    sandbox may use it at a time.
  --write-env PATH  writes the variables to this dotenv file, readable only by its owner, and
                    removes it at the end. Without a command, the variables are then not printed.
                    The file must not exist, unless a killed sandbox left it behind.
  --allow-host HOST answers calls to this host name, too, with or without a port: a program in a
                    container calls host.docker.internal. It also answers pages of this host. May
                    be given several times.
  --bind ADDRESS    where to listen: 127.0.0.1 (default), or 0.0.0.0 in a container. Others then
                    reach the sandbox from outside, under the names of --allow-host.
  --stay            goes on when the process that started it has ended
  --help            shows this text

The sandbox keeps its RSA keys for the next start, in the cache folder of its user, readable only by
that user. WECHATPAY_SANDBOX_KEYS names another folder, and no folder if it is empty.

Examples:
  wechatpay-wasm sandbox npm test
  wechatpay-wasm sandbox --port 8080 -- node --test
  wechatpay-wasm sandbox --write-env .dev.vars npx wrangler dev
  wechatpay-wasm sandbox --respond 'POST /v3/refund/domestic/refunds NOT_ENOUGH times=1' npm test
`;

export const sandboxCommand = {
  name: 'sandbox',
  get summary() {
    return told('summary.sandbox');
  },
  help,
  runsCommand: true,
  options: {
    port: { type: 'string' },
    merchant: { type: 'string' },
    strict: { type: 'boolean' },
    faults: { type: 'string' },
    respond: { type: 'string', multiple: true },
    state: { type: 'string' },
    // Not --env-file: Node.js also finds that option after the script's name, and exits before the
    // script runs if the file does not exist yet (nodejs/node#54232).
    'write-env': { type: 'string' },
    'allow-host': { type: 'string', multiple: true },
    bind: { type: 'string' },
    stay: { type: 'boolean' },
  },
  async run({ values, positionals: command }) {
    const { port, merchant, strict, faults, respond = [], state, bind, stay = false } = values;
    const { 'allow-host': hosts = [], 'write-env': envFile } = values;
    if (state === '') throw new UsageError('--state needs a path.');
    if (envFile === '') throw new UsageError('--write-env needs a path.');
    requireOneOf('--merchant', merchant, MERCHANTS);
    requireOneOf('--bind', bind, ADDRESSES);
    const options = {
      port: port === undefined ? undefined : wholeNumber('--port', port, 1, 65_535),
      merchant,
      strict,
      faults: faults === undefined ? undefined : parseFaults(faults),
      state,
      address: bind,
      allowedHosts: hosts.map(parseHost),
    };
    return runSandbox({ options, responses: respond.map(parseResponse), envFile, stay, command });
  },
};

function requireOneOf(name, given, values) {
  if (given === undefined || values.includes(given)) return;
  throw new UsageError(`${name} must be one of ${values.join(', ')}.`);
}

function parseHost(text) {
  if (/^(?:\[[\da-f:.]+\]|[^\s:/?#@[\],]+)(?::\d{1,5})?$/i.test(text)) return text;
  throw new UsageError('--allow-host must be a host name, with or without a port.');
}
