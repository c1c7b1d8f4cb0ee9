// Keys for node:crypto. `sign`, `decrypt` of what the APIv3 key encrypts, and the search for what was signed have
// no export of the client's. They use node:crypto, as the sandbox does, and share no code with the client.

import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import { told } from './language.mjs';
import { Failure, UsageError } from './problems.mjs';

/**
 * The merchant's private key.
 *
 * @param {string | undefined} text in the forms that the client takes
 */
export function privateKeyOf(text) {
  if (!text) throw new UsageError(told('needs-private-key'));
  const der = ['pkcs8', 'pkcs1'].map((type) => ({ format: 'der', type }));
  return read(text, der, createPrivateKey, 'private-key-unreadable');
}

/**
 * A public key, or that of a certificate.
 *
 * @param {string} text
 */
export function publicKeyOf(text) {
  const make = (given) =>
    given.type === 'x509' ? new X509Certificate(given.key).publicKey : createPublicKey(given);
  const der = ['spki', 'x509'].map((type) => ({ format: 'der', type }));
  return read(text, der, make, 'public-key-unreadable');
}

/**
 * The merchant's public key: that of its certificate, or of its private key.
 *
 * @param {{ cert?: string, privateKey?: string }} options
 */
export function merchantKeyOf({ cert, privateKey }) {
  return cert ? publicKeyOf(cert) : createPublicKey(privateKeyOf(privateKey));
}

/**
 * The serial number under which the merchant signs: that of its certificate, or the one that was given.
 *
 * @param {{ cert?: string, serial?: string }} options
 * @returns {string | undefined} in upper case
 */
export function merchantSerialOf({ cert, serial }) {
  if (!cert) return serial?.toUpperCase();
  const make = ({ key }) => new X509Certificate(key).serialNumber;
  return read(cert, [{ format: 'der' }], make, 'public-key-unreadable');
}

function read(text, forms, make, problem) {
  const pem = pemIn(text);
  const bytes = Buffer.from(text, 'base64');
  const given = pem ? [{ key: pem }] : forms.map((form) => ({ key: bytes, ...form }));
  for (const each of given) {
    try {
      return make(each);
    } catch {
      // Perhaps in the next form.
    }
  }
  throw new Failure(told(problem));
}

/** A text with `\n` for its line breaks, or base64 of the whole. */
function pemIn(text) {
  const decoded = text.includes('-----BEGIN') ? text : Buffer.from(text, 'base64').toString();
  return decoded.includes('-----BEGIN') ? decoded.replaceAll('\\n', '\n') : undefined;
}
