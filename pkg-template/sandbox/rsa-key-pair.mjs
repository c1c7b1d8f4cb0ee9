import { generateKeyPair } from 'node:crypto';

/** A new RSA key pair of 2048 bits. */
export function rsaKeyPair() {
  return new Promise((resolve, reject) => {
    generateKeyPair('rsa', { modulusLength: 2048 }, (error, publicKey, privateKey) => {
      if (error) reject(error);
      else resolve({ publicKey, privateKey });
    });
  });
}
