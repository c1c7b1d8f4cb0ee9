// The numbers of a key, as JWK encodes them, and values computed from them.
import { createPrivateKey } from 'node:crypto';

export const toBigInt = (text) => BigInt(`0x${Buffer.from(text, 'base64url').toString('hex')}`);
export const toBase64 = (number, bytes) =>
  Buffer.from(number.toString(16).padStart(2 * bytes, '0'), 'hex').toString('base64url');

export function inverse(of, modulo) {
  let [a, b, x, y] = [of % modulo, modulo, 1n, 0n];
  while (a > 1n) [a, b, x, y] = [b % a, a, y - (b / a) * x, x];
  return ((x % modulo) + modulo) % modulo;
}

export function powerModulo(base, exponent, modulo) {
  let [power, square] = [1n % modulo, base % modulo];
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) power = (power * square) % modulo;
    square = (square * square) % modulo;
  }
  return power;
}

/** The key of two primes of 1024 bits each. */
export function keyOf(p, q, e) {
  const d = inverse(e, (p - 1n) * (q - 1n));
  const numbers = { p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi: inverse(q, p) };
  const jwk = { kty: 'RSA', e: toBase64(e, 3), n: toBase64(p * q, 256), d: toBase64(d, 256) };
  for (const [name, number] of Object.entries(numbers)) jwk[name] = toBase64(number, 128);
  return createPrivateKey({ key: jwk, format: 'jwk' });
}
