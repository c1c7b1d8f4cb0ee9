import { randomInt } from 'node:crypto';

export const DIGITS = '0123456789';
export const ALPHANUMERICS = `${DIGITS}ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz`;

/** Makes a random text of `length` characters. Each character of the alphabet is equally likely. */
export function randomText(alphabet, length) {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
}
