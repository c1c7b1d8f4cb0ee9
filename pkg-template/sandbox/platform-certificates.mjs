import { createPrivateKey } from 'node:crypto';
import { beijingTime } from './beijing-time.mjs';
import { makeCertificate } from './certificate.mjs';
import { encrypt } from './encrypt.mjs';
import { rsaKeyPair } from './rsa-key-pair.mjs';

const DAY = 24 * 60 * 60;
/** WeChat Pay's platform certificates are valid for five years. */
const LIFETIME = 5 * 365 * DAY;
/** During a change of certificates, WeChat Pay lists the new and the old one. */
const LISTED = 2;

/**
 * Manages WeChat Pay's platform certificates: the current one, which signs, and the previous one.
 *
 * @param {number} now seconds
 */
export async function createPlatformCertificates(now) {
  const listed = [await issue(now)];
  let keep = () => {};
  return Object.freeze({
    /**
     * Has the certificates of a table from now on, and keeps there what changes.
     *
     * @param {{ get: (key: string) => unknown, set: (key: string, value: unknown) => void }} table
     */
    keepIn(table) {
      const stored = table.get('platform certificates');
      if (stored !== undefined) listed.splice(0, LISTED, ...stored.map(read));
      keep = () => table.set('platform certificates', listed.map(write));
      if (stored === undefined) keep();
    },
    /** The current signer: its id and its private key. */
    get signer() {
      return listed[0];
    },
    /** The signer that `serial`, from `Wechatpay-Serial`, names; undefined if it is none of them. */
    signerOf: (serial) => listed.find(({ id }) => id === serial),
    /** Makes a new certificate, which signs from now on. Returns its serial number. */
    async rotate(seconds) {
      listed.unshift(await issue(seconds));
      listed.length = Math.min(listed.length, LISTED);
      keep();
      return listed[0].id;
    },
    /** The response to GET /v3/certificates (doc 4012068814). */
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

function write({ privateKey, ...more }) {
  return { ...more, privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }) };
}

function read({ privateKey, ...more }) {
  return Object.freeze({ ...more, privateKey: createPrivateKey(privateKey) });
}

async function issue(now) {
  const keys = await rsaKeyPair();
  const validity = { notBefore: now - DAY, notAfter: now - DAY + LIFETIME };
  const { serialNo, pem } = makeCertificate(keys, validity);
  return Object.freeze({ id: serialNo, pem, privateKey: keys.privateKey, ...validity });
}
