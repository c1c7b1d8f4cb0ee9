// From nothing to the first signature, by `import`: argument 1 says who signs, argument 2 is JSON.
// Prints the milliseconds until it was loaded and until it had signed, from the first line on.

const begun = performance.now();
const [name, given] = process.argv.slice(2);

const contestants = {
  nobody: async () => [performance.now()],
  async 'node:crypto'({ connection, message }) {
    const { createPrivateKey, sign } = await import('node:crypto');
    const loaded = performance.now();
    return [loaded, sign('sha256', Buffer.from(message), createPrivateKey(connection.privateKey))];
  },
  async 'wechatpay-wasm'({ connection: { certificate, ...options }, launched }) {
    const { Wechatpay } = await import('wechatpay-wasm');
    const loaded = performance.now();
    return [loaded, await new Wechatpay(options).appLaunchParams(launched)];
  },
};

const [loaded, signature] = await contestants[name](JSON.parse(given));
const signed = performance.now();
if (signature === undefined && name !== 'nobody') throw new Error('It did not sign.');
console.log(JSON.stringify({ load: loaded - begun, total: signed - begun }));
