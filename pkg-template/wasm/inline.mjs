// The first Wasm file, which is compiled when a call first needs it.

export { firstBytes as default } from './inlined.mjs';
