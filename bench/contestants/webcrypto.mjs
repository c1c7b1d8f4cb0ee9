// The host's WebCrypto. Keys are imported once.

import { async } from '../interleave.mjs';
import { WEBCRYPTO } from './names.mjs';
import { derOf } from './pem.mjs';

const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
const { subtle } = globalThis.crypto;

export async function signing(privateKey, message) {
  const key = await subtle.importKey('pkcs8', derOf(privateKey), algorithm, false, ['sign']);
  const once = () => subtle.sign(algorithm, key, message);
  return { name: WEBCRYPTO, once, batch: async(once) };
}

export async function verifying(publicKey, message, signature) {
  const verify = await verifier(publicKey);
  const once = async () => {
    if (!(await verify(message, signature))) {
      throw new Error('WebCrypto rejects a valid signature.');
    }
  };
  return { name: WEBCRYPTO, batch: async(once) };
}

/** Returns `async (message, signature) => boolean` for one key. */
export async function verifier(publicKey) {
  const key = await subtle.importKey('spki', derOf(publicKey), algorithm, false, ['verify']);
  return (message, signature) => subtle.verify(algorithm, key, signature, message);
}
