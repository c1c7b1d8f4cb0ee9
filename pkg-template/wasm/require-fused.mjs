// Compiles the second Wasm file on demand, if the runtime supports it.

export default function open() {
  const bytes = require('./wasm.cjs').secondBytes;
  return WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : undefined;
}
