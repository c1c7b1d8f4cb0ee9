// The package, signing and verifying without a network. Only its public interface is used. So the
// rest of a call is measured, too, and subtracted where a single operation is compared.
//
// `open(options)` returns a client: the package's own, or one with a forced kernel.

import { async } from '../interleave.mjs';
import { median } from '../statistics.mjs';
import { PARTS } from './names.mjs';
import { fromBase64 } from './pem.mjs';

/** The parameters of `appLaunchParams()`. */
export const launched = {
  appid: 'wxd678efh567h23787',
  // With these lengths, the message has 200 bytes.
  preEntrustwebId: '1d4b5b8a9c0e4f6f8a7b6c5d4e3f2a1b0123456',
  outContractCode: 'APPLYMENT_0000000000000000000001',
};
const contract = { appid: launched.appid, outContractCode: launched.outContractCode };

/**
 * Opens a client whose signer returns a constant at no cost. `onMessage` receives the message to be
 * signed.
 */
export function signless(open, { privateKey, ...options }, onMessage = () => {}) {
  const signature = new Uint8Array(256).fill(1);
  const signer = (message) => {
    onMessage(message);
    return signature;
  };
  return open({ ...options, signer });
}

/** The exact bytes that a call of `appLaunchParams()` signs. */
export async function signedMessage(open, options) {
  let signed;
  const onMessage = (message) => {
    signed = message;
  };
  await signless(open, options, onMessage).appLaunchParams(launched);
  return signed;
}

/** `appLaunchParams()`: one signature, and nothing sent. */
export function launch(name, wxpay) {
  return { name, batch: async(() => wxpay.appLaunchParams(launched)) };
}

/** The parts of a signature that the kernel computes, each measured separately. */
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

/** Fails unless `verify(message, signature)` accepts the client's signature. */
export async function checkLaunch(wxpay, verify) {
  const { query } = await wxpay.appLaunchParams(launched);
  const of = Object.fromEntries(new URLSearchParams(query));
  const message = `${of.appid}\n${of.timeStamp}\n${of.nonceStr}\n${of.package}\n`;
  if (!(await verify(new TextEncoder().encode(message), fromBase64(of.signature)))) {
    throw new Error('The package made a wrong signature, so there is nothing to measure.');
  }
}

/**
 * The same response with its signature in a header that nobody reads. The package returns an
 * unsigned error as unverified.
 */
export const unsigned = ({ body, headers: { 'Wechatpay-Signature': signature, ...headers } }) => ({
  body,
  headers: { ...headers, 'Wechatpay-Unread': signature },
});

/**
 * A call with an immediate response of 404. Its signature is verified like that of any other
 * response.
 */
export function refused(name, open, options, { body, headers }) {
  const fetch = async () => new Response(body, { status: 404, headers });
  const wxpay = signless(open, { ...options, fetch, maxRetries: 0 });
  const call = () =>
    wxpay.preEntrustSignApp(contract).then(
      () => {
        throw new Error('The package returned a 404 as a success.');
      },
      (error) => {
        if (error.status !== 404) throw error;
        return error;
      },
    );
  return { name, call, batch: async(call) };
}

/** `notification()`: verifies a signature, decrypts a resource, reads JSON. */
export function notified(name, wxpay, notification) {
  const call = () => wxpay.notification(notification);
  return { name, call, batch: async(call) };
}
