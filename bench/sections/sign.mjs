// Signatures.

import { warm } from './warm.mjs';

export const sign = {
  title: 'A signature, warm',
  unit: 'ms',
  measured: (groups) => [
    `RSASSA-PKCS1-v1_5 with SHA-256, 2048 bits, over the ${groups[0].bytes} bytes that appLaunchParams() signs.`,
    'appLaunchParams() is the whole call: parameters, nonce, signature, its check, base64, percent-encoding.',
    '"The operation alone" is that call less the same call with a `signer` that answers at once, and so',
    'are the rows of kernels. wechatpay-node-v3 parses the PEM each time, wechatpay-axios-plugin once.',
    '"Of it" are what the kernel computes of the row FMA; what blinding costs, `node bench/blinding.mjs` tells.',
  ],
  run: ({ plan, tell }) => warm('sign', plan, tell),
};
