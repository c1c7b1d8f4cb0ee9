// The names of the contestants in tables, targets and the plot.

export const KEY_OBJECT = 'node:crypto, KeyObject';
export const PEM_EACH_CALL = 'node:crypto, PEM each call';
export const WEBCRYPTO = 'WebCrypto';
export const NODE_V3 = 'wechatpay-node-v3';
export const AXIOS = 'wechatpay-axios-plugin';
export const BY_HAND = 'node:crypto and fetch, by hand';
export const NOTIFICATION_BY_HAND = 'node:crypto, a notification by hand';

/** Every contestant that signs with a nonce needs these bytes. */
export const RANDOM = 'WebCrypto, 16 random bytes alone';

export const OURS = 'wechatpay-wasm';
/** With a KeyObject as `privateKey`: node:crypto signs. */
export const OURS_KEY_OBJECT = `${OURS}, KeyObject`;
export const OURS_REQUIRE = `${OURS}, require`;
/** The verification that is compared, without the rest of the call. */
export const OURS_ALONE = `${OURS}, the verification alone`;
export const OURS_LAUNCH = `${OURS}, appLaunchParams()`;
export const OURS_NOTIFICATION = `${OURS}, notification()`;
/** The cost of a call without its verification. */
export const WITHOUT = 'the same call, without the verification';
export const ofKernel = (kernel) => `${OURS}, ${kernel}`;
/** The package as it is, and built without blinding. */
export const BLINDED = `${OURS}, blinded`;
export const UNBLINDED = `${OURS}, with the blinding left out`;
/** The parts of a signature by the kernel of fused multiply-add. */
export const PARTS = {
  powers: `${ofKernel('FMA')}: both powers, of it`,
  check: `${ofKernel('FMA')}: the check, of it`,
};

export const isPart = (name) => Object.values(PARTS).includes(name);
export const isOurs = (name) => name.startsWith(OURS);
