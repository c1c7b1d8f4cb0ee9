// The second Wasm file, for `require`.

export default () => require('./wasm.cjs').secondBytes();
