import { randomInt } from 'node:crypto';

export const DIGITS = '0123456789';
export const ALPHANUMERICS = `${DIGITS}ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz`;

/** So many characters of an alphabet, each as likely as the others. */
export function randomText(alphabet, length) {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
}
