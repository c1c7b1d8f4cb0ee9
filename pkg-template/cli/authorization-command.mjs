// The client makes the request and signs it. It is given a `fetch` that sends nothing, and keeps what it is given.

import { parseAuthorization } from '../sandbox/authorization.mjs';
import { requestMessage } from '../sandbox/signature.mjs';
import { offline } from './client.mjs';
import { CREDENTIAL_OPTIONS } from './credentials.mjs';
import { givenJson, namedValues, requireArguments } from './given-text.mjs';
import { told } from './language.mjs';
import { UsageError } from './problems.mjs';
import { print } from './result.mjs';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

export const authorizationCommand = {
  name: 'authorization',
  get summary() {
    return told('summary.authorization');
  },
  get help() {
    return told('help.authorization', { credentials: told('help.credentials') });
  },
  options: {
    json: { type: 'string' },
    query: { type: 'string', multiple: true },
    ...CREDENTIAL_OPTIONS,
  },
  async run({ values, positionals }) {
    requireArguments(positionals, 2);
    const [method, path] = positionals;
    if (!METHODS.includes(method.toUpperCase())) {
      throw new UsageError(told('method', { names: METHODS.join(', ') }));
    }
    const { json, query = [] } = values;
    const options = {
      ...(json !== undefined && { json: givenJson('--json', json) }),
      query: namedValues('--query', query),
    };
    const { url, init } = await offline(values, ({ open }) =>
      signedRequest(open, (wxpay) => wxpay.chain(path)[method.toLowerCase()](options)),
    );
    const { Authorization: authorization } = init.headers;
    const body = Buffer.from(init.body ?? '');
    const { pathname, search } = new URL(url);
    const call = { method: init.method, url: `${pathname}${search}`, body };
    const { fields } = parseAuthorization([authorization]);
    const message = requestMessage(call, fields).toString();
    print({ authorization, message, url, body: body.toString() });
    return 0;
  },
};

/**
 * The request that a call would send.
 *
 * @param {(more: object) => any} open
 * @param {(wxpay: any) => Promise<unknown>} call
 * @returns {Promise<{ url: string, init: any }>}
 * @throws what the call rejects with where it sends nothing
 */
export async function signedRequest(open, call) {
  let sent;
  const fetch = async (url, init) => {
    sent = { url: String(url), init };
    throw new Error('this command is offline');
  };
  try {
    await call(open({ fetch, maxRetries: 0 }));
  } catch (error) {
    if (sent === undefined) throw error;
  }
  return sent;
}
