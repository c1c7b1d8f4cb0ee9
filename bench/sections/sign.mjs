// Signatures.

import { warm } from './warm.mjs';

export const sign = {
  title: 'A signature, warm',
  unit: 'ms',
  measured: (groups) => [
    `RSASSA-PKCS1-v1_5 with SHA-256, 2048 bits, over the ${groups[0].bytes} bytes that appLaunchParams() signs.`,
    'Rows of ours are whole calls of appLaunchParams(): parameters, nonce, signature, its check, base64,',
    'percent-encoding; those of kernels, with that kernel. "Of it" is what the kernel takes of the row FMA.',
    'wechatpay-node-v3 parses the PEM each time, wechatpay-axios-plugin, since its version 0.9, once.',
  ],
  run: ({ plan, tell }) => warm('sign', plan, tell),
};
