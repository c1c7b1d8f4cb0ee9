import { randomBytes } from 'node:crypto';
import { createPlatformCertificates } from './platform-certificates.mjs';
import { ALPHANUMERICS, DIGITS, randomText } from './random-text.mjs';
import { rsaKeyPair } from './rsa-key-pair.mjs';

/**
 * Makes the one merchant of a sandbox, with the keys of both sides: the key pairs and every
 * identifier, in the documented forms. They exist only as long as the sandbox.
 *
 * @param {number} now seconds
 */
export async function createMerchant(now) {
  const [merchantKeys, wechatpayKeys, certificates] = await Promise.all([
    rsaKeyPair(),
    rsaKeyPair(),
    createPlatformCertificates(now),
  ]);
  // Ten digits, like the documented 1900007291.
  const mchid = `19${randomText(DIGITS, 8)}`;
  return Object.freeze({
    mchid,
    // The serial number of a merchant API certificate has 20 bytes, in upper-case hexadecimal.
    serial: randomBytes(20).toString('hex').toUpperCase(),
    privateKeyPem: merchantKeys.privateKey.export({ type: 'pkcs8', format: 'pem' }),
    publicKey: merchantKeys.publicKey,
    // 34 digits, as in the documented PUB_KEY_ID_0000000000000024101100397200000006.
    wechatpayKeyId: `PUB_KEY_ID_01${mchid}${randomText(DIGITS, 22)}`,
    wechatpayPublicKeyPem: wechatpayKeys.publicKey.export({ type: 'spki', format: 'pem' }),
    wechatpayPrivateKey: wechatpayKeys.privateKey,
    // WeChat Pay signs with either, since merchants are moving from certificates to public keys.
    certificates,
    apiv3Key: randomText(ALPHANUMERICS, 32),
    // Ids are derived from it. It differs in every sandbox and is never shown.
    preSignSecret: randomBytes(32),
  });
}
