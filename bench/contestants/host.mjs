// The contestants beside the package, in a process that has node:crypto.

import { inKernel, kernels } from '../kernels.mjs';
import * as nodeCrypto from './node-crypto.mjs';

// The SDKs are made for Node. They do not promise to work in Bun and Deno.
const isNode = globalThis.Bun === undefined && globalThis.Deno === undefined;

export const host = {
  hasClock: true,
  kernels,
  inKernel,
  async sign({ connection, message }) {
    const sdks = isNode ? (await import('./sdks.mjs')).signing(connection, message) : [];
    return [...nodeCrypto.signing(connection.privateKey, message), ...sdks];
  },
  async verify({ publicKey, connection, message, signature, notification }) {
    return [
      ...nodeCrypto.verifying(publicKey, message, signature),
      nodeCrypto.notified(publicKey, connection.apiv3Key, notification),
    ];
  },
};
