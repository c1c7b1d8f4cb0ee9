// Verifications.

import { warm } from './warm.mjs';

export const verify = {
  title: 'A verification, warm',
  unit: 'ms',
  measured: (groups) => [
    `RSASSA-PKCS1-v1_5 with SHA-256, 2048 bits, over the ${groups[0].bytes} bytes of a response.`,
    '"The verification alone" is a call that is responded to at once with a signed 404, less the same call',
    'responded with the same 404 unsigned, by turns; so are the rows of kernels.',
    'notification() is the whole of it: clock, signature, AES-256-GCM, JSON; by hand, the same.',
  ],
  run: ({ plan, tell }) => warm('verify', plan, tell),
};
