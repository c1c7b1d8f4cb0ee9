// For CommonJS: the Wasm files as base64, in a module beside this one, which bundlers follow. Apart, since
// Node reads a CommonJS module to its end for the names of its exports before an `import` gets it.

import { bytesOf } from './bytes-of.mjs';

export const inlined = (name) => bytesOf(require('./wasm.cjs')[name]);
