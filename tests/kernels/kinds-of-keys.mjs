// Keys of 2048 bits, of every kind: committed and generated, with the exponents at the ends, and with p and q
// in either order.
import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { newKey } from './new-key.mjs';
import { inverse, toBase64, toBigInt } from './numbers.mjs';

export const committed = (name) =>
  readFileSync(new URL(`../keys/${name}`, import.meta.url), 'utf8');

function generated(name, options) {
  return { name, privateKey: newKey(options) };
}

// The same key, with p and q in the other order.
function swapped(name, privateKey) {
  const { p, q, dp, dq, n, e, d } = privateKey.export({ format: 'jwk' });
  const [P, Q] = [p, q].map(toBigInt);
  const qi = toBase64(inverse(P, Q), 128);
  const jwk = { kty: 'RSA', n, e, d, p: q, q: p, dp: dq, dq: dp, qi };
  return { name, privateKey: createPrivateKey({ key: jwk, format: 'jwk' }) };
}

export const of2048 = [
  { name: 'merchant', privateKey: createPrivateKey(committed('merchant.pkcs8.pem')) },
  ...[1, 2, 3].map((i) => generated(`generated ${i}`)),
  generated('e = 3', { publicExponent: 3 }),
  generated('e = 2^32 − 1', { publicExponent: 0xffff_ffff }),
];
of2048.push(...of2048.slice(0, 2).map(({ privateKey }, i) => swapped(`swapped ${i}`, privateKey)));
