import { generateKeyPair } from 'node:crypto';
import { keepKeys, takeKeptKeys } from './kept-keys.mjs';

/** An RSA key pair of 2048 bits that no other sandbox of this process has: a kept one, or else a new one. */
export async function rsaKeyPair() {
  const kept = takeKeptKeys();
  if (kept !== undefined) return kept;
  const made = await newKeyPair();
  keepKeys(made);
  return made;
}

// In a thread, so that several are made at once.
function newKeyPair() {
  return new Promise((resolve, reject) => {
    generateKeyPair('rsa', { modulusLength: 2048 }, (error, publicKey, privateKey) => {
      if (error) reject(error);
      else resolve({ publicKey, privateKey });
    });
  });
}
