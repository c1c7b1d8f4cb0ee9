// A process of compare.mjs. Argument 1 is what it does, argument 2 is JSON. It imports only what
// this needs, and prints one line when it is done.

const begun = performance.now();
const [what, given] = process.argv.slice(2);
const { connection, id, entry, entries, plan } = JSON.parse(given);
const { certificate, ...options } = connection;

const params = { appid: 'wxd678efh567h23787', out_contract_code: 'APPLYMENT_00000000001' };
const PATH = '/v3/ecommerce/individual-contracts/pre-entrust-sign/app';

const work = {
  nothing: () => null,

  /** The milliseconds until a client is made. */
  async open() {
    const { Wechatpay } = await import(entry);
    new Wechatpay(options);
    return performance.now() - begun;
  },

  async ours() {
    const { Wechatpay } = await import(entry);
    const { appid, out_contract_code: outContractCode } = params;
    const wxpay = new Wechatpay(options);
    return check((await wxpay.preEntrustSignApp({ appid, outContractCode })).preEntrustwebId);
  },

  // By `require`, since it is CommonJS.
  async axios() {
    const { createRequire } = await import('node:module');
    const { Wechatpay } = createRequire(import.meta.url)('wechatpay-axios-plugin');
    const { mchid, serial, privateKey, certs, baseUrl } = options;
    const wxpay = new Wechatpay({ mchid, serial, privateKey, certs, baseURL: `${baseUrl}/` });
    const { app } = wxpay.v3.ecommerce.individualContracts.preEntrustSign;
    return check((await app.post(params)).data.pre_entrustweb_id);
  },

  // The server refuses it, since it is not signed.
  async fetch() {
    const body = JSON.stringify(params);
    const response = await fetch(`${options.baseUrl}${PATH}`, { method: 'POST', body });
    await response.text();
    if (response.status !== 401) throw new Error(`The server responded with ${response.status}.`);
    return null;
  },

  /** By build, how many milliseconds longer than the call by hand a call takes, in each round. */
  async calls() {
    const { createPrivateKey, sign } = await import('node:crypto');
    const { openCaller } = await import('../contestants/callers.mjs');
    const { BY_HAND, OURS } = await import('../contestants/names.mjs');
    const { difference, interleave } = await import('../interleave.mjs');

    const { privateKey, ...keyless } = options;
    const key = createPrivateKey(privateKey);
    const signer = (message) => sign('sha256', message, key);
    const checked = (call) => async () => check(await call(params));
    const byHand = checked(await openCaller(BY_HAND, options));
    const contestants = [];
    for (const [name, entry] of Object.entries(entries)) {
      const call = checked(await openCaller(OURS, { ...keyless, signer, entry }));
      contestants.push({ name, batch: difference(call, byHand) });
    }
    return interleave(contestants, plan);
  },
};

function check(got) {
  if (got !== id) throw new Error(`The response has the pre-sign id ${got}, not ${id}.`);
  return null;
}

console.log(JSON.stringify(await work[what]()));
// Connections that stay open would keep the process.
process.exit();
