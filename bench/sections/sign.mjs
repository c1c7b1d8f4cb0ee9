// Signatures.

import { warm } from './warm.mjs';

export const sign = {
  title: 'A signature, warm',
  unit: 'ms',
  measured: (groups) => [
    `RSASSA-PKCS1-v1_5 with SHA-256, 2048 bits, over the ${groups[0].bytes} bytes that appLaunchParams() signs.`,
    'The rows of wechatpay-wasm are complete calls of appLaunchParams(): parameters, nonce, signature, its check,',
    'base64, percent-encoding. FMA and simd128 force that kernel. "Of it" is a part of the row FMA, in the kernel.',
    'wechatpay-node-v3 parses the PEM at each call. wechatpay-axios-plugin parses it once since its version 0.9.',
  ],
  run: ({ plan, tell }) => warm('sign', plan, tell),
};
