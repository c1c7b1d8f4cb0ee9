// The client signs requests that it makes. A string of somebody else's is signed with node:crypto (host-keys.mjs).

import { randomBytes, sign } from 'node:crypto';
import { parseAuthorization } from '../sandbox/authorization.mjs';
import { requestMessage } from '../sandbox/signature.mjs';
import { readCaptured } from './captured.mjs';
import { CREDENTIAL_OPTIONS, optionsOf, readCredentials } from './credentials.mjs';
import { givenBytes, requireArguments } from './given-text.mjs';
import { privateKeyOf } from './host-keys.mjs';
import { told } from './language.mjs';
import { UsageError } from './problems.mjs';
import { print } from './result.mjs';

export const signCommand = {
  name: 'sign',
  get summary() {
    return told('summary.sign');
  },
  get help() {
    return told('help.sign', { credentials: told('help.credentials') });
  },
  options: {
    timestamp: { type: 'string' },
    nonce: { type: 'string' },
    ...CREDENTIAL_OPTIONS,
  },
  async run({ values, positionals }) {
    requireArguments(positionals, 1);
    const bytes = givenBytes('MESSAGE', positionals[0]);
    if (!/^\d+$/.test(values.timestamp ?? '0')) throw new UsageError(told('timestamp-form'));
    const { privateKey } = optionsOf(readCredentials(values).env);
    const key = privateKeyOf(privateKey);
    const { message, ...fields } = ofRequest(bytes, values) ?? { message: bytes };
    const signature = sign('RSA-SHA256', message, key).toString('base64');
    print({ signature, message: message.toString(), ...fields });
    return 0;
  },
};

/** The string of a whole request, with the time and the nonce that it has, or new ones. */
function ofRequest(bytes, { timestamp, nonce }) {
  const call = readCaptured(bytes);
  if (call === undefined) {
    if (timestamp ?? nonce) throw new UsageError(told('request-options'));
    return undefined;
  }
  if (call.kind !== 'request') throw new UsageError(told('not-by-merchant'));
  const { authorization } = call.headers;
  const { fields } = authorization === undefined ? {} : parseAuthorization([authorization]);
  const used = {
    timestamp: timestamp ?? fields?.timestamp ?? String(Math.floor(Date.now() / 1000)),
    nonce_str: nonce ?? fields?.nonce_str ?? randomBytes(16).toString('hex').toUpperCase(),
  };
  return { message: requestMessage(call, used), ...used };
}
