import { wholeNumber } from './arguments.mjs';
import { parseFaults } from './faults-text.mjs';
import { told } from './language.mjs';
import { UsageError } from './problems.mjs';
import { parseResponse } from './response-text.mjs';
import { runSandbox } from './run-sandbox.mjs';

const MERCHANTS = ['public-key', 'certificates', 'migrating'];
const ADDRESSES = ['127.0.0.1', '0.0.0.0'];

export const sandboxCommand = {
  name: 'sandbox',
  get summary() {
    return told('summary.sandbox');
  },
  get help() {
    return told('help.sandbox', {
      response: told('help.response').replaceAll(/^/gm, ' '.repeat(18)),
    });
  },
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
    if (state === '') throw new UsageError(told('needs-path', { option: '--state' }));
    if (envFile === '') throw new UsageError(told('needs-path', { option: '--write-env' }));
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
  throw new UsageError(told('one-of', { name, values: values.join(', ') }));
}

function parseHost(text) {
  if (/^(?:\[[\da-f:.]+\]|[^\s:/?#@[\],]+)(?::\d{1,5})?$/i.test(text)) return text;
  throw new UsageError(told('host-name'));
}
