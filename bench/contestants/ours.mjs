// The package, signing and verifying without a network. It is asked through what it offers to
// everybody, so what a call costs beside its one operation is measured too, to be taken off.
//
// `open(options)` gives a client: the package's own, or one whose kernel is forced.

import { async } from '../interleave.mjs';
import { median } from '../statistics.mjs';
import { PARTS } from './names.mjs';
import { fromBase64 } from './pem.mjs';

/** Parameters of `appLaunchParams()`. */
export const launched = {
  appid: 'wxd678efh567h23787',
  // With these lengths the message has 200 bytes.
  preEntrustwebId: '1d4b5b8a9c0e4f6f8a7b6c5d4e3f2a1b0123456',
  outContractCode: 'APPLYMENT_0000000000000000000001',
};
const asked = { appid: launched.appid, outContractCode: launched.outContractCode };

/** Opens a client that is given signatures, which cost nothing; `heard` gets what was to be signed. */
export function signless(open, { privateKey, ...options }, heard = () => {}) {
  const signature = new Uint8Array(256).fill(1);
  const signer = (message) => {
    heard(message);
    return signature;
  };
  return open({ ...options, signer });
}

/** The very bytes that one call of `appLaunchParams()` signs. */
export async function signedMessage(open, options) {
  let message;
  const hear = (heard) => {
    message = heard;
  };
  await signless(open, options, hear).appLaunchParams(launched);
  return message;
}

/** `appLaunchParams()`: one signature, and nothing sent. */
export function launch(name, wxpay) {
  return { name, batch: async(() => wxpay.appLaunchParams(launched)) };
}

/** What the kernel computes of a signature, each part by itself. */
export function parts(inKernel, wxpay) {
  const batch = (part) => async (count) => {
    const times = [];
    for (let turn = 0; turn < count; turn += 1) {
      times.push((await inKernel(() => wxpay.appLaunchParams(launched)))[part]);
    }
    return median(times);
  };
  return Object.entries(PARTS).map(([part, name]) => ({ name, batch: batch(part) }));
}

/** Fails unless `verify(message, signature)` holds for what a client signs. */
export async function checkLaunch(wxpay, verify) {
  const { query } = await wxpay.appLaunchParams(launched);
  const of = Object.fromEntries(new URLSearchParams(query));
  const message = `${of.appid}\n${of.timeStamp}\n${of.nonceStr}\n${of.package}\n`;
  if (!(await verify(new TextEncoder().encode(message), fromBase64(of.signature)))) {
    throw new Error('The package made a wrong signature: there is nothing to measure.');
  }
}

/** The same response, its signature under a name that nobody reads: an error without one is passed on unverified. */
export const unsigned = ({ body, headers: { 'Wechatpay-Signature': signature, ...headers } }) => ({
  body,
  headers: { ...headers, 'Wechatpay-Elsewhere': signature },
});

/** A call that is responded to at once, with 404, whose signature is verified as any other response's is. */
export function refused(name, open, options, { body, headers }) {
  const fetch = async () => new Response(body, { status: 404, headers });
  const wxpay = signless(open, { ...options, fetch, maxRetries: 0 });
  const call = () =>
    wxpay.preEntrustSignApp(asked).then(
      () => {
        throw new Error('A 404 was taken for a success.');
      },
      (error) => {
        if (error.status !== 404) throw error;
        return error;
      },
    );
  return { name, call, batch: async(call) };
}

/** `notification()`: a signature verified, a resource opened, JSON read. */
export function notified(name, wxpay, notification) {
  const call = () => wxpay.notification(notification);
  return { name, call, batch: async(call) };
}
