import { randomBytes } from 'node:crypto';
import { makeCertificate } from './certificate.mjs';
import { createPlatformCertificates } from './platform-certificates.mjs';
import { ALPHANUMERICS, DIGITS, randomText } from './random-text.mjs';
import { rsaKeyPair } from './rsa-key-pair.mjs';

const DAY = 24 * 60 * 60;
/** WeChat Pay's API certificates are valid for five years. */
const LIFETIME = 5 * 365 * DAY;

/**
 * What a merchant verifies WeChat Pay's signatures with: the public key alone, as those that
 * registered since late 2024; platform certificates alone, as those before; or both, while one moves
 * to the public key.
 */
export const MERCHANT_KINDS = ['public-key', 'certificates', 'migrating'];

/**
 * Makes the one merchant of a sandbox, with the keys of both sides: the key pairs and every
 * identifier, in the documented forms. They exist only as long as the sandbox.
 *
 * @param {number} now seconds
 * @param {string} kind one of {@link MERCHANT_KINDS}
 */
export async function createMerchant(now, kind) {
  const [merchantKeys, wechatpayKeys, certificates] = await Promise.all([
    rsaKeyPair(),
    kind === 'certificates' ? undefined : rsaKeyPair(),
    kind === 'public-key' ? undefined : createPlatformCertificates(now),
  ]);
  // Ten digits, like the documented 1900007291.
  const mchid = `19${randomText(DIGITS, 8)}`;
  const validity = { notBefore: now - DAY, notAfter: now - DAY + LIFETIME };
  const { serialNo, pem } = makeCertificate(merchantKeys, validity);
  return Object.freeze({
    mchid,
    // The serial number of a merchant API certificate has 20 bytes, in upper-case hexadecimal.
    serial: serialNo,
    certificatePem: pem,
    privateKeyPem: merchantKeys.privateKey.export({ type: 'pkcs8', format: 'pem' }),
    publicKey: merchantKeys.publicKey,
    ...(wechatpayKeys && {
      // 34 digits, as in the documented PUB_KEY_ID_0000000000000024101100397200000006.
      wechatpayKeyId: `PUB_KEY_ID_01${mchid}${randomText(DIGITS, 22)}`,
      wechatpayPublicKeyPem: wechatpayKeys.publicKey.export({ type: 'spki', format: 'pem' }),
      wechatpayPrivateKey: wechatpayKeys.privateKey,
    }),
    // Undefined if the merchant has none.
    certificates,
    apiv3Key: randomText(ALPHANUMERICS, 32),
    // Ids are derived from it. It differs in every sandbox and is never shown.
    preSignSecret: randomBytes(32),
  });
}
