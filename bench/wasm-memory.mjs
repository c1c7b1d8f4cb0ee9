// The memory of the package's Wasm, which it keeps to itself: its instance is caught when it is made.
// Imported before the package.

const memories = [];

const { Instance } = WebAssembly;
WebAssembly.Instance = new Proxy(Instance, {
  construct(target, args) {
    const made = Reflect.construct(target, args);
    if (made.exports.memory && !isOfNode(made)) memories.push(made.exports.memory);
    return made;
  },
});

// Node's own fetch reads HTTP in Wasm too.
function isOfNode({ exports }) {
  return Object.keys(exports).some((name) => name.startsWith('llhttp'));
}

/** The bytes of all of its memories, or null where there are none. */
export function wasmBytes() {
  if (memories.length === 0) return null;
  return memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
}

/** What this process takes, in bytes, after a collection where the host lets one be asked for. */
export function memoryNow() {
  globalThis.gc?.();
  globalThis.Bun?.gc(true);
  const { rss, heapUsed } = process.memoryUsage();
  return { rss, heap: heapUsed, wasm: wasmBytes() };
}
