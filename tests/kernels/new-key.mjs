// A new RSA key whose numbers a test may export.
import { createPrivateKey, generateKeyPairSync } from 'node:crypto';

/**
 * A new key of 2048 bits. It is read from PEM: Node 20 stands still for ever if it collects garbage while it
 * exports a key that it generated as JWK. The export holds the key's lock, and what is collected waits for it.
 */
export function newKey(options) {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    ...options,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  return createPrivateKey(privateKey);
}
