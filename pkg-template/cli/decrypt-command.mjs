// A field is decrypted by the client. What the APIv3 key encrypts, it decrypts only once the signature around it
// is verified; without it, node:crypto does (host-keys.mjs).

import { createDecipheriv } from 'node:crypto';
import { readCaptured } from './captured.mjs';
import { offline } from './client.mjs';
import { CREDENTIAL_OPTIONS, optionsOf, readCredentials } from './credentials.mjs';
import { givenBytes, requireArguments } from './given-text.mjs';
import { told } from './language.mjs';
import { Failure, UsageError } from './problems.mjs';
import { print } from './result.mjs';
import { say } from './talk.mjs';

const TAG_BYTES = 16;

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
      const ciphertext = given.toString().trim();
      print(await offline(values, ({ open }) => open().decrypt(ciphertext)));
      return 0;
    }
    const key = apiv3KeyOf(values);
    const texts = found.map((each) => decrypted(each, key));
    say(told('not-verified'));
    if (texts.length > 1) print(texts.map((text) => parsed(text) ?? text));
    // As it is: its integers may be larger than JavaScript's.
    else if (parsed(texts[0]) !== undefined) process.stdout.write(`${texts[0]}\n`);
    else print(texts[0]);
    return 0;
  },
};

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

function apiv3KeyOf(values) {
  const { apiv3Key } = optionsOf(readCredentials(values).env);
  if (!apiv3Key) throw new UsageError(told('needs-apiv3-key'));
  const key = Buffer.from(apiv3Key);
  if (key.length !== 32) throw new UsageError(told('apiv3-key-length', { length: key.length }));
  return key;
}

function decrypted({ ciphertext, nonce, associated_data: associated = '' }, key) {
  const bytes = Buffer.from(ciphertext, 'base64');
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(associated))
      .setAuthTag(bytes.subarray(-TAG_BYTES));
    const text = [decipher.update(bytes.subarray(0, -TAG_BYTES)), decipher.final()];
    return Buffer.concat(text).toString();
  } catch {
    throw new Failure(told('not-decrypted'));
  }
}
