// From the start to the first signature, by `import`. Argument 1 is the contestant, argument 2 is
// JSON. Prints the milliseconds from the first line on: until the contestant was loaded, until a
// client was made, if there is one, and until the signature was made.

const begun = performance.now();
const [name, given] = process.argv.slice(2);

const contestants = {
  nothing: async () => [performance.now()],
  async 'node:crypto'({ connection, message }) {
    const { createPrivateKey, sign } = await import('node:crypto');
    const loaded = performance.now();
    return [loaded, sign('sha256', Buffer.from(message), createPrivateKey(connection.privateKey))];
  },
  'WebCrypto, 16 random bytes alone': async () => [
    performance.now(),
    crypto.getRandomValues(new Uint8Array(16)),
  ],
  async 'wechatpay-wasm'({ connection: { certificate, ...options }, launched }) {
    const { Wechatpay } = await import('wechatpay-wasm');
    const loaded = performance.now();
    const wxpay = new Wechatpay(options);
    const opened = performance.now();
    return [loaded, await wxpay.appLaunchParams(launched), opened];
  },
};

const [loaded, signature, opened = loaded] = await contestants[name](JSON.parse(given));
const signed = performance.now();
if (signature === undefined && name !== 'nothing') throw new Error(`${name} did not sign.`);
const times = { load: loaded - begun, open: opened - loaded, total: signed - begun };
console.log(JSON.stringify(times));
