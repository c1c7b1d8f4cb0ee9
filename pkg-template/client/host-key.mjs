// @ts-check
// A private key that the host holds: a KeyObject of node:crypto, or a CryptoKey of WebCrypto. It may be of
// another realm or another copy of its class, so it is recognised by what it has. Rust checks its public
// key, where the host shows that.

import { harmless } from '../redaction.mjs';
import { configError } from './failures.mjs';
import { call, isArray, isFunction, isObject, part, viewedBytes } from './foreign.mjs';
import { message } from './message.mjs';

/**
 * @typedef {object} HostKey
 * @property {(message: Uint8Array<ArrayBuffer>) => unknown} sign gives a promise of a signature,
 * RSASSA-PKCS1-v1_5 with SHA-256
 * @property {(message: Uint8Array) => unknown} [signAtOnce] gives the signature itself
 * @property {(ciphertext: Uint8Array) => Uint8Array} [decrypt] RSAES-OAEP with SHA-1
 * @property {Uint8Array} publicKey SubjectPublicKeyInfo in DER; empty where the host does not show it
 */

const RSASSA = 'RSASSA-PKCS1-v1_5';

/**
 * The key that the host holds; `undefined` for what is none, such as a PEM.
 *
 * @param {unknown} value
 * @returns {HostKey | undefined}
 */
export function hostKeyOf(value) {
  if (!isObject(value) || ArrayBuffer.isView(value)) return undefined;
  const type = part(value, 'type');
  if (typeof type !== 'string') return undefined;
  if (isObject(part(value, 'algorithm')) && part(value, 'usages') !== undefined) {
    return ofCryptoKey(value, type);
  }
  return isFunction(part(value, 'export')) ? ofKeyObject(value, type) : undefined;
}

/**
 * @param {object} key
 * @param {string} type
 * @returns {HostKey}
 */
function ofKeyObject(key, type) {
  if (type !== 'private') {
    throw refused(
      message(
        'is a {} KeyObject; give the private key: ' +
          "createPrivateKey(readFileSync('apiclient_key.pem'))",
        type === 'public' ? 'public' : 'secret',
      ),
    );
  }
  const crypto = nodeCrypto();
  if (!isFunction(part(crypto, 'sign'))) {
    throw refused(
      message(
        'is a KeyObject, and this runtime gives no node:crypto to sign with (Node does from 20.16 on): ' +
          'give the content of apiclient_key.pem',
      ),
    );
  }
  const { sign, createPublicKey, privateDecrypt } = crypto;
  return {
    publicKey: publicKeyOf(createPublicKey, key),
    // By a thread of the host's own.
    sign: (signed) =>
      new Promise((resolve, reject) => {
        const done = (/** @type {unknown} */ error, /** @type {unknown} */ signature) =>
          error ? reject(error) : resolve(signature);
        const made = sign('sha256', signed, key, done);
        // A host that knows no callback.
        if (made !== undefined) resolve(made);
      }),
    signAtOnce: (signed) => sign('sha256', signed, key),
    // By default RSAES-OAEP with SHA-1, as WeChat Pay has it. workerd takes no options beside a KeyObject.
    decrypt: (ciphertext) => privateDecrypt(key, ciphertext),
  };
}

/**
 * `node:crypto`. It is loaded on demand and through `process`: an import fails where there is none.
 *
 * @returns {any}
 */
function nodeCrypto() {
  try {
    return call(part(globalThis, 'process'), 'getBuiltinModule', ['node:crypto']);
  } catch {
    // An edge runtime has a function that throws.
    return undefined;
  }
}

/**
 * @param {Function} createPublicKey
 * @param {object} key
 */
function publicKeyOf(createPublicKey, key) {
  try {
    const der = viewedBytes(createPublicKey(key).export({ format: 'der', type: 'spki' }));
    if (der?.length) return der;
  } catch (thrown) {
    throw refused(
      message('is a KeyObject whose public key cannot be read: see the cause'),
      harmless(thrown),
    );
  }
  throw refused(
    message(
      'is a KeyObject whose public key cannot be read; give the content of apiclient_key.pem',
    ),
  );
}

/**
 * @param {object} key
 * @param {string} type
 * @returns {HostKey}
 */
function ofCryptoKey(key, type) {
  const algorithm = part(key, 'algorithm');
  const usages = part(key, 'usages');
  if (type !== 'private') {
    throw refused(
      message('is a CryptoKey, but not a private one; import apiclient_key.pem as pkcs8'),
    );
  }
  const hash = part(part(algorithm, 'hash'), 'name');
  if (part(algorithm, 'name') !== RSASSA || hash !== 'SHA-256') {
    throw refused(
      message(
        "is a CryptoKey of another algorithm or hash; import it for { name: 'RSASSA-PKCS1-v1_5', " +
          "hash: 'SHA-256' }",
      ),
    );
  }
  const bits = part(algorithm, 'modulusLength');
  if (typeof bits !== 'number' || bits < 2048 || bits > 4096) {
    throw refused(
      message(
        'is an RSA key of too few or too many bits; WeChat Pay uses 2048, and 2048 to 4096 are accepted',
      ),
    );
  }
  if (!isArray(usages) || !call(usages, 'includes', ['sign'], unreadable)) {
    throw refused(message("is a CryptoKey that may not sign; import it with the usages ['sign']"));
  }
  return {
    publicKey: new Uint8Array(),
    // Looked up at each signature, as all of WebCrypto is: a test may put another in its place.
    sign: (signed) => crypto.subtle.sign(RSASSA, /** @type {CryptoKey} */ (key), signed),
  };
}

/**
 * @param {unknown} thrown
 */
function unreadable(thrown) {
  return refused(message('cannot be read: it throws'), harmless(thrown));
}

/**
 * @param {import('./message.mjs').Message} problem
 * @param {unknown} [cause]
 */
function refused(problem, cause) {
  return configError('privateKey', problem, cause);
}
