import { withClient } from './client.mjs';
import { CREDENTIAL_OPTIONS } from './credentials.mjs';
import { ExactJson } from './exact-json.mjs';
import { givenJson, namedValues, requireArguments } from './given-text.mjs';
import { told } from './language.mjs';
import { print } from './result.mjs';
import { printable, say } from './talk.mjs';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/** A command for each method of HTTP, which calls any path by the client's chain. */
export const callCommands = METHODS.map((method) => ({
  name: method,
  get summary() {
    return told('summary.call', { METHOD: method.toUpperCase() });
  },
  get help() {
    const example = told(method === 'get' ? 'example.get' : 'example.call', { name: method });
    const values = { name: method, METHOD: method.toUpperCase(), example };
    return told('help.call', { ...values, credentials: told('help.credentials') });
  },
  options: {
    json: { type: 'string' },
    query: { type: 'string', multiple: true },
    header: { type: 'string', multiple: true },
    encrypt: { type: 'string', multiple: true },
    include: { type: 'boolean', short: 'i' },
    ...CREDENTIAL_OPTIONS,
  },
  async run({ values, positionals }) {
    requireArguments(positionals, 1);
    const { json, query = [], header = [], encrypt } = values;
    const options = {
      ...(json !== undefined && { json: givenJson('--json', json) }),
      query: namedValues('--query', query),
      headers: namedValues('--header', header),
      ...(encrypt && { encrypt }),
    };
    const response = await withClient(values, (wxpay) =>
      wxpay.chain(positionals[0])[method](options),
    );
    tell(response);
    if (values.include) {
      const { status, headers, requestId, text } = response;
      // `verify` reads the body; `data` is the same to whoever reads JSON.
      const data = text ? { data: new ExactJson(text) } : {};
      print({ status, requestId, headers, body: text, ...data });
    } else {
      // The text that was verified: its integers may be larger than JavaScript's.
      process.stdout.write(`${response.text || 'null'}\n`);
    }
    return 0;
  },
}));

function tell({ status, requestId }) {
  say(printable(requestId === undefined ? `${status}` : `${status} Request-ID ${requestId}`));
}
