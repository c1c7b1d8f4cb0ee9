// A field is decrypted by the client. What the APIv3 key encrypts, it decrypts only once the signature around it
// is verified; without it, node:crypto does (decrypted-resource.mjs).

import { readCaptured } from './captured.mjs';
import { offline } from './client.mjs';
import { CREDENTIAL_OPTIONS } from './credentials.mjs';
import { apiv3KeyOf, decryptedResource } from './decrypted-resource.mjs';
import { errorLine } from './error-line.mjs';
import { ExactJson } from './exact-json.mjs';
import { givenBytes, requireArguments } from './given-text.mjs';
import { told } from './language.mjs';
import { Failure, UsageError } from './problems.mjs';
import { print } from './result.mjs';
import { say } from './talk.mjs';

export const decryptCommand = {
  name: 'decrypt',
  get summary() {
    return told('summary.decrypt');
  },
  get help() {
    return told('help.decrypt', { credentials: told('help.credentials') });
  },
  options: CREDENTIAL_OPTIONS,
  async run({ values, positionals }) {
    requireArguments(positionals, 1);
    const given = givenBytes('CIPHERTEXT', positionals[0]);
    const found = encryptedIn(parsed(readCaptured(given)?.body ?? given));
    if (found.length === 0) {
      // Programs write base64 on lines.
      const ciphertext = given.toString().replace(/\s/g, '');
      if (!/^[\w+/=-]*$/.test(ciphertext)) throw new UsageError(told('no-ciphertext'));
      print(await offline(values, ({ all, open }) => fieldOf(all, open(), ciphertext)));
      return 0;
    }
    const key = apiv3KeyOf(values);
    const texts = found.map((each) => decryptedResource(each, key));
    say(told('not-verified'));
    const all = texts.map((text) => (parsed(text) === undefined ? text : new ExactJson(text)));
    print(all.length > 1 ? all : all[0]);
    return 0;
  },
};

/** That it is encrypted for another key is a result, and no wrong call. */
async function fieldOf(all, wxpay, ciphertext) {
  try {
    return await wxpay.decrypt(ciphertext);
  } catch (error) {
    if (!(error instanceof all.ValidationError)) throw error;
    throw new Failure(`${error.name} ${errorLine(error)}`);
  }
}

function parsed(bytes) {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return undefined;
  }
}

/** The objects with a ciphertext in a notification, a list of certificates, or wherever they are. */
function encryptedIn(value) {
  if (typeof value !== 'object' || value === null) return [];
  const { ciphertext, nonce } = value;
  if (typeof ciphertext === 'string' && typeof nonce === 'string') return [value];
  return Object.values(value).flatMap(encryptedIn);
}
