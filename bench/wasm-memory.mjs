// Measures the memory of the package's Wasm. The package does not export it, so this file records
// instances when they are made. Import it before the package.

const memories = [];

const { Instance } = WebAssembly;
WebAssembly.Instance = new Proxy(Instance, {
  construct(target, args) {
    const made = Reflect.construct(target, args);
    if (made.exports.memory && !isOfNode(made)) memories.push(made.exports.memory);
    return made;
  },
});

// Node's own fetch parses HTTP in Wasm, too.
function isOfNode({ exports }) {
  return Object.keys(exports).some((name) => name.startsWith('llhttp'));
}

/** The bytes of all recorded memories, or null if there are none. */
export function wasmBytes() {
  if (memories.length === 0) return null;
  return memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
}

/** The memory of this process in bytes, after a garbage collection if the host offers one. */
export function memoryNow() {
  globalThis.gc?.();
  globalThis.Bun?.gc(true);
  const { rss, heapUsed } = process.memoryUsage();
  return { rss, heap: heapUsed, wasm: wasmBytes() };
}
