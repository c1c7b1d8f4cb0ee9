// The package together with the Wasm's memory, which the package does not export. The instance is
// caught when it is created, by the first use, so that this module must be imported before anything else that imports
// the package.
let memory;
const { Instance } = WebAssembly;
WebAssembly.Instance = function instance(...all) {
  const made = new Instance(...all);
  memory = made.exports.memory;
  return made;
};
export const { Wechatpay } = await import('wechatpay-wasm');
try {
  Wechatpay.fromEnv({});
} catch {
  // Nothing is set there.
}
WebAssembly.Instance = Instance;

/** The current bytes of the memory. */
export const memoryNow = () => Buffer.from(memory.buffer);
