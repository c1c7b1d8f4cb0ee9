// The second Wasm file, compiled when it is asked for and if this runtime takes it.

export default function open() {
  const bytes = require('./wasm.cjs').secondBytes;
  return WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : undefined;
}
