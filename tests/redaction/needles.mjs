// What is searched in memories: parts of every secret of a client.
import { createPrivateKey } from 'node:crypto';

/** Parts of every secret number of the key, in both byte orders, of its PEM, and the APIv3 key. */
export function needlesOf(pem, apiv3Key) {
  const { p, q, d, dp, dq, qi } = createPrivateKey(pem).export({ format: 'jwk' });
  const needles = [Buffer.from(apiv3Key)];
  for (const number of [p, q, d, dp, dq, qi]) {
    const bytes = Buffer.from(number, 'base64url');
    for (let at = 0; at + 16 <= bytes.length; at += 16) {
      const part = bytes.subarray(at, at + 16);
      needles.push(part, Buffer.from(part).reverse());
    }
  }
  const lines = pem.split('\n').filter((line) => line.length === 64);
  return needles.concat(lines.map((line) => Buffer.from(line)));
}
