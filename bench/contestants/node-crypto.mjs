// node:crypto, with a key that is parsed once, and with the PEM text at each call.

import {
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  createVerify,
  sign,
  verify,
} from 'node:crypto';
import { sync } from '../interleave.mjs';
import { KEY_OBJECT, NOTIFICATION_BY_HAND, PEM_EACH_CALL } from './names.mjs';

/** A contestant that signs by `once`, which returns bytes or base64. */
export const signer = (name, once) => ({ name, once, batch: sync(once) });

export function signing(privateKey, message) {
  const key = createPrivateKey(privateKey);
  return [
    signer(KEY_OBJECT, () => sign('sha256', message, key)),
    signer(PEM_EACH_CALL, () => sign('sha256', message, privateKey)),
  ];
}

export function verifying(publicKey, message, signature) {
  const key = createPublicKey(publicKey);
  const check = (isValid) => {
    if (!isValid) throw new Error('node:crypto rejects a valid signature.');
  };
  return [
    { name: KEY_OBJECT, batch: sync(() => check(verify('sha256', message, key, signature))) },
    {
      name: PEM_EACH_CALL,
      batch: sync(() => check(verify('sha256', message, publicKey, signature))),
    },
  ];
}

/** The steps of `notification()`: the clock, the signature, the resource with its tag, the JSON. */
export function notified(publicKey, apiv3Key, { headers, body }) {
  const key = createPublicKey(publicKey);
  const call = () => {
    const timestamp = headers['Wechatpay-Timestamp'];
    if (Math.abs(Date.now() / 1000 - timestamp) > 300)
      throw new Error('The notification is too old.');
    const verified = createVerify('sha256')
      .update(`${timestamp}\n${headers['Wechatpay-Nonce']}\n${body}\n`)
      .verify(key, headers['Wechatpay-Signature'], 'base64');
    if (!verified) throw new Error("The notification's signature is not valid.");
    const { resource, ...rest } = JSON.parse(body);
    const encrypted = Buffer.from(resource.ciphertext, 'base64');
    const cipher = createDecipheriv('aes-256-gcm', apiv3Key, resource.nonce);
    cipher.setAAD(Buffer.from(resource.associated_data)).setAuthTag(encrypted.subarray(-16));
    const text =
      cipher.update(encrypted.subarray(0, -16), undefined, 'utf8') + cipher.final('utf8');
    return { ...rest, resource: JSON.parse(text) };
  };
  return { name: NOTIFICATION_BY_HAND, call, batch: sync(call) };
}
