// A key's numbers, as JWK writes them, and what is computed of them.

export const toBigInt = (text) => BigInt(`0x${Buffer.from(text, 'base64url').toString('hex')}`);
export const toBase64 = (number, bytes) =>
  Buffer.from(number.toString(16).padStart(2 * bytes, '0'), 'hex').toString('base64url');

export function inverse(of, modulo) {
  let [a, b, x, y] = [of % modulo, modulo, 1n, 0n];
  while (a > 1n) [a, b, x, y] = [b % a, a, y - (b / a) * x, x];
  return ((x % modulo) + modulo) % modulo;
}
