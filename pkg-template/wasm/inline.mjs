// Compiles the first Wasm file when this module is loaded.

import { firstBytes } from './inlined.mjs';

export default new WebAssembly.Module(firstBytes);
