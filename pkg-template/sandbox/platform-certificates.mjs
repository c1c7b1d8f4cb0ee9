import { beijingTime } from './beijing-time.mjs';
import { makeCertificate } from './certificate.mjs';
import { encrypt } from './encrypt.mjs';
import { rsaKeyPair } from './rsa-key-pair.mjs';

const DAY = 24 * 60 * 60;
/** Five years, as WeChat Pay's platform certificates hold. */
const LIFETIME = 5 * 365 * DAY;
/** While one takes the other's place, both are listed. */
const LISTED = 2;

/**
 * Keeps WeChat Pay's platform certificates: the one that it signs with, and the one before it.
 *
 * @param {number} now seconds
 */
export async function createPlatformCertificates(now) {
  const listed = [await issue(now)];
  return Object.freeze({
    /** Who signs now: its id, and its private key. */
    get signer() {
      return listed[0];
    },
    /** Whether a `Wechatpay-Serial` names one of them. */
    has: (serial) => listed.some(({ id }) => id === serial),
    /** The private key of the one that a `Wechatpay-Serial` names. */
    privateKeyOf: (serial) => listed.find(({ id }) => id === serial)?.privateKey,
    /** Signs with a new one from now on. Gives its serial number. */
    async rotate(seconds) {
      listed.unshift(await issue(seconds));
      listed.length = Math.min(listed.length, LISTED);
      return listed[0].id;
    },
    /** What GET /v3/certificates responses (doc 4012068814). */
    list: (apiv3Key) => ({
      data: listed.map(({ id, pem, notBefore, notAfter }) => ({
        serial_no: id,
        effective_time: beijingTime(notBefore),
        expire_time: beijingTime(notAfter),
        encrypt_certificate: encrypt(pem, 'certificate', apiv3Key),
      })),
    }),
  });
}

async function issue(now) {
  const keys = await rsaKeyPair();
  const validity = { notBefore: now - DAY, notAfter: now - DAY + LIFETIME };
  const { serialNo, pem } = makeCertificate(keys, validity);
  return Object.freeze({ id: serialNo, pem, privateKey: keys.privateKey, ...validity });
}
