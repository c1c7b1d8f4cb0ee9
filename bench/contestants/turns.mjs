// Who signs and who verifies in one process: the package, its kernels, WebCrypto, and whoever else the
// host has. Every contestant's work is checked before any of it is timed.
//
// Where a verification cannot be taken out of its call by turns, `alone` says which contestant is to be had
// without what its call costs beside it, and under which name; `WITHOUT` is that cost.

import { difference } from '../interleave.mjs';
import { OURS_ALONE, OURS_LAUNCH, OURS_NOTIFICATION, ofKernel, WITHOUT } from './names.mjs';
import { checkLaunch, launch, notified, parts, refused, signedMessage, unsigned } from './ours.mjs';
import { fromBase64 } from './pem.mjs';
import * as webcrypto from './webcrypto.mjs';

export const turns = { sign, verify };

async function sign(open, given, host) {
  const { certificate, ...options } = given.connection;
  const message = await signedMessage(open, options);

  const clients = [[OURS_LAUNCH, open(options)]];
  for (const kernel of await host.kernels()) {
    clients.push([ofKernel(kernel.name), kernel.open(options)]);
  }
  const fused = new Map(clients).get(ofKernel('FMA'));
  const verify = await webcrypto.verifier(given.publicKeys.merchant);
  for (const [, wxpay] of clients) await checkLaunch(wxpay, verify);
  const others = [
    ...(await host.sign({ ...given, message })),
    await webcrypto.signing(options.privateKey, message),
  ];
  for (const { name, once } of others)
    checkVerdict(await verify(message, bytesOf(await once())), true, name);

  return {
    contestants: [
      ...others,
      ...clients.map(([name, wxpay]) => launch(name, wxpay)),
      ...(fused ? parts(host.inKernel, fused) : []),
    ],
    alone: {},
    bytes: message.length,
  };
}

async function verify(open, given, host) {
  const { certificate, ...options } = given.connection;
  const publicKey = given.publicKeys.wechatpay;
  const message = new TextEncoder().encode(given.response.message);
  const signature = fromBase64(given.response.headers['Wechatpay-Signature']);

  const clients = [[OURS_ALONE, open]];
  for (const kernel of await host.kernels()) clients.push([ofKernel(kernel.name), kernel.open]);
  const verified = clients.map(([name, open]) => refused(name, open, options, given.response));
  const unverified = refused(WITHOUT, open, options, unsigned(given.response));
  for (const { name, call } of verified) checkVerdict((await call()).verified, true, name);
  checkVerdict((await unverified.call()).verified, false, unverified.name);

  return {
    contestants: [
      ...(await host.verify({ ...given, publicKey, message, signature })),
      await webcrypto.verifying(publicKey, message, signature),
      ...(host.hasClock
        ? verified.map((whole) => without(unverified, whole))
        : [...verified, unverified]),
      notified(OURS_NOTIFICATION, open(options), given.notification),
    ],
    alone: host.hasClock ? {} : Object.fromEntries(clients.map(([name]) => [name, name])),
    bytes: message.length,
  };
}

// By turns, since a verification takes much less than what stands around it.
const without = (part, { name, call }) => ({ name, batch: difference(call, part.call) });

const bytesOf = (signature) => (typeof signature === 'string' ? fromBase64(signature) : signature);

function checkVerdict(verdict, expected, name) {
  if (verdict === expected) return;
  throw new Error(`${name}: the verdict is ${verdict}, and there is nothing to measure.`);
}
