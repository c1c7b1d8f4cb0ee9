// The package with the Wasm's memory, which it keeps to itself: its instance is caught when it is made.
// Whatever else imports the package has to be imported after this.
let memory;
const { Instance } = WebAssembly;
WebAssembly.Instance = function instance(...all) {
  const made = new Instance(...all);
  memory = made.exports.memory;
  return made;
};
export const { Wechatpay } = await import('wechatpay-wasm');
WebAssembly.Instance = Instance;

/** The bytes that the memory holds now. */
export const memoryNow = () => Buffer.from(memory.buffer);
