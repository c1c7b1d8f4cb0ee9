// The second Wasm file.

export { secondBytes as default } from './inlined.mjs';
