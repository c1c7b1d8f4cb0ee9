// Verifications.

import { warm } from './warm.mjs';

export const verify = {
  title: 'A verification, warm',
  unit: 'ms',
  measured: (groups) => [
    `RSASSA-PKCS1-v1_5 with SHA-256, 2048 bits, over the ${groups[0].bytes} bytes of a response.`,
    '"The verification alone" is a call with an immediate signed response of 404, minus the same call with the same',
    '404 unsigned, by turns. The rows of kernels are measured in the same way.',
    'notification() is the complete call: clock, signature, AES-256-GCM, JSON. By hand, the steps are the same.',
  ],
  run: ({ plan, tell }) => warm('verify', plan, tell),
};
