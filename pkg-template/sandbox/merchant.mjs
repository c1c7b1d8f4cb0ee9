import { randomBytes } from 'node:crypto';
import { createPlatformCertificates } from './platform-certificates.mjs';
import { ALPHANUMERICS, DIGITS, randomText } from './random-text.mjs';
import { rsaKeyPair } from './rsa-key-pair.mjs';

/**
 * Makes the one merchant that a sandbox knows, and WeChat Pay's side of it: both key pairs and
 * every identifier, in the forms that the documents show. Nothing of it outlives the sandbox.
 *
 * @param {number} now seconds
 */
export async function createMerchant(now) {
  const [merchantKeys, wechatpayKeys, certificates] = await Promise.all([
    rsaKeyPair(),
    rsaKeyPair(),
    createPlatformCertificates(now),
  ]);
  // Ten digits like 1900007291 in the documents.
  const mchid = `19${randomText(DIGITS, 8)}`;
  return Object.freeze({
    mchid,
    // The serial number of a merchant API certificate: 20 bytes in upper-case hexadecimal.
    serial: randomBytes(20).toString('hex').toUpperCase(),
    privateKeyPem: merchantKeys.privateKey.export({ type: 'pkcs8', format: 'pem' }),
    publicKey: merchantKeys.publicKey,
    // 34 digits, as in the documented PUB_KEY_ID_0000000000000024101100397200000006.
    wechatpayKeyId: `PUB_KEY_ID_01${mchid}${randomText(DIGITS, 22)}`,
    wechatpayPublicKeyPem: wechatpayKeys.publicKey.export({ type: 'spki', format: 'pem' }),
    wechatpayPrivateKey: wechatpayKeys.privateKey,
    // Who else signs: while merchants move from certificates to public keys, WeChat Pay has both.
    certificates,
    apiv3Key: randomText(ALPHANUMERICS, 32),
    // What pre_entrustweb_id is derived from: different in every sandbox, never shown.
    preSignSecret: randomBytes(32),
  });
}
