// The contestants that sign or verify in one process: the package, its kernels, WebCrypto, and
// others of the host. The result of every contestant is checked before it is timed.
//
// The cost of a verification is the difference between two calls. On a host without a clock, this
// difference is subtracted afterwards: `alone` maps the name of a row to the contestant from which
// the cost `WITHOUT` is subtracted.

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
    checkResult(await verify(message, bytesOf(await once())), true, name);

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
  for (const { name, call } of verified) checkResult((await call()).verified, true, name);
  checkResult((await unverified.call()).verified, false, unverified.name);

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

// By turns, since a verification takes much less time than the rest of the call.
const without = (part, { name, call }) => ({ name, batch: difference(call, part.call) });

const bytesOf = (signature) => (typeof signature === 'string' ? fromBase64(signature) : signature);

function checkResult(isValid, expected, name) {
  if (isValid === expected) return;
  throw new Error(`${name}: the verification returned ${isValid}, so there is nothing to measure.`);
}
